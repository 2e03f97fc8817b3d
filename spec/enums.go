package spec

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// lowerEnum reads {enum: {name: wire}, as: T, open: …}.
func (w *lowering) lowerEnum(d *typeDecl) {
	t := d.typ
	t.Kind = model.Enum
	t.Elem = &model.Type{Kind: model.Text}
	d.mapping("a type", described(&t.Named,
		may("as", func(v value) { w.enumBase(t, v) }),
		may("open", boolean(&t.Open)),
		need("enum", func(v value) { w.enumValues(t, v) }),
	)...)
}

// enumBase reads the type that the values are written as.
func (w *lowering) enumBase(t *model.Type, v value) {
	base := t.Elem
	w.typeReader(&base, nil)(v)
	if base.Scale != "" {
		v.fail("bad-type", "use the number without scale", "an enum's values have no scale")
		return
	}
	switch base.Kind {
	case model.Text, model.Word, model.Int, model.Uint, model.Digits, model.Hex:
		t.Elem = base
	default:
		v.fail("bad-type", "", "an enum is written as text, word, digits, hex or an integer")
	}
}

func (w *lowering) enumValues(t *model.Type, v value) {
	byWire := map[string]string{}
	v.named(snake, "a map from names to what is on the wire", func(e entry) {
		ev := model.EnumValue{Named: model.Named{Name: e.name, Pos: e.keyPos}}
		switch e.Kind {
		case document.Map:
			e.mapping("a value", described(&ev.Named, need("wire", func(v value) { ev.Wire = w.enumWire(t, v) }))...)
		default:
			ev.Wire = w.enumWire(t, e.value)
		}
		if other, ok := byWire[ev.Wire]; ok && ev.Wire != "" {
			e.fail("duplicate-value", "", "%s and %s are the same on the wire", other, e.name)
		}
		byWire[ev.Wire] = e.name
		t.Values = append(t.Values, ev)
	})
	if v.Kind == document.Map && len(v.Keys) == 0 {
		v.fail("empty", "", "an enum without values")
	}
}

// enumWire reads what a value looks like on the wire, in canonical form; it is
// empty after a complaint.
func (w *lowering) enumWire(t *model.Type, v value) string {
	if !v.scalar("what is on the wire") || !v.notNull("value") { // in quotes or not: it is what is on the wire
		return ""
	}
	wire, err := w.carried(t.Elem, v.Value)
	switch {
	case err != nil:
		v.fail("bad-value", w.constantHint(err, v.Value), "%s: %v", v.describe(), err)
		return ""
	case wire == "":
		v.fail("bad-value", "", "an enum's value is at least one byte on the wire")
		return ""
	case !w.inCharset(v) || !w.holdsNoEnd(v, v.Pos, wire):
		return ""
	}
	return wire
}
