package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// frameDecl is a frame of the document, with what is read after the types.
type frameDecl struct {
	entry
	f        *model.Frame
	index    uint8
	order    model.Binary
	layout   value
	checksum value
	set      value
	fields   value
	// parsed is the layout's template, where frames have one.
	parsed *layoutDecl
	ok     bool
}

// packet makes a frame that is more than lines of text a packet. What the frame
// said about its ends is about the packet then.
func (d *frameDecl) packet(v value, starts string, line []string, escape *model.Escape) {
	f := d.f
	bytes := f.Content != "text"
	if f.Content != "binary" && d.layout.absent() && starts == "" && escape == nil && line == nil {
		return
	}
	p := &model.Packet{Starts: starts, Ends: f.Ends, Sends: f.SendEnd, Escape: escape, Extent: model.ExtentSelf}
	if len(f.Ends) > 0 {
		p.Extent = model.ExtentEnds
	}
	if bytes || p.Extent != model.ExtentEnds {
		f.Ends, f.SendEnd = nil, ""
	}
	f.Packet = p
	d.linesInside(v, line)
	d.escapeGaps(v)
	if p.Extent != model.ExtentEnds && escape != nil {
		v.find("escape").fail("frame-extent", "add ends", "only frames that end with a terminator have something to escape")
	}
}

// escapeGaps complains about markers that could be in escaped content.
func (d *frameDecl) escapeGaps(v value) {
	p := d.f.Packet
	e := p.Escape
	if e == nil || p.Starts == "" && len(p.Ends) == 0 {
		return
	}
	markers := slices.Clone(p.Ends)
	if p.Starts != "" && !slices.Contains(markers, p.Starts) {
		markers = append(markers, p.Starts)
	}
	for _, m := range markers {
		switch {
		case e.Double && (m[0] != e.Byte || len(m) < 2 || m[1] == e.Byte):
			v.find("escape").fail("escape-gap", "", "where 0x%02x is doubled, a marker is 0x%02x and another byte behind it", e.Byte, e.Byte)
			return
		case !e.Double && !strings.ContainsAny(latin(m), latin(e.Escaped)):
			v.find("escape").fail("escape-gap", "escape it, too", "the marker 0x%x is not escaped: it could be in the content", m)
			return
		case !e.Double && strings.ContainsAny(latin(m), latin(e.Codes+string([]byte{e.Byte}))) && len(m) == 1:
			v.find("escape").fail("escape-gap", "", "the marker 0x%x is part of what stands for escaped bytes", m)
			return
		}
	}
}

// latin makes a rune of each byte.
func latin(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

// readEscape reads {byte, xor, bytes}, {byte, map} or {double}.
func readEscape(into **model.Escape) reader {
	return func(v value) {
		var lead, xor, double string
		var bytes []string
		e := &model.Escape{}
		var pairs value
		before := v.in.findings.Len()
		ok := v.mapping("an escape, as in {byte: 0x7d, xor: 0x20, bytes: [0x7e, 0x7d]}",
			may("byte", oneByte(&lead)),
			may("xor", oneByte(&xor)),
			may("bytes", eachByte(&bytes)),
			may("map", later(&pairs)),
			may("double", oneByte(&double)),
		)
		if !ok || v.in.findings.Len() > before {
			return
		}
		switch {
		case double != "" && lead == "" && xor == "" && pairs.absent():
			e.Double, e.Byte = true, double[0]
		case lead != "" && xor != "" && len(bytes) > 0 && pairs.absent():
			e.Byte = lead[0]
			for _, b := range bytes {
				e.Escaped += b
				e.Codes += string([]byte{b[0] ^ xor[0]})
			}
		case lead != "" && !pairs.absent() && xor == "" && len(bytes) == 0:
			e.Byte = lead[0]
			pairs.entries("a map of bytes to what stands for them", func(n entry) { escapePair(n, e) })
		default:
			v.fail("escape-form", "", "an escape is {byte, xor, bytes}, {byte, map} or {double}")
			return
		}
		if !e.Double && !strings.Contains(e.Escaped, lead) {
			v.fail("escape-gap", "escape it, too", "the escape byte 0x%x is not escaped: nobody knows what it means in the content", lead)
		}
		*into = e
	}
}

func escapePair(n entry, e *model.Escape) {
	key := value{Node: &document.Node{Kind: document.Scalar, Style: document.Plain, Value: n.name, Pos: n.keyPos}, path: n.path, in: n.in}
	var from, to string
	oneByte(&from)(key)
	oneByte(&to)(n.value)
	switch {
	case from == "" || to == "":
	case strings.Contains(e.Escaped, from) || strings.Contains(e.Codes, to):
		n.fail("duplicate-value", "", "0x%x or 0x%x is in the map twice", from, to)
	default:
		e.Escaped += from
		e.Codes += to
	}
}

// oneByte reads one byte.
func oneByte(into *string) reader {
	return func(v value) {
		b := ""
		if wireBytes(&b)(v); len(b) > 1 {
			v.fail("bytes", "", "%d bytes where one is wanted", len(b))
			return
		}
		*into = b
	}
}

func eachByte(into *[]string) reader {
	return func(v value) {
		v.each("a list of bytes", func(v value) {
			b := ""
			if oneByte(&b)(v); b != "" && !slices.Contains(*into, b) {
				*into = append(*into, b)
			}
		})
	}
}
