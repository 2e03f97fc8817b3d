package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// takesLines reports whether a value of t takes more than a line, in one of its forms
// where it has several.
func takesLines(t *model.Type) bool { return typeSet{}.breaks(t) }

// breaks is takesLines for a type that was not looked at yet: each is once, for types
// that hold each other have more ways through them than anybody can go.
func (s typeSet) breaks(t *model.Type) bool {
	if t.Body == nil || s[t] {
		return false
	}
	s.add(t)
	switch t.Kind {
	case model.OneOf:
		return slices.ContainsFunc(t.Body.Fields, func(f *model.Field) bool { return s.breaks(f.Type) })
	case model.Layout:
		return s.breaksIn(t.Body.Ops)
	}
	return false
}

// takesLinesIn reports whether a line begins in ops.
func takesLinesIn(ops []*model.Op) bool { return typeSet{}.breaksIn(ops) }

func (s typeSet) breaksIn(ops []*model.Op) bool {
	return slices.ContainsFunc(ops, func(op *model.Op) bool {
		return op.Kind == model.OpBreak || op.Kind == model.OpField && s.breaks(op.Field.Type) || s.breaksIn(op.Body)
	})
}

// cutByCount reports whether a value holds bytes that are counted, among which
// the decoder must not look for a line's end.
func cutByCount(t *model.Type) bool { return typeSet{}.counted(t) }

func (s typeSet) counted(t *model.Type) bool {
	switch {
	case t.Kind == model.List:
		return s.counted(t.Elem)
	case t.Kind != model.OneOf && t.Kind != model.Layout || t.Body == nil:
		return t.Kind == model.Bytes
	case s[t]:
		return false
	}
	s.add(t)
	if t.Kind == model.OneOf {
		return slices.ContainsFunc(t.Body.Fields, func(f *model.Field) bool { return s.counted(f.Type) })
	}
	return anyOp(t.Body.Ops, func(op *model.Op) bool {
		return op.Kind == model.OpField && (op.Count != nil && op.Field.Type.Kind != model.Text || s.counted(op.Field.Type))
	})
}
