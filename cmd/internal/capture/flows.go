package capture

import (
	"slices"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/reassembly"

	"github.com/linewright/linewright/spec/decode"
)

// What is kept of segments that came before others: pages of 1,900 bytes.
const (
	maxPages     = 1 << 14
	maxFlowPages = 1 << 11
)

// After many connections, those are forgotten that have been silent for long.
const (
	manyFlows = 1 << 14
	silent    = time.Minute
)

// flows are the TCP connections of a capture.
type flows struct {
	o         Options
	info      *Info
	yield     func(decode.Event) error
	err       error // of yield, the first
	assembler *reassembly.Assembler
	fresh     int // connections since some were forgotten
	count     int // of those that have said something
	flushed   time.Time
	ending    bool
	// late are the events of several connections that end their waiting together; they
	// go on in the order of their time.
	late    []decode.Event
	waiting bool
}

func newFlows(o Options, info *Info, yield func(decode.Event) error) *flows {
	f := &flows{o: o, info: info, yield: yield}
	info.Others = map[uint16]int{}
	f.assembler = reassembly.NewAssembler(reassembly.NewStreamPool(f))
	f.assembler.MaxBufferedPagesTotal = maxPages
	f.assembler.MaxBufferedPagesPerConnection = maxFlowPages
	return f
}

// segment takes a segment.
func (f *flows) segment(s *segment) {
	from, to := uint16(s.tcp.SrcPort), uint16(s.tcp.DstPort)
	if port := f.o.Port; port != 0 && from != port && to != port {
		if s.tcp.SYN && !s.tcp.ACK {
			f.info.Others[to]++
		}
		return
	}
	if s.missing > 0 { // as long as it was; which bytes are not there, the flow knows
		s.tcp.Payload = append(slices.Clip(s.tcp.Payload), make([]byte, s.missing)...)
	}
	f.assembler.AssembleWithContext(s.ip, s.tcp, s)
	if f.flushed.IsZero() {
		f.flushed = s.Timestamp
	}
	if s.Timestamp.Sub(f.flushed) >= flushEvery {
		f.flushed = s.Timestamp
		f.flush(s.Timestamp)
	}
}

// flush gives up on what has been missing for long.
func (f *flows) flush(now time.Time) {
	old := reassembly.FlushOptions{T: now.Add(-patience)}
	if f.fresh > manyFlows {
		old.TC, f.fresh = now.Add(-silent), 0
	}
	f.waiting = true
	f.assembler.FlushWithOptions(old)
	f.release()
}

// end gives all that is left.
func (f *flows) end() {
	f.waiting, f.ending = true, true
	f.assembler.FlushAll()
	f.release()
}

func (f *flows) release() {
	f.waiting = false
	slices.SortStableFunc(f.late, func(a, b decode.Event) int {
		if a.At != b.At {
			return int(a.At - b.At)
		}
		return a.Conn - b.Conn
	})
	for _, e := range f.late {
		f.give(e)
	}
	f.late = nil
}

func (f *flows) give(e decode.Event) {
	if f.waiting {
		e.Bytes = slices.Clone(e.Bytes)
		f.late = append(f.late, e)
		return
	}
	if f.err == nil {
		f.err = f.yield(e)
	}
}

// New begins a connection with its first packet; it implements [reassembly.StreamFactory].
func (f *flows) New(ip, ports gopacket.Flow, tcp *layers.TCP, _ reassembly.AssemblerContext) reassembly.Stream {
	f.fresh++
	from, to := uint16(tcp.SrcPort), uint16(tcp.DstPort)
	flow := &flow{f: f, client: endpoint(ip.Src(), ports.Src()), server: endpoint(ip.Dst(), ports.Dst()), first: decode.Sent}
	known := f.o.Port
	if known == 0 {
		known = f.o.Default
	}
	server := to
	switch {
	case tcp.SYN && !tcp.ACK, !tcp.SYN && to == known:
	case tcp.SYN, from == known:
		server, flow.first = from, decode.Received
		flow.client, flow.server = flow.server, flow.client
	default:
		flow.dropped, flow.unknown = true, true
		return flow
	}
	if f.o.Port != 0 && server != f.o.Port {
		f.info.Others[server]++
		flow.dropped = true
	}
	return flow
}

func endpoint(ip, port gopacket.Endpoint) string {
	host := ip.String()
	if ip.EndpointType() == layers.EndpointIPv6 {
		host = "[" + host + "]"
	}
	return host + ":" + port.String()
}
