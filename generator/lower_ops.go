package generator

import (
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
	// sized are those whose bytes a count told, or tells, whose items differ in size.
	sized map[*model.Field]bool
	flags map[*model.Field]*emit.Flag
	// measured are all ops, where fields are read and forgotten but for those that
	// tell how much follows.
	measured []*model.Op
}

func (l *lowering) ops(t *model.Template, bare bool) []emit.Op {
	if l.frame = l.p.Frame; int(t.Frame) < len(l.p.Frames) {
		l.frame = l.p.Frames[t.Frame]
	}
	ops := (&template{l: l, bare: bare, known: map[*model.Field]bool{}, sized: map[*model.Field]bool{}}).ops(t.Ops)
	return clearFirst(ops)
}

// clearFirst lets a frame with fields around a JSON object forget the one before
// it.
func clearFirst(ops []emit.Op) []emit.Op {
	for _, op := range ops {
		if f, ok := op.(*emit.Frame); ok && len(ops) > 1 {
			f.Around = true
			return append([]emit.Op{emit.Clear{Members: f.Members}}, ops...)
		}
	}
	return ops
}

func (t *template) ops(ops []*model.Op) []emit.Op {
	var list []emit.Op
	for i, op := range ops {
		if op.Kind == model.OpBreak && ofList(ops, i) {
			continue // each item brings its own
		}
		if !op.ToEnd() {
			list = append(list, t.op(op))
			continue
		}
		list = append(list, emit.ToEnd{}, t.op(op), emit.EndTail{})
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
		if tells(t.measured, op.Field) {
			return t.told(op)
		}
		if op.Field.Name == ignored {
			return &emit.Skip{Value: t.value(op), Zero: t.l.zero(op.Field.Type)}
		}
		if len(op.Tells) > 0 {
			return t.tells(op)
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
	if op.Sized != nil {
		return t.sizedList(op)
	}
	if op.Count != nil {
		return t.l.counted(op.Field, op.Stops, t.local(op.Field))
	}
	return t.l.value(op.Field.Type, op.Stops)
}

// local is the variable that holds a counted field's length.
func (t *template) local(f *model.Field) string { return t.named("n", f) }

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
		if term.Bytes && term.Item == 0 {
			t.size(c, &out, term.Field)
			c.Sum = append(c.Sum, out)
			continue
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
	case model.DecideLine:
		o.Decide.Line = op.Sep
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
// lines: a counted one after it or one that goes on to the frame's end, or one
// before it that goes on until the next line.
func ofList(ops []*model.Op, i int) bool {
	return i > 0 && ops[i-1].Until != nil || i+1 < len(ops) && (ops[i+1].ToEnd() || ops[i+1].Count != nil && standsOnLines(ops[i+1].Field.Type))
}
