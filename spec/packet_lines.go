package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// linesInside makes line what ends the lines inside of a frame.
func (d *frameDecl) linesInside(v value, line []string) {
	f := d.f
	if len(line) == 0 {
		return
	}
	switch at := v.find("line"); {
	case f.Content != "text":
		at.fail("frame-line", "leave line out", "only frames of text have lines")
	case v.Get("max_line") != nil:
		v.find("max_line").fail("frame-line", "leave max_line out", "a frame that says what ends its lines is not cut line by line: max bounds it")
	default:
		for _, end := range line {
			if held := d.endIn(end, ""); held != "" {
				at.fail("frame-line", "leave line out, if each line is a frame", "the line's end %q holds %q, which ends the frame", end, held)
				return
			}
		}
	}
	f.Ends, f.SendEnd = line, line[0]
}

// endIn is what ends the frame in content that holds text, or with what comes
// behind it; empty: nothing does.
func (d *frameDecl) endIn(text, behind string) string {
	if p := d.f.Packet; p.Escape == nil {
		for _, end := range p.Ends {
			if at := strings.Index(text+behind, end); at >= 0 && at < len(text) {
				return end
			}
		}
	}
	return ""
}

// cutWhole reports whether a frame is cut by itself, and read then: so that its
// end need not be found on its lines.
func (c *compiler) cutWhole() bool { return c.frame != nil && c.frame.f.Packet != nil }

// lined reports whether the frame says what ends a line inside of it.
func (d *frameDecl) lined() bool { return d.f.Packet == nil || d.value.Get("line") != nil }

// haveLines complains about several lines in a frame where nothing ends one, and
// about text in which the frame would end.
func (c *compiler) haveLines(ops []*model.Op) bool {
	if !c.cutWhole() {
		return true
	}
	for _, op := range ops {
		many := op.Kind == model.OpBreak || op.Kind == model.OpField && (standsOnLines(op.Field.Type) || takesLines(op.Field.Type))
		if many && !c.frame.lined() {
			c.broken = true
			c.v.failAt(op.Pos, "frame-line", "say so in the frame, as in line: LF", "nothing says what ends a line inside of a frame with a layout or markers")
			return false
		}
	}
	return c.holdsNoFrameEnd(ops)
}

// holdsNoFrameEnd complains about text, line ends among it, in which the frame
// would end, or with what ends it behind.
func (c *compiler) holdsNoFrameEnd(ops []*model.Op) bool {
	text := ""
	for i, op := range ops {
		switch op.Kind {
		case model.OpLit:
			text += op.Lit
		case model.OpBreak:
			text += c.frame.f.SendEnd
		default:
			text = ""
			continue
		}
		behind := ""
		if i == len(ops)-1 {
			behind = c.frame.f.Packet.Sends
		}
		if end := c.frame.endIn(text, behind); end != "" {
			c.broken = true
			c.v.failAt(op.Pos, "tmpl-contains-end", "", "%q holds %q, which ends the frame", text+behind, end)
			return false
		}
	}
	return true
}

// toEnd marks what goes on to the frame's end, where that is known by itself: bytes,
// or lines behind one of another kind.
func (c *compiler) toEnd(ops []*model.Op) {
	last := len(ops) - 1
	if last >= 0 && ops[last].Kind != model.OpField {
		for i, op := range ops {
			if op.Kind == model.OpBodyEnd {
				last = i - 1
			}
		}
	}
	if !c.cutWhole() || last < 0 {
		return
	}
	op := ops[last]
	switch {
	case op.Kind != model.OpField || op.Count != nil:
	case op.Field.Type.Kind == model.Bytes && op.Field.Type.Width == 0:
		op.Rest = true
	case standsOnLines(op.Field.Type) && last > 0 && ops[last-1].Kind == model.OpBreak:
		op.Until = &model.Line{}
	}
}
