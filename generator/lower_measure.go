package generator

import (
	"slices"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// upTo gives the ops before a counted field, or a part that may be absent: layouts
// on the way to it are read in line, and parts too, as they are there where this
// is asked. With it comes the variable with its count, or its fixed size.
func (l *lowering) upTo(t *model.Template, at []*model.Op) (ops []emit.Op, local string, fixed int) {
	part := &template{l: l, known: map[*model.Field]bool{}, measured: t.Ops}
	within := t.Ops
	for n, target := range at {
		ops = append(ops, part.before(within, target)...)
		last := n == len(at)-1
		switch {
		case last && target.Kind == model.OpOptional:
			return ops, part.flagLocal(target.Flag), 0
		case last && target.Count != nil:
			return ops, part.local(target.Field), 0
		case last:
			return ops, "", target.Field.Type.Width
		case target.Kind == model.OpOptional:
			within = target.Body
		default:
			within = target.Field.Type.Body.Ops
			part = &template{l: l, depth: part.depth + 1, known: map[*model.Field]bool{}, measured: within}
		}
	}
	return ops, "", 0
}

// before are the ops before target.
func (t *template) before(ops []*model.Op, target *model.Op) (out []emit.Op) {
	end := max(slices.Index(ops, target), 0)
	for i, op := range ops[:end] {
		if op.Kind != model.OpBreak || !ofList(ops, i) {
			out = append(out, t.op(op))
		}
	}
	return out
}

// tells reports whether a field tells of an optional part.
func tells(ops []*model.Op, f *model.Field) bool {
	return slices.ContainsFunc(ops, func(op *model.Op) bool { return op.Flag == f && op.Kind == model.OpOptional || tells(op.Body, f) })
}

// told is a field that tells of a part, read into a variable.
func (t *template) told(op *model.Op) emit.Op {
	value := t.l.scalar(op.Field.Type, nil)
	value.Go = emit.Named("uint64")
	o := &emit.Flag{Name: op.Field.Name, Local: t.flagLocal(op.Field), Value: value}
	t.tell(op.Field, o)
	return o
}

// tell remembers what tells of parts.
func (t *template) tell(f *model.Field, o *emit.Flag) {
	if t.flags == nil {
		t.flags = map[*model.Field]*emit.Flag{}
	}
	t.flags[f] = o
}
