package spec

import "github.com/linewright/linewright/spec/model"

// checkSizes complains about templates whose shortest frame is longer than
// frames may be: it could never be sent, or always closes the link.
func (w *lowering) checkSizes() {
	all := w.framing()
	if all == nil {
		return
	}
	types := map[*model.Type]int{}
	w.messages.all(func(d *messageDecl) {
		if d.ok && d.tmpl.ok && !w.layoutsBroken(d.tmpl.Ops) {
			f := all.Of(d.tmpl.Frame)
			s := sizes{types: types}
			for i, end := range f.Ends {
				if i == 0 || len(end) < s.end {
					s.end = len(end)
				}
			}
			s.ops(d.tmpl.Ops)
			if w.exactly(d.tmpl) {
				s.limit(d.tmpl.v, f.Max, f.MaxLine)
			}
		}
	})
	w.commands.all(func(d *commandDecl) {
		if d.ok && d.tmpl.ok && !w.layoutsBroken(d.tmpl.Ops) {
			f := all.Of(d.tmpl.Frame)
			s := sizes{types: types, end: len(f.SendEnd)}
			s.ops(d.tmpl.Ops)
			if w.exactly(d.tmpl) {
				s.limit(d.tmpl.v, f.Max, f.Max) // max_line is about what is received
			}
		}
	})
}

// exactly complains about a template that always has another size than its frame.
func (w *lowering) exactly(t *compiled) bool {
	p := w.p.Frames[t.Frame].Packet
	if p == nil || p.Extent != model.ExtentFixed {
		return true
	}
	bits := 0
	for _, op := range t.Ops {
		n := model.Bits(op)
		if n < 0 {
			return true
		}
		bits += n
	}
	if bits != 8*p.Fixed {
		t.v.fail("frame-extent", "fill it up, as in {_:bytes(n)}", "it has %d bytes, and frames have %d", bits/8, p.Fixed)
	}
	return bits == 8*p.Fixed
}

// sizes adds up the shortest form of a frame, in bytes.
type sizes struct {
	types map[*model.Type]int // the shortest value of each type so far
	end   int                 // of a line inside the frame
	frame int
	line  int // the current one
	lines int // the longest one so far
	bits  int // of a byte that is not full
}

func (s *sizes) limit(at value, frame, line int) {
	switch {
	case s.frame > frame:
		at.fail("frame-max", "raise max of the frame", "the frame takes at least %d bytes, more than max, which is %d", s.frame, frame)
	case s.lines > line:
		at.fail("frame-max", "raise max_line of the frame", "a line takes at least %d bytes, more than max_line, which is %d", s.lines, line)
	}
}

func (s *sizes) add(n int) {
	s.frame += n
	s.line += n
	s.lines = max(s.lines, s.line)
}

func (s *sizes) ops(ops []*model.Op) {
	for i, op := range ops {
		switch {
		case i > 0 && ops[i-1].Until != nil: // the line break of each item
		case op.Kind == model.OpLit:
			s.add(len(op.Lit))
		case op.Kind == model.OpBreak:
			s.frame += s.end
			s.line = 0
		case op.Kind == model.OpObject:
			s.add(s.object(op.Members))
		case op.Field == nil, op.Count != nil, op.Rest:
		case op.Kind == model.OpFlag || op.Kind == model.OpConst || op.Field.Type.Binary == model.BitField:
			s.bits += model.Bits(op)
			s.add(s.bits / 8)
			s.bits %= 8
		case op.Field.Type.Kind == model.Layout:
			s.ops(op.Field.Type.Body.Ops)
		default:
			s.add(s.shortest(op.Field.Type))
		}
	}
}

// shortest is the length of the shortest value of t.
func (s *sizes) shortest(t *model.Type) int {
	n, known := s.types[t]
	if !known {
		n = s.measure(t)
		s.types[t] = n
	}
	return n
}

func (s *sizes) measure(t *model.Type) int {
	if bits := model.TypeBits(t); bits > 0 && t.Kind != model.Layout {
		return bits / 8
	}
	switch t.Kind {
	case model.Text, model.Bytes, model.Digits, model.Hex, model.Padded:
		return t.Width
	case model.Quoted, model.JSON:
		return len(`""`)
	case model.Bool:
		return min(len(t.Words[0]), len(t.Words[1]))
	case model.Enum:
		if t.Open {
			return s.shortest(t.Elem)
		}
		shortest := len(t.Values[0].Wire)
		for _, v := range t.Values {
			shortest = min(shortest, len(v.Wire))
		}
		return shortest
	case model.HexBytes, model.Base64, model.List, model.PairsOf, model.Dotted:
		return 0
	}
	return 1
}
