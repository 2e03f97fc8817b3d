package generator

import (
	"slices"
	"strconv"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// template is one template on its way to ops.
type template struct {
	l *lowering
	// bare: the template is a layout's of one field, which is the value itself.
	bare  bool
	depth int // of layouts that are read in line, to keep their variables apart
	// known are the fields whose length an earlier count told.
	known map[*model.Field]bool
	flags map[*model.Field]*emit.Flag
}

func (l *lowering) ops(t *model.Template, bare bool) []emit.Op {
	if l.frame = l.p.Frame; int(t.Frame) < len(l.p.Frames) {
		l.frame = l.p.Frames[t.Frame]
	}
	return (&template{l: l, bare: bare, known: map[*model.Field]bool{}}).ops(t.Ops)
}

func (t *template) ops(ops []*model.Op) []emit.Op {
	var list []emit.Op
	for i, op := range ops {
		if op.Kind == model.OpBreak && ofList(ops, i) {
			continue // each item brings its own
		}
		list = append(list, t.op(op))
	}
	return list
}

func (t *template) op(op *model.Op) emit.Op {
	switch op.Kind {
	case model.OpBreak:
		return emit.Break{}
	case model.OpCount:
		return t.count(op)
	case model.OpOptional:
		return t.optional(op)
	case model.OpVariants:
		return t.variants(op)
	case model.OpConst:
		return emit.Fixed{Value: op.Value, Bits: op.Field.Type.Bits}
	case model.OpFlag:
		return t.flag(op)
	case model.OpBody:
		return emit.Body{}
	case model.OpBodyEnd:
		return emit.BodyEnd{}
	case model.OpSize:
		return emit.FrameSize{}
	case model.OpSum:
		return emit.FrameSum{}
	case model.OpSame:
		return &emit.Same{Field: t.field(op)}
	case model.OpObject:
		return t.l.frameObject(op)
	case model.OpField:
		if op.Field.Name == ignored {
			return &emit.Skip{Value: t.value(op), Zero: t.l.zero(op.Field.Type)}
		}
		return t.field(op)
	}
	return emit.Lit{Text: op.Lit}
}

// ignored is the name of the fields that nobody sees.
const ignored = "_"

func (t *template) field(op *model.Op) *emit.Field {
	f := t.l.field(op.Field, op.Stops)
	f.Value = t.value(op)
	if t.bare {
		f.Go = ""
	}
	return f
}

func (t *template) value(op *model.Op) emit.Value {
	if op.Until != nil {
		return t.l.lines(op)
	}
	if op.Rest {
		return t.l.rest(op)
	}
	if op.Count != nil {
		return t.l.counted(op.Field, op.Stops, t.local(op.Field))
	}
	return t.l.value(op.Field.Type, op.Stops)
}

// local is the variable that holds a counted field's length.
func (t *template) local(f *model.Field) string {
	name := t.l.names.fields[f]
	if name == "" {
		name = exported(f.Name)
	}
	if t.depth > 0 {
		return "n" + name + strconv.Itoa(t.depth)
	}
	return "n" + name
}

// count finds out which field's length the count tells: the one that no
// earlier count did.
func (t *template) count(op *model.Op) emit.Op {
	c := &emit.Count{Name: op.Field.Name, Value: t.l.scalar(op.Field.Type, stopArgs(op.Field.Type, op.Stops))}
	if op.Field.Type.Binary != "" {
		c.Value.Go = emit.Named("uint64")
	}
	for _, term := range op.Terms {
		if term.Field == nil {
			c.Sum = append(c.Sum, emit.Term{N: term.N, Minus: term.Minus})
			continue
		}
		out := emit.Term{Field: t.l.field(term.Field, nil), Minus: term.Minus, Item: term.Item}
		if t.bare {
			out.Field.Go = ""
		}
		if t.known[term.Field] {
			out.Known = t.local(term.Field)
		} else {
			c.Local, c.Item = t.local(term.Field), term.Item
			t.known[term.Field] = true
		}
		c.Sum = append(c.Sum, out)
	}
	return c
}

func (t *template) optional(op *model.Op) emit.Op {
	if op.Decide == model.DecideText {
		return emit.Spare{Text: op.Body[0].Lit}
	}
	mayVanish := op.Decide == model.DecideEOL || op.Decide == model.DecideLeft
	o := &emit.Optional{MayVanish: mayVanish && vanish(op.Body)}
	switch op.Decide {
	case model.DecideByte:
		o.Decide.Has = lead(op.Body)
	case model.DecideSeparators:
		o.Decide.Sep, o.Decide.After = op.Sep, op.After
	case model.DecideLeft:
		o.Decide.Left, o.Decide.After = true, op.Tail
	case model.DecideFlag:
		t.flagged(o, op)
	}
	o.Body = t.ops(op.Body)
	o.Own = t.fields(op.Body, false)
	o.All = t.fields(op.Body, true)
	return o
}

// fields are the fields among ops, with those of optional parts where deep.
func (t *template) fields(ops []*model.Op, deep bool) []*emit.Field {
	var list []*emit.Field
	for _, op := range ops {
		switch {
		case op.Kind == model.OpField && op.Field.Name != ignored:
			list = append(list, t.field(op))
		case op.Kind == model.OpOptional && deep:
			list = append(list, t.fields(op.Body, deep)...)
		}
	}
	return list
}

// lead is the first byte of what ops write.
func lead(ops []*model.Op) string {
	for len(ops) > 0 {
		switch op := ops[0]; {
		case op.Kind == model.OpLit && op.Lit != "":
			return op.Lit[:1]
		case op.Kind == model.OpField && op.Field.Type.Kind == model.Layout:
			ops = op.Field.Type.Body.Ops
		case op.Kind == model.OpField && op.Field.Type.Kind == model.Quoted:
			return `"`
		case op.Kind == model.OpField && op.Field.Type.Kind == model.JSON:
			return "{"
		default:
			return ""
		}
	}
	return ""
}

// ofList reports whether the break at i belongs to a list that stands on its
// lines: a counted one after it, or one before it that goes on until the next
// line.
func ofList(ops []*model.Op, i int) bool {
	return i > 0 && ops[i-1].Until != nil || i+1 < len(ops) && ops[i+1].Count != nil && standsOnLines(ops[i+1].Field.Type)
}

// upTo gives the ops before a counted field, layouts on the way to it read in
// line, and the variable with its count (or its fixed size).
func (l *lowering) upTo(t *model.Template, at []*model.Op) (ops []emit.Op, local string, fixed int) {
	for depth, target := range at {
		part := &template{l: l, depth: depth, known: map[*model.Field]bool{}}
		i := slices.Index(t.Ops, target)
		before := t.Ops[:max(i, 0)]
		for j, op := range before {
			if op.Kind == model.OpBreak && ofList(t.Ops, j) {
				continue
			}
			ops = append(ops, part.op(op))
		}
		if depth == len(at)-1 {
			if target.Count != nil {
				return ops, part.local(target.Field), 0
			}
			return ops, "", target.Field.Type.Width
		}
		t = target.Field.Type.Body
	}
	return ops, "", 0
}
