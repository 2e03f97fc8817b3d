package codec

import "github.com/linewright/linewright/spec/model"

func bin(kind model.Kind, bits int, form model.Binary) *model.Type {
	return &model.Type{Kind: kind, Bits: bits, Binary: form}
}

// binaryFamily is a template of each binary construct, in the second kind of
// frame of the tests' framing.
func binaryFamily() map[string]*model.Template {
	u8 := func() *model.Type { return bin(model.Uint, 8, model.BigEndian) }
	u1 := func() *model.Type { return bin(model.Uint, 1, model.BitField) }
	rest := func(name string, t *model.Type, tail int) *model.Op {
		op := field(name, t)
		op.Rest, op.Tail = true, tail
		return op
	}
	name, points := field("name", of(model.Text)), field("points", list("", layout(field("x", bin(model.Int, 16, model.LittleEndian)), field("y", bin(model.Float, 32, model.BigEndian)))))
	sized := count(u8(), points)
	sized.Terms[0].Bytes, sized.Terms[0].Item = true, 6
	flag := &model.Op{Kind: model.OpFlag, Field: &model.Field{Named: model.Named{Name: "flag"}, Type: u1(), Derived: true}}
	mode := field("mode", bin(model.Uint, 2, model.BitField))
	told, shown := optional(model.DecideFlag, field("a", u8())), optional(model.DecideFlag, field("b", bin(model.Uint, 24, model.LittleEndian)))
	told.Flag, flag.Parts, shown.Flag = flag.Field, []*model.Op{told}, mode.Field
	left := optional(model.DecideLeft, field("c", bin(model.Uint, 64, model.BigEndian)))
	either := oneOf(field("number", layout(lit("\x01"), field("n", u8()))), field("text", layout(lit("\x02"), field("t", wide(model.Text, 3)))))
	fixed := &model.Op{Kind: model.OpConst, Value: 5, Field: &model.Field{Type: bin(model.Uint, 4, model.BitField), Derived: true}}
	all := map[string]*model.Template{
		"numbers": template(lit("\x01"), field("a", bin(model.Int, 8, model.BigEndian)), field("b", bin(model.Uint, 40, model.LittleEndian)), field("c", bin(model.Int, 64, model.BigEndian)),
			field("d", bin(model.Float, 64, model.LittleEndian)), field("v", bin(model.Uint, 64, model.Varint)), field("e", bin(model.Float, 32, model.LittleEndian))),
		"bits":    template(fixed, field("x", bin(model.Int, 5, model.BitField)), field("y", bin(model.Uint, 13, model.BitField)), field(ignored, bin(model.Uint, 2, model.BitField)), rest("data", of(model.Bytes), 0)),
		"bytes":   template(count(bin(model.Uint, 16, model.BigEndian), name), sized, name, points, rest("ids", list("", bin(model.Uint, 16, model.BigEndian)), 1), field("crc", u8())),
		"flags":   template(flag, mode, field(ignored, bin(model.Uint, 5, model.BitField)), told, shown, left),
		"variant": template(field("e", either), rest("more", list("", either), 0)),
	}
	for _, t := range all {
		t.Frame = 1
	}
	return all
}

// oneOf is a type whose forms begin with different literals.
func oneOf(forms ...*model.Op) *model.Type {
	t := &model.Type{Kind: model.OneOf, Body: &model.Template{Ops: forms}}
	for i, form := range forms {
		form.Field.Optional = true
		t.Body.Fields = append(t.Body.Fields, form.Field)
		t.Leads, t.Order = append(t.Leads, form.Field.Type.Body.Ops[0].Lit), append(t.Order, i)
	}
	return t
}
