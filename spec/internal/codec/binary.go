package codec

import "github.com/linewright/linewright/spec/model"

// binary reads a number in binary form.
func (p *parser) binary(t *model.Type, path string) any {
	n, little := t.Bits/8, t.Binary == model.LittleEndian
	switch {
	case t.Kind == model.Float && little:
		return p.r.LittleFloat(path, n)
	case t.Kind == model.Float:
		return p.r.BigFloat(path, n)
	case t.Binary == model.Varint:
		return p.r.Varint(path, t.Bits)
	case t.Binary == model.BitField && t.Kind == model.Int:
		return p.r.BitsInt(path, t.Bits)
	case t.Binary == model.BitField:
		return p.r.Bits(path, t.Bits)
	case t.Kind == model.Int && little:
		return p.r.LittleInt(path, n)
	case t.Kind == model.Int:
		return p.r.BigInt(path, n)
	case little:
		return p.r.Little(path, n)
	}
	return p.r.Big(path, n)
}

// binary writes a number in binary form.
func (a *appender) binary(t *model.Type, path string, v any) {
	n, little := t.Bits/8, t.Binary == model.LittleEndian
	switch v := v.(type) {
	case float64:
		put(t.Kind == model.Float, a, path, v, n, little, a.w.LittleFloat, a.w.BigFloat)
	case int64:
		if t.Kind == model.Int && t.Binary == model.BitField {
			a.w.BitsInt(path, v, t.Bits)
			return
		}
		put(t.Kind == model.Int, a, path, v, n, little, a.w.LittleInt, a.w.BigInt)
	case uint64:
		switch {
		case t.Kind == model.Uint && t.Binary == model.BitField:
			a.w.Bits(path, v, t.Bits)
		case t.Kind == model.Uint && t.Binary == model.Varint:
			a.w.Varint(path, v, t.Bits)
		default:
			put(t.Kind == model.Uint, a, path, v, n, little, a.w.Little, a.w.Big)
		}
	default:
		a.w.Fail(path, otherType)
	}
}

// put writes v by one of two methods, or fails where its type is another.
func put[T any](fits bool, a *appender, path string, v T, n int, low bool, little, big func(string, T, int)) {
	switch {
	case !fits:
		a.w.Fail(path, otherType)
	case low:
		little(path, v, n)
	default:
		big(path, v, n)
	}
}

// rest reads a field that goes on to the frame's end, but for some bytes.
func (p *parser) rest(op *model.Op, path string) any {
	t := op.Field.Type
	switch t.Kind {
	case model.List:
		items := []any{}
		for p.r.Left(op.Tail) > 0 {
			v := p.value(t.Elem, itemPath(path, len(items)), nil)
			if p.stopped() {
				return nil
			}
			items = append(items, v)
		}
		return items
	case model.Text:
		return p.constrained(t, path, p.fixedText(path, int64(p.r.Left(op.Tail))))
	default:
		return p.constrained(t, path, append([]byte{}, p.r.Bytes(path, p.r.Left(op.Tail))...))
	}
}

// restOf writes such a field.
func (a *appender) restOf(t *model.Type, path string, v any) {
	switch t.Kind {
	case model.List:
		a.items(t, path, v)
	case model.Text:
		if s, ok := typed[string](a, path, v); ok && a.constrained(t, path, s) {
			a.w.FixedText(path, s, len(s))
		}
	default:
		if b, ok := typed[[]byte](a, path, v); ok && a.constrained(t, path, b) {
			a.w.Bytes(path, b)
		}
	}
}

// items writes the items of a list one behind the other.
func (a *appender) items(t *model.Type, path string, v any) {
	items, ok := typed[[]any](a, path, v)
	if !ok {
		return
	}
	for i, item := range items {
		if item == nil {
			a.w.Fail(itemPath(path, i), isMissing)
			return
		}
		a.value(t.Elem, itemPath(path, i), nil, item)
	}
}

// flag writes whether parts are there.
func (a *appender) flag(s *given, op *model.Op) {
	var v uint64
	for _, part := range op.Parts {
		if s.wanted(part.Body) {
			v = 1
		}
	}
	a.w.Bits(s.name(op.Field), v, 1)
}

// flagged writes a part that a field tells of.
func (a *appender) flagged(s *given, op *model.Op, wanted bool) {
	path := s.name(op.Flag)
	if op.Flag.Derived {
		if s.flagSet(op) {
			a.ops(s, op.Body)
		}
		return
	}
	v, _ := s.value(op.Flag).(uint64)
	switch {
	case v != 0:
		a.ops(s, op.Body)
	case wanted:
		a.w.Fail(path, notFlagged)
	}
}

// tell keeps the parts of a flag.
func (s *given) tell(op *model.Op) {
	if s.parts == nil {
		s.parts = map[*model.Field][]*model.Op{}
	}
	s.parts[op.Field] = op.Parts
}

// flagSet reports whether any part of the flag is there.
func (s *given) flagSet(op *model.Op) bool {
	for _, part := range s.parts[op.Flag] {
		if s.wanted(part.Body) {
			return true
		}
	}
	return false
}

const notFlagged = "says that a part is absent which is given"

// flagged reports whether a field says that a part is there.
func (s *fields) flagged(f *model.Field) bool {
	if f.Derived {
		return s.flags.of(f) != 0
	}
	v, _ := s.values.Get(f.Name)
	n, _ := v.(uint64)
	return n != 0
}

// constant reads bits that are fixed.
func (p *parser) constant(op *model.Op) {
	p.r.Const(op.Value, op.Field.Type.Bits)
	p.skipBits(op.Field.Type.Bits)
	due := ""
	if op.Field.Type.Bits == 8 {
		due = string([]byte{byte(op.Value)})
	}
	p.note(Place{Kind: PlaceLiteral, Due: due})
}
