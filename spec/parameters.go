package spec

import (
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// paramDecl is a parameter of the document.
type paramDecl struct {
	entry
	field *model.Field
	ok    bool
	used  bool // by a step, a probe, an answer or an automatic value
}

func (w *lowering) lowerParameters() {
	w.params.all(func(d *paramDecl) {
		d.ok = w.clean(func() { w.lowerParameter(d) })
		if d.field.Type == nil {
			d.field.Type = &model.Type{Kind: model.Text} // for what goes on in spite of it
		}
	})
}

func (w *lowering) lowerParameter(d *paramDecl) {
	f := d.field
	d.mapping("a parameter, as in {type: word}", described(&f.Named,
		need("type", w.typeReader(&f.Type, &f.Secret)),
		may("secret", boolean(&f.Secret)),
		may("optional", boolean(&f.Optional)),
		may("default", func(v value) { w.defaultValue(f, v) }),
	)...)
	if f.Type == nil {
		return
	}
	switch f.Type.Kind {
	case model.Layout, model.PairsOf, model.OneOf, model.Dotted, model.JSON, model.JSONRaw, model.List, model.Padded, model.HexBytes, model.Base64:
		d.find("type").fail("bad-type", "text, word, bytes, bool, numbers and enums can be given by a caller",
			"a parameter cannot have this type")
	}
	if f.Type.Scale != "" {
		d.find("type").fail("bad-type", "write decimal", "a parameter has no scale")
	}
	if f.Secret && d.Get("default") != nil {
		d.find("default").fail("bad-default", "leave it out: the caller gives it", "a secret does not belong in a document that many read")
	}
	if f.Optional && f.HasDefault {
		d.find("default").fail("bad-default", "", "an optional parameter has no default: where it is not given, it is absent")
	}
	if t := f.Type; t.Kind == model.Bool && f.HasDefault && f.Default == t.Words[0] {
		d.find("default").fail("bad-default", "turn its meaning around, or make it an enum",
			"a caller who leaves a bool alone means false: with this default nobody could say so")
	}
	f.Unit = f.Type.Unit
}

// constant is the wire form of a value that the document gives, if it keeps its
// type's limits.
func (w *lowering) constant(t *model.Type, text string) (string, error) {
	wire, err := w.wireForm(t, text)
	if f := w.framing(); err == nil && f != nil && (t.Range != nil || t.Max > 0 || t.Chars != "") {
		_, err = codec.FromText(f, t, wire)
	}
	return wire, err
}

// defaultValue reads a parameter's default, in the form it has on the wire.
func (w *lowering) defaultValue(f *model.Field, v value) {
	if f.Type == nil || !v.constant("a value", f.Type) {
		return
	}
	wire, err := w.constant(f.Type, v.Value)
	if err != nil {
		v.fail("bad-default", w.constantHint(err, v.Value), "%s: %v", v.describe(), err)
		return
	}
	f.Default, f.HasDefault = wire, true
}
