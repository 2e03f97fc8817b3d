package generator

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// vanish reports whether what is written of ops may be nothing.
func vanish(ops []*model.Op) bool {
	for _, op := range ops {
		switch op.Kind {
		case model.OpField, model.OpSame:
			if !vanishes(op.Field.Type) {
				return false
			}
		case model.OpBody, model.OpBodyEnd:
		case model.OpOptional:
			if op.Decide == model.DecideText {
				return false
			}
		case model.OpLit:
			if op.Lit != "" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// vanishes reports whether a value of t may be written as nothing.
func vanishes(t *model.Type) bool {
	switch t.Kind {
	case model.Text, model.Bytes:
		return t.Width == 0
	case model.HexBytes, model.Base64, model.List:
		return true
	case model.Enum:
		return vanishes(enumBase(t)) && (t.Open || slices.ContainsFunc(t.Values, func(v model.EnumValue) bool { return v.Wire == "" }))
	case model.Layout:
		return vanish(t.Body.Ops)
	case model.OneOf:
		return slices.ContainsFunc(t.Body.Ops, func(form *model.Op) bool { return vanishes(form.Field.Type) })
	case model.PairsOf:
		return !slices.ContainsFunc(t.Body.Fields, func(f *model.Field) bool { return !f.Optional && f.Type.Kind != model.List })
	}
	return false
}
