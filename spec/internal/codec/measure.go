package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Measure gives the bytes (of a list on lines, or of items that differ in size: the
// items) of the counted field that at leads to: an op of t, then an op of that
// field's layout, or of that part, and so on; 1 for a part that is there. frame is
// the part received so far, up to that field.
func Measure(f *wire.Framing, t *model.Template, at []*model.Op, frame []byte) (int, error) {
	p := newParser(f.Of(t.Frame), frame)
	p.at = at
	p.template(t, "")
	if err := p.r.Err(); err != nil {
		return 0, err
	}
	if !p.done {
		return 0, &wire.FieldError{Field: wire.PartLength, Reason: "has no count"}
	}
	return p.size, nil
}

// measure ends a Measure at its op.
func (p *parser) measure(s *fields, op *model.Op) {
	n, ok := int64(op.Field.Type.Width), true
	if op.Count != nil {
		n, ok = s.counts.get(op.Field)
		if t := op.Field.Type; op.Sized != nil {
			n, ok = s.sizes.get(op.Field)
		} else if t.Kind == model.List && p.packed() && model.TypeBits(t.Elem) >= 0 {
			n *= int64(model.TypeBits(t.Elem) / 8)
		}
	}
	if !ok || int64(int(n)) != n {
		p.r.Fail(s.name(op.Field), "has no count that a frame can hold")
		return
	}
	p.done, p.size = true, int(n)
}
