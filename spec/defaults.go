package spec

import "github.com/linewright/linewright/spec/model"

// absence reads what it means that a field is not there.
func (w *lowering) absence(f *model.Field, v value) {
	const kept = "only what may be absent has a default"
	switch {
	case f.Secret:
		v.fail("bad-default", "leave it out", "a secret does not belong in a document that many read")
	case !f.Optional && !f.HasDefault:
		v.fail("bad-default", "put it into an optional part, or leave the default out", "%s is always there: %s", f.Name, kept)
	case !defaultable(f.Type):
		v.fail("bad-default", "leave it out", "a default is one value: text, a number, a bool or one of an enum")
	default:
		value := &model.Field{Named: f.Named, Type: scalarOf(f.Type)}
		w.defaultValue(value, v)
		f.Default, f.HasDefault, f.Optional = value.Default, value.HasDefault, !value.HasDefault
	}
}

// defaultable reports whether a value of t can be compared with a default.
func defaultable(t *model.Type) bool {
	for t.Single() != nil {
		t = t.Single().Type
	}
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Int, model.Uint, model.Decimal, model.Float, model.Digits, model.Hex, model.Bool, model.Padded, model.Enum:
		return true
	}
	return false
}

// checkDefaults: what gets its value by itself is never left out.
func (w *lowering) checkDefaults() {
	w.commands.all(func(d *commandDecl) {
		for _, f := range d.c.Template.Fields {
			if f.HasDefault && f.Set != nil {
				d.find("fields").find(f.Name).find("default").fail("bad-default", "leave it out", "%s gets its value by itself", f.Name)
			}
		}
	})
}
