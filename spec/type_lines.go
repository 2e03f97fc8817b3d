package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// linesOf is how many lines a value of t takes at least; of its longest form,
// where it has several. What a value holds of its own type counts for one.
func linesOf(t *model.Type) int { return typeSet{}.lines(t) }

func (s typeSet) lines(t *model.Type) int {
	n := 1
	if t.Body == nil || s[t] {
		return n
	}
	s.add(t)
	defer delete(s, t)
	switch t.Kind {
	case model.OneOf:
		for _, f := range t.Body.Fields {
			n = max(n, s.lines(f.Type))
		}
	case model.Layout:
		n += s.linesIn(t.Body.Ops)
	}
	return n
}

// linesIn is how many lines begin in ops.
func linesIn(ops []*model.Op) int { return typeSet{}.linesIn(ops) }

func (s typeSet) linesIn(ops []*model.Op) (n int) {
	for _, op := range ops {
		switch op.Kind {
		case model.OpBreak:
			n++
		case model.OpField:
			n += s.lines(op.Field.Type) - 1
		}
		n += s.linesIn(op.Body)
	}
	return n
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
