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
	part := l.measuring(t.Ops, 0)
	within := t.Ops
	for n, target := range at {
		ops = append(ops, part.before(within, target)...)
		last := n == len(at)-1
		switch {
		case last && target.Kind == model.OpOptional:
			return ops, part.flagLocal(target.Flag), 0
		case last && target.Sized != nil:
			return ops, part.sizeOf(target.Field), 0
		case last && target.Count != nil:
			return ops, part.local(target.Field), 0
		case last:
			return ops, "", target.Field.Type.Width
		case target.Kind == model.OpOptional:
			within = target.Body
		default:
			within = target.Field.Type.Body.Ops
			part = l.measuring(within, part.depth+1)
		}
	}
	return ops, "", 0
}

// measuring begins a template that is read only to find out how much follows.
func (l *lowering) measuring(ops []*model.Op, depth int) *template {
	return &template{l: l, depth: depth, known: map[*model.Field]bool{}, sized: map[*model.Field]bool{}, measured: ops}
}

// before are the ops before target.
func (t *template) before(ops []*model.Op, target *model.Op) (out []emit.Op) {
	leading := append(leadingTo(ops, target), target)
	for i, op := range leading[:len(leading)-1] {
		if op.Kind != model.OpBreak || !ofList(leading, i) {
			out = append(out, t.op(op))
		}
	}
	return out
}

// leadingTo are the ops before one of them, or of a part that is there.
func leadingTo(ops []*model.Op, target *model.Op) []*model.Op {
	for i, op := range ops {
		if op == target {
			return slices.Clone(ops[:i])
		}
		if op.Kind == model.OpOptional && holds(op.Body, target) {
			return append(slices.Clone(ops[:i]), leadingTo(op.Body, target)...)
		}
	}
	return nil
}

func holds(ops []*model.Op, target *model.Op) bool {
	return slices.ContainsFunc(ops, func(op *model.Op) bool { return op == target || holds(op.Body, target) })
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
