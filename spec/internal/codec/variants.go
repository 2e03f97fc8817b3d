package codec

import "github.com/linewright/linewright/spec/model"

// variants reads the one of several layouts that begins here.
func (p *parser) variants(s *fields, op *model.Op) {
	for _, variant := range op.Body {
		if p.r.Has(variant.Field.Type.Body.Ops[0].Lit) {
			p.op(s, variant)
			return
		}
	}
	p.r.Fail(s.path, noVariant)
	p.note(Place{Kind: PlaceField, Path: s.path})
}

// variants writes the one of several layouts that there is.
func (a *appender) variants(s *given, op *model.Op) {
	n := 0
	for _, variant := range op.Body {
		if s.value(variant.Field) != nil {
			n++
			a.field(s, variant)
		}
	}
	if n != 1 {
		a.w.Fail(s.path, notOneVariant)
	}
}

const (
	noVariant     = "is none of its variants"
	notOneVariant = "must be exactly one of its variants"
)
