package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// FramingFor is the framing of all kinds of frames.
func FramingFor(frames []*model.Frame) wire.Framing {
	f := FramingOf(frames[0])
	for _, other := range frames[1:] {
		f.Others = append(f.Others, FramingOf(other))
	}
	return f
}

// FramingOf is a frame's data in the runtime's terms.
func FramingOf(f *model.Frame) wire.Framing {
	return wire.Framing{
		Ends:      f.Ends,
		Object:    f.EndsItself(),
		SendEnd:   f.SendEnd,
		MaxLine:   f.MaxLine,
		Max:       f.Max,
		DropEmpty: f.Empty == "drop",
		Charset:   charsets[f.Charset],
		Packet:    packet(f.Packet),
		Prefix:    f.Prefix,
		Use:       uses[f.Use],
		In:        f.In,
	}
}

var (
	charsets = map[string]wire.Charset{"utf8": wire.UTF8, "ascii": wire.ASCII, "latin1": wire.Latin1}
	uses     = map[string]wire.Use{"": wire.UseBoth, "both": wire.UseBoth, "send": wire.UseSend, "receive": wire.UseReceive}
	extents  = map[model.Extent]wire.Extent{
		model.ExtentEnds: wire.ExtentEnds, model.ExtentCount: wire.ExtentCount,
		model.ExtentFixed: wire.ExtentFixed, model.ExtentSelf: wire.ExtentSelf,
	}
)

func packet(p *model.Packet) *wire.Packet {
	if p == nil {
		return nil
	}
	out := &wire.Packet{
		Extent: extents[p.Extent], Starts: p.Starts, Ends: p.Ends, Sends: p.Sends,
		Fixed: p.Fixed, Head: p.Head, Tail: p.Tail,
	}
	if p.Extent == model.ExtentCount {
		out.Size = wire.Size{At: p.Size.At, Add: p.Size.Add}
		out.Size.Form, out.Size.Width = numberForm(p.Size.Type)
	}
	if e := p.Escape; e != nil {
		out.Escape = &wire.Escape{Byte: e.Byte, Escaped: e.Escaped, Codes: e.Codes, Double: e.Double}
	}
	if s := p.Sum; s != nil {
		algorithm, _ := wire.ChecksumNamed(s.Algorithm)
		out.Sum = &wire.Sum{Algorithm: algorithm, At: s.At, From: s.From, To: s.To}
		out.Sum.AtBehind, out.Sum.FromBehind, out.Sum.ToBehind = s.AtBehind, s.FromBehind, s.ToBehind
		out.Sum.Form, out.Sum.Width = numberForm(s.Type)
		if s.Lower && out.Sum.Form == wire.NumberHex {
			out.Sum.Form = wire.NumberHexLow
		}
	}
	return out
}

// numberForm is how numbers of a type are written in a layout.
func numberForm(t *model.Type) (form wire.Number, width int) {
	switch {
	case t.Kind == model.Hex:
		return wire.NumberHex, t.Width
	case t.Kind == model.Digits:
		return wire.NumberDecimal, t.Width
	case t.Binary == model.Varint:
		return wire.NumberVarint, 0
	case t.Binary == model.LittleEndian:
		return wire.NumberLittle, t.Bits / 8
	case t.Binary == model.BigEndian:
		return wire.NumberBig, t.Bits / 8
	}
	return wire.NumberDecimal, 0
}
