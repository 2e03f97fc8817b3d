package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// flagOp is a field that tells whether parts of the template are there.
type flagOp struct {
	op    *model.Op // of the field
	parts []*model.Op
}

// flag ties an optional part to the field that tells whether it is there.
func (c *compiler) flag(n *template.Opt, op *model.Op, part *template.Opt) {
	name := n.Flag.Text
	b := c.byName[name]
	at := node{n.Flag.Span}
	switch {
	case b == nil:
		c.fail(at, "unknown-name", c.w.guess(name, c.names()), "no field %s comes before the part", quoteName(name))
	case b.part != nil && b.part != part:
		c.fail(at, "optional-undecidable", "", "%s tells whether the part is there, and may be absent itself", name)
	case b.op.Field.Type.Kind != model.Uint || b.op.Field.Type.Scale != "":
		c.fail(at, "bad-type", "a flag is u1, or another unsigned number", "%s cannot tell whether a part is there", name)
	default:
		op.Flag = b.op.Field
		for _, f := range c.flags {
			if f.op == b.op {
				f.parts = append(f.parts, op)
				return
			}
		}
		c.flags = append(c.flags, &flagOp{b.op, []*model.Op{op}})
	}
}

// derive takes the flags of one bit out of the fields: whether their parts are
// there says what they are.
func (c *compiler) derive() {
	for _, f := range c.flags {
		t := f.op.Field.Type
		if t.Bits != 1 || t.Binary != model.BitField {
			continue
		}
		f.op.Kind = model.OpFlag
		f.op.Field.Derived = true
		f.op.Parts = f.parts
		c.fields = slices.DeleteFunc(c.fields, func(field *model.Field) bool { return field == f.op.Field })
	}
}

// setNames complains about values for fields that the frame's layout does not have.
func (d *frameDecl) setNames(fields []*model.Field) {
	if d.set.absent() {
		return
	}
	d.set.entries("a map of fields to values", func(e entry) {
		findField(e.value, e.keyPos, fields, "frame "+d.name, e.name)
	})
}

// frameSet gives fields of the layout their value in a command that does not say
// anything about them.
func (w *lowering) frameSet(d *commandDecl, v value) {
	v.entries("a map of fields to values", func(e entry) {
		for _, f := range d.tmpl.Fields {
			if f.Name == e.name && f.Set == nil {
				w.setField(f, e.value)
			}
		}
	})
}
