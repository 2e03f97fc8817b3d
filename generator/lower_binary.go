package generator

import (
	"strconv"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// packed reports whether frames are packets: items of a list are one behind the
// other, not on lines of their own.
func (l *lowering) packed() bool {
	return l.frame != nil && l.frame.Packet != nil && len(l.frame.Ends) == 0
}

// binary is a number in binary form: w.Big("address", uint64(m.Address), 2).
func (l *lowering) binary(s *emit.Scalar, t *model.Type) *emit.Scalar {
	wide, kind := "uint64", ""
	switch t.Kind {
	case model.Int:
		wide, kind = "int64", "Int"
	case model.Float:
		wide, kind = "float64", "Float"
	}
	s.Wire, s.Key = emit.Named(wide), kind
	if kind == "" {
		s.Key = "Uint"
	}
	width := t.Bits / 8
	switch t.Binary {
	case model.BitField:
		s.Method, width = "Bits"+kind, t.Bits
	case model.Varint:
		s.Method, width = "Varint", t.Bits
	case model.LittleEndian:
		s.Method = "Little" + kind
	default:
		s.Method = "Big" + kind
	}
	s.Args = append(emit.Lits(width), s.Args...)
	return s
}

// rest is the value of a field that goes on to the frame's end, but for some
// bytes.
func (l *lowering) rest(op *model.Op) emit.Value {
	t := op.Field.Type
	s := l.scalar(t, nil)
	switch t.Kind {
	case model.List:
		return &emit.List{Elem: l.value(t.Elem, nil), ElemGo: l.goType(t.Elem), Packed: true, Rest: true, Tail: op.Tail}
	case model.Text:
		s.Method, s.Writer = "FixedText", "Text"
		s.Args = []emit.Arg{{Rest: true, Tail: op.Tail, AsInt: true, ReadOnly: true}}
	default:
		s.Method, s.Args = "Bytes", []emit.Arg{{Rest: true, Tail: op.Tail, ReadOnly: true}}
	}
	if limited(t) {
		return &emit.Checked{Scalar: s, Limits: l.names.types[t]}
	}
	return s
}

// flag is a bit that says whether parts are there.
func (t *template) flag(op *model.Op) emit.Op {
	o := &emit.Flag{Name: op.Field.Name, Local: t.flagLocal(op.Field)}
	for _, part := range op.Parts {
		o.Fields = append(o.Fields, t.fields(part.Body, true)...)
	}
	t.tell(op.Field, o)
	return o
}

// flagLocal is the variable that holds a flag that was read.
func (t *template) flagLocal(f *model.Field) string {
	if t.depth > 0 {
		return "has" + exported(f.Name) + strconv.Itoa(t.depth)
	}
	return "has" + exported(f.Name)
}

// flagged makes an optional part one that a field tells of.
func (t *template) flagged(o *emit.Optional, op *model.Op) {
	if flag := t.flags[op.Flag]; flag != nil {
		o.Decide.Local, o.Told = flag.Local, flag.Fields
		return
	}
	o.Flag = t.l.field(op.Flag, nil)
	if t.bare {
		o.Flag.Go = ""
	}
}
