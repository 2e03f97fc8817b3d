package generator

import (
	"strconv"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// sizedList is a list of items that differ in size, whose bytes are counted, and
// perhaps its items.
func (t *template) sizedList(op *model.Op) emit.Value {
	f := op.Field
	list := &emit.List{
		Elem: t.l.value(f.Type.Elem, nil), ElemGo: t.l.goType(f.Type.Elem), Packed: true,
		Size: t.sizeOf(f), Encoded: t.named("encoded", f),
	}
	if op.Count != op.Sized {
		list.Count = t.local(f)
	}
	return list
}

// size is a term that counts the bytes of such a list. They are written where
// they are counted first.
func (t *template) size(c *emit.Count, out *emit.Term, f *model.Field) {
	out.Encoded = t.named("encoded", f)
	if t.sized[f] {
		out.Known = t.sizeOf(f)
		return
	}
	t.sized[f] = true
	c.Local = t.sizeOf(f)
	c.Apart = append(c.Apart, &emit.Apart{
		Local: out.Encoded, Field: out.Field,
		List: &emit.List{Elem: t.l.value(f.Type.Elem, nil), ElemGo: t.l.goType(f.Type.Elem), Packed: true},
	})
}

// sizeOf is the variable that holds a list's bytes.
func (t *template) sizeOf(f *model.Field) string { return t.named("size", f) }

// named is a variable that belongs to a field.
func (t *template) named(what string, f *model.Field) string {
	name := t.l.names.fields[f]
	if name == "" {
		name = exported(f.Name)
	}
	if t.depth > 0 {
		name += strconv.Itoa(t.depth)
	}
	return what + name
}
