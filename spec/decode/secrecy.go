package decode

import (
	"bytes"
	"slices"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// maxShown bounds the bytes of a record that was not understood.
const maxShown = 64 << 10

// shown are the bytes of what was not understood that may be shown; hidden: the rest may
// hold a secret. secret says that the nearest has one.
func (d *Decoder) shown(from Direction, b []byte, trouble *Trouble, secret bool) (show []byte, hidden bool) {
	if secret || d.conceals(from, trouble) {
		return nil, true
	}
	return bytes.Clone(b[:min(len(b), maxShown)]), false
}

// conceals reports whether what was sent may be a secret out of its place: where
// commands have some, what begins as none of them is not shown.
func (d *Decoder) conceals(from Direction, trouble *Trouble) bool {
	return from == Sent && d.guarded && (trouble == nil || !trouble.begun)
}

// secretive reports whether a field, or one inside of it, is secret.
func secretive(fields []*model.Field) bool { return anySecret(fields, nil) }

func anySecret(fields []*model.Field, within []*model.Type) bool {
	return slices.ContainsFunc(fields, func(f *model.Field) bool {
		t := inside(f.Type)
		return f.Secret || !slices.Contains(within, t) && anySecret(codec.FieldsOf(t), append(slices.Clip(within), t))
	})
}

// inside is the type of what a value holds: of lists that of their items, of a layout with
// one field that field's.
func inside(t *model.Type) *model.Type {
	for {
		switch {
		case t.Single() != nil:
			t = t.Single().Type
		case t.Kind == model.List, t.Kind == model.Padded:
			t = t.Elem
		default:
			return t
		}
	}
}
