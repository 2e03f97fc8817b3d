package capture

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"github.com/linewright/linewright/spec/decode"
)

// source gives packets, one after the other; their bytes are valid until the next.
type source interface {
	ZeroCopyReadPacketData() ([]byte, gopacket.CaptureInfo, error)
}

// errCut is the error of a capture that ends in the middle of a packet.
var errCut = errors.New("the capture ends within it")

// readPcap reads packets. What came before an error is decoded.
func readPcap(r *bufio.Reader, o Options, info *Info, yield func(decode.Event) error) error {
	packets, link, err := openPackets(r)
	if err != nil {
		return fmt.Errorf("it is no capture of packets: %w", lower(err))
	}
	f := newFlows(o, info, yield)
	for f.err == nil {
		data, ci, err := packets.ZeroCopyReadPacketData()
		if err == io.EOF {
			break
		}
		info.Packets++
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = errCut
		}
		if err != nil {
			f.end()
			return errors.Join(f.err, fmt.Errorf("packet %d: %w", info.Packets, lower(err)))
		}
		f.packet(data, ci, linkType(ci, link))
	}
	f.end()
	return f.err
}

// openPackets reads the head of a capture. Interfaces of pcapng have a link type each.
func openPackets(r *bufio.Reader) (source, layers.LinkType, error) {
	head, _ := r.Peek(4)
	if strings.HasPrefix(string(head), "\x1f\x8b") {
		unpacked, err := gzip.NewReader(r)
		if err != nil {
			return nil, 0, err
		}
		r = bufio.NewReader(unpacked)
		head, _ = r.Peek(4)
	}
	if string(head) == "\x0a\x0d\x0d\x0a" {
		ng, err := pcapgo.NewNgReader(r, pcapgo.NgReaderOptions{WantMixedLinkType: true, SkipUnknownVersion: true})
		return ng, 0, err
	}
	classic, err := pcapgo.NewReader(r)
	if err != nil {
		return nil, 0, err
	}
	return classic, classic.LinkType(), nil
}

// linkType is that of a packet.
func linkType(ci gopacket.CaptureInfo, of layers.LinkType) layers.LinkType {
	if len(ci.AncillaryData) > 0 {
		if own, ok := ci.AncillaryData[0].(layers.LinkType); ok {
			return own
		}
	}
	return of
}

// lower is an error of the library as ours begin.
func lower(err error) error {
	text := err.Error()
	if errors.Is(err, errCut) || text == "" || err == io.ErrUnexpectedEOF {
		return err
	}
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return errors.New(strings.ToLower(text[:1]) + text[1:])
}

// segment is what is in a packet of TCP.
type segment struct {
	ip      gopacket.Flow
	tcp     *layers.TCP
	missing int // bytes of its payload that were not captured
	gopacket.CaptureInfo
}

// GetCaptureInfo implements [reassembly.AssemblerContext].
func (s *segment) GetCaptureInfo() gopacket.CaptureInfo { return s.CaptureInfo }

// packet takes a packet.
func (f *flows) packet(data []byte, ci gopacket.CaptureInfo, link layers.LinkType) {
	if f.info.Start.IsZero() {
		f.info.Start = ci.Timestamp
	}
	f.info.Last = max(f.info.Last, ci.Timestamp.Sub(f.info.Start))
	p := gopacket.NewPacket(data, link, gopacket.DecodeOptions{Lazy: true, NoCopy: true})
	s := segment{CaptureInfo: ci}
	captured, declared := 0, 0
	for _, layer := range p.Layers() {
		switch l := layer.(type) {
		case *layers.IPv4:
			s.ip, captured, declared = l.NetworkFlow(), len(l.Payload), int(l.Length)-4*int(l.IHL)
		case *layers.IPv6:
			s.ip, captured, declared = l.NetworkFlow(), len(l.Payload), int(l.Length)
		case *gopacket.Fragment:
			f.info.Fragments++
		case *layers.TCP:
			s.tcp = l
		}
	}
	if s.tcp == nil {
		if p.ErrorLayer() != nil {
			f.info.Unread++
		}
		return
	}
	s.missing = max(0, min(declared-captured, ci.Length-ci.CaptureLength))
	f.segment(&s)
}

// The capture's clock decides when what is missing will not come any more.
const (
	flushEvery = time.Second
	patience   = 3 * time.Second
)
