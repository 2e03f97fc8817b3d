package box

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// frameScripts are the parts of the script that cut frames, in order.
var frameScripts = []string{"bytes", "checksum", "json", "packet", "dispatch", "steps", "attempt", "awaited", "resync", "frames", "arrives", "paste"}

// framesOf is what the script must know to cut a stream into frames: the runtime's own
// framing and shapes, what is not set left out.
type framesOf struct {
	Received side `json:"received"`
	Sent     side `json:"sent"`
	Telnet   bool `json:"telnet,omitempty"`
	// Awaits are the messages that are awaited together: the greeting, a step's, a command's replies.
	Awaits [][]int `json:"awaits,omitempty"`
}

// side is one direction.
type side struct {
	Kinds  []kind  `json:"kinds"`
	Shapes []shape `json:"shapes,omitempty"` // of the messages, or the commands, in their order
}

type kind struct {
	Ends      []string `json:"ends,omitempty"`
	SendEnd   string   `json:"sendEnd,omitempty"`
	Object    bool     `json:"object,omitempty"`
	MaxLine   int      `json:"maxLine,omitempty"`
	Max       int      `json:"max"`
	DropEmpty bool     `json:"dropEmpty,omitempty"`
	Charset   string   `json:"charset,omitempty"`
	Prefix    string   `json:"prefix,omitempty"`
	In        []int    `json:"in,omitempty"`
	Skip      bool     `json:"skip,omitempty"` // it only goes the other way
	Packet    *packet  `json:"packet,omitempty"`
}

type packet struct {
	Extent string   `json:"extent"`
	Starts string   `json:"starts,omitempty"`
	Ends   []string `json:"ends,omitempty"`
	Fixed  int      `json:"fixed,omitempty"`
	Head   int      `json:"head,omitempty"`
	Tail   int      `json:"tail,omitempty"`
	Size   *size    `json:"size,omitempty"`
	Escape *escape  `json:"escape,omitempty"`
	Sum    *sum     `json:"sum,omitempty"`
}

type size struct {
	At    int    `json:"at,omitempty"`
	Form  string `json:"form"`
	Width int    `json:"width,omitempty"`
	Add   int    `json:"add,omitempty"`
}

type escape struct {
	Byte    int    `json:"byte"`
	Escaped string `json:"escaped,omitempty"`
	Codes   string `json:"codes,omitempty"`
	Double  bool   `json:"double,omitempty"`
}

type sum struct {
	Name       string `json:"name,omitempty"`
	CRC        *crc   `json:"crc,omitempty"`
	At         int    `json:"at,omitempty"`
	From       int    `json:"from,omitempty"`
	To         int    `json:"to,omitempty"`
	AtBehind   bool   `json:"atBehind,omitempty"`
	FromBehind bool   `json:"fromBehind,omitempty"`
	ToBehind   bool   `json:"toBehind,omitempty"`
	Form       string `json:"form"`
	Width      int    `json:"width"`
}

type crc struct {
	Width     int    `json:"width"`
	Poly      uint32 `json:"poly"`
	Init      uint32 `json:"init,omitempty"`
	Reflected bool   `json:"reflected,omitempty"`
	XorOut    uint32 `json:"xorout,omitempty"`
}

var (
	extents  = map[wire.Extent]string{wire.ExtentEnds: "ends", wire.ExtentCount: "count", wire.ExtentFixed: "fixed", wire.ExtentSelf: "self"}
	charsets = map[wire.Charset]string{wire.ASCII: "ascii", wire.Latin1: "latin1"}
	forms    = map[wire.Number]string{
		wire.NumberBig: "big", wire.NumberLittle: "little", wire.NumberVarint: "varint",
		wire.NumberDecimal: "decimal", wire.NumberHex: "hex", wire.NumberHexLow: "hexlow",
	}
)

// framesPlan is that of both directions. Counts refer to ops of r.
func framesPlan(r *refs, p *model.Protocol) (*framesOf, error) {
	run, hooks, err := plan.Of(p)
	if err != nil {
		return nil, err
	}
	h := hooked{refs: r, counts: map[*func([]byte) (int, error)]plan.Count{}, checks: map[*func([]byte) error]bool{}}
	for i := range hooks {
		switch slot := hooks[i].Slot.(type) {
		case *func([]byte) (int, error):
			h.counts[slot] = hooks[i].Count
		case *func([]byte) error:
			h.checks[slot] = true
		}
	}
	sent := run.Framing.Reversed()
	out := &framesOf{
		Received: side{Kinds: kindsOf(&run.Framing)}, Sent: side{Kinds: kindsOf(&sent)}, Telnet: run.Stream.Telnet,
		Awaits: awaits(p),
	}
	for i := range run.Messages {
		s := h.shape(&run.Messages[i].Shape)
		s.Any = anytime(p, p.Messages[i])
		out.Received.Shapes = append(out.Received.Shapes, s)
	}
	for i := range run.Commands {
		out.Sent.Shapes = append(out.Sent.Shapes, h.shape(&run.Commands[i].Shape))
	}
	return out, nil
}

func kindsOf(f *wire.Framing) (all []kind) {
	for i := range len(f.Others) + 1 {
		own := f.Of(uint8(i))
		all = append(all, kind{
			Ends: latins(own.Ends), SendEnd: latin(own.SendEnd), Object: own.Object, MaxLine: own.MaxLine, Max: own.Max,
			DropEmpty: own.DropEmpty, Charset: charsets[own.Charset], Prefix: latin(own.Prefix), In: own.In,
			Skip: own.Use == wire.UseSend, Packet: packetOf(own.Packet),
		})
	}
	return all
}

func packetOf(p *wire.Packet) *packet {
	if p == nil {
		return nil
	}
	out := &packet{
		Extent: extents[p.Extent], Starts: latin(p.Starts), Ends: latins(p.Ends),
		Fixed: p.Fixed, Head: p.Head, Tail: p.Tail, Sum: sumOf(p.Sum),
	}
	if p.Extent == wire.ExtentCount {
		out.Size = &size{At: p.Size.At, Form: forms[p.Size.Form], Width: p.Size.Width, Add: p.Size.Add}
	}
	if e := p.Escape; e != nil {
		out.Escape = &escape{Byte: int(e.Byte), Escaped: latin(e.Escaped), Codes: latin(e.Codes), Double: e.Double}
	}
	return out
}

func sumOf(s *wire.Sum) *sum {
	if s == nil {
		return nil
	}
	out := &sum{
		At: s.At, From: s.From, To: s.To, AtBehind: s.AtBehind, FromBehind: s.FromBehind, ToBehind: s.ToBehind,
		Form: forms[s.Form], Width: s.Width,
	}
	if c, ok := s.Algorithm.CRC(); ok {
		out.CRC = &crc{Width: c.Width, Poly: c.Poly, Init: c.Init, Reflected: c.Reflected, XorOut: c.XorOut}
	} else {
		out.Name = s.Algorithm.String()
	}
	return out
}
