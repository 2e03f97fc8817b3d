package generator

import (
	"slices"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// excerpt reads fields of a message that is valid: no further than they go, where
// there is nothing but literal text and simple fields before them.
func (l *lowering) excerpt(name string, t *model.Template, fields ...*model.Field) emit.Excerpt {
	whole := emit.Excerpt{Type: name}
	for i, op := range t.Ops[:len(t.Ops)-1] {
		if op.Kind != model.OpLit && !simple(op) {
			return whole
		}
		if fields = slices.DeleteFunc(slices.Clone(fields), func(f *model.Field) bool { return f == op.Field }); len(fields) == 0 {
			begin := *t
			begin.Ops = t.Ops[:i+1]
			return emit.Excerpt{Type: name, Ops: l.ops(&begin, false), Frame: t.Frame}
		}
	}
	return whole
}

// simple reports whether op is a field that is read by itself, on one line.
func simple(op *model.Op) bool {
	if op.Kind != model.OpField || op.Count != nil || op.Sized != nil || op.Until != nil || op.Rest {
		return false
	}
	switch op.Field.Type.Kind {
	case model.Text, model.Word, model.Int, model.Uint, model.Decimal, model.Float, model.Digits, model.Hex, model.Bool, model.Enum:
		return true
	}
	return false
}
