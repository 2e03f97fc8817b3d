package capture

import (
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/reassembly"

	"github.com/linewright/linewright/spec/decode"
)

// flow is one connection; it implements [reassembly.Stream].
type flow struct {
	f              *flows
	conn           int // 0: nobody has said anything
	client, server string
	first          decode.Direction // of who sent the first packet
	halves         [2]half          // by direction
	dropped        bool             // it is none of those that are read
	unknown        bool             // nothing tells which side is the server
	reset          bool
}

// half is what one side sends.
type half struct {
	next   reassembly.Sequence // of what is given next
	begun  bool
	midway bool   // without a SYN
	unsure bool   // there may have been bytes before its first
	holes  []hole // of bytes that were not captured, and stand as zeros
	closed bool
}

// hole is a part of a segment that was not captured.
type hole struct {
	at  reassembly.Sequence
	len int
}

// from is a direction of the library's.
func (f *flow) from(dir reassembly.TCPFlowDirection) decode.Direction {
	if dir == reassembly.TCPDirClientToServer {
		return f.first
	}
	return decode.Sent + decode.Received - f.first
}

// Accept looks at a segment before it is taken.
func (f *flow) Accept(tcp *layers.TCP, _ gopacket.CaptureInfo, dir reassembly.TCPFlowDirection, _ reassembly.Sequence, start *bool, ac reassembly.AssemblerContext) bool {
	if f.dropped {
		if f.unknown && len(tcp.Payload) > 0 {
			f.unknown = false
			f.f.info.Unknown++
		}
		return false
	}
	h := &f.halves[f.from(dir)]
	if !h.begun {
		h.begun, h.midway, h.next = true, !tcp.SYN, reassembly.Sequence(tcp.Seq)
		if tcp.SYN {
			h.next = h.next.Add(1)
		}
		other := &f.halves[decode.Sent+decode.Received-f.from(dir)]
		h.unsure = h.midway && other.begun && !other.midway
		*start = true
	}
	if s, ok := ac.(*segment); ok && s.missing > 0 && len(h.holes) < maxPages {
		h.holes = append(h.holes, hole{reassembly.Sequence(tcp.Seq).Add(len(tcp.Payload) - s.missing), s.missing})
	}
	f.reset = f.reset || tcp.RST
	return true
}

// ReassembledSG takes the bytes that come next.
func (f *flow) ReassembledSG(sg reassembly.ScatterGather, ac reassembly.AssemblerContext) {
	dir, _, end, skip := sg.Info()
	from := f.from(dir)
	n, _ := sg.Lengths()
	at := f.at(ac.GetCaptureInfo().Timestamp)
	if skip > 0 {
		f.missing(from, at, skip)
	}
	if n > 0 {
		f.bytes(from, at, sg.Fetch(n))
	}
	if end {
		f.close(from, at)
		if f.reset {
			f.close(decode.Sent+decode.Received-from, at)
		}
	}
}

// at is a time since the capture began. Clocks go back, too.
func (f *flow) at(now time.Time) time.Duration { return max(0, now.Sub(f.f.info.Start)) }

// bytes gives bytes without the holes in them.
func (f *flow) bytes(from decode.Direction, at time.Duration, b []byte) {
	h := &f.halves[from]
	for len(b) > 0 && len(h.holes) > 0 {
		next := h.holes[0]
		gap := h.next.Difference(next.at)
		switch {
		case gap >= len(b):
			f.data(from, at, b)
			return
		case gap > 0:
			f.data(from, at, b[:gap])
			b = b[gap:]
			continue
		}
		h.holes = h.holes[1:]
		if lost := min(next.len+gap, len(b)); lost > 0 {
			f.missing(from, at, lost)
			if b = b[lost:]; lost < next.len+gap {
				h.holes = append([]hole{{h.next, next.len + gap - lost}}, h.holes...)
			}
		}
	}
	if len(b) > 0 {
		f.data(from, at, b)
	}
}

func (f *flow) data(from decode.Direction, at time.Duration, b []byte) {
	if f.halves[from].unsure {
		f.halves[from].unsure = false
		f.missing(from, at, 0)
	}
	f.begin(at)
	f.halves[from].next = f.halves[from].next.Add(len(b))
	f.f.give(decode.Event{At: at, Conn: f.conn, From: from, Bytes: b})
}

func (f *flow) missing(from decode.Direction, at time.Duration, n int) {
	f.begin(at)
	f.halves[from].next = f.halves[from].next.Add(n)
	f.f.give(decode.Event{Kind: decode.Missing, At: at, Conn: f.conn, From: from, Lost: int64(n)})
}

// begin says that there is the connection, with the first that was said on it.
func (f *flow) begin(at time.Duration) {
	if f.conn != 0 {
		return
	}
	f.f.count++
	f.conn = f.f.count
	f.f.give(decode.Event{
		Kind: decode.Opened, At: at, Conn: f.conn, Client: f.client, Server: f.server,
		Midway: f.halves[decode.Sent].midway || f.halves[decode.Received].midway,
	})
}

func (f *flow) close(from decode.Direction, at time.Duration) {
	if h := &f.halves[from]; f.conn != 0 && !h.closed {
		h.closed = true
		f.f.give(decode.Event{Kind: decode.Closed, At: at, Conn: f.conn, From: from})
	}
}

// ReassemblyComplete ends the connection; one that was only silent for long is forgotten,
// and goes on as another. It is kept for a while, so that what still comes is not taken for
// another.
func (f *flow) ReassemblyComplete(reassembly.AssemblerContext) bool {
	for from := range f.halves {
		if h := &f.halves[from]; f.conn != 0 && !h.closed && !f.f.ending {
			h.closed = true
			f.f.give(decode.Event{Kind: decode.Closed, At: f.f.info.Last, Conn: f.conn, From: decode.Direction(from), Midway: true})
		}
	}
	return false
}
