package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/overlap"
	"github.com/linewright/linewright/spec/model"
)

// checkItems looks for items of lists of lines that could be taken for the line
// that ends the list, which is tested first (G4), or for a message that may come
// inside.
func (c *dispatch) checkItems() {
	var inside []*messageDecl
	c.messages.all(func(d *messageDecl) {
		if d.m.Inside && d.ok && d.tmpl.ok && d.tmpl.Frame == c.frameOf().index {
			inside = append(inside, d)
		}
	})
	c.messages.all(func(d *messageDecl) {
		if d.ok && d.tmpl.ok && d.tmpl.Frame == c.frameOf().index && !c.layoutsBroken(d.tmpl.Ops) {
			c.items(d.tmpl.v, d.tmpl.Ops, typeSet{}, func() []*messageDecl { return c.interrupters(d, inside) })
		}
	})
	c.commands.all(func(d *commandDecl) {
		if d.ok && d.tmpl.ok && d.tmpl.Frame == c.frameOf().index && !c.layoutsBroken(d.tmpl.Ops) {
			c.items(d.tmpl.v, d.tmpl.Ops, typeSet{}, func() []*messageDecl { return nil })
		}
	})
}

// interrupters are the messages of inside that are awaited when d is.
func (c *dispatch) interrupters(d *messageDecl, inside []*messageDecl) []*messageDecl {
	var out []*messageDecl
	for _, m := range inside {
		if m != d && c.meet(m, d) {
			out = append(out, m)
		}
	}
	return out
}

// items checks the lists among ops, and those in their layouts.
func (c *dispatch) items(v value, ops []*model.Op, seen typeSet, inside func() []*messageDecl) {
	for i, op := range ops {
		if inner := c.layoutIn(op); inner != nil && !seen[inner.typ] {
			seen.add(inner.typ)
			c.items(v, inner.body.Ops, seen, inside)
			delete(seen, inner.typ)
		}
		c.items(v, op.Body, seen, inside)
		if op.Until == nil || op.ToEnd() {
			continue
		}
		if op.Until.Items {
			c.itemsKnown(v, op, ops[i+2:], inside()) // behind the line break
			continue
		}
		elem := op.Field.Type
		if elem.Kind == model.List {
			elem = elem.Elem
		}
		item := c.left.Item(elem, c.ends())
		if beginsClosed(elem) {
			if f, found := c.left.Ends(c.left.Item(withoutOthers(elem), c.ends()), op.Until, c.ends()); found == overlap.Found {
				v.fail("item-hides-end", "begin that line with other text, or count the items",
					"%q may be one of %s, and is taken for the line that ends them", c.frame(f), op.Field.Name)
			}
		}
		for _, m := range inside() {
			c.likeItem(v, op, item, m)
		}
	}
}

// withoutOthers is t without the keys that nothing names: those are open text,
// which may look like any line.
func withoutOthers(t *model.Type) *model.Type {
	if t.Kind != model.PairsOf || t.Pairs.Others == nil {
		return t
	}
	named, pairs := *t, *t.Pairs
	pairs.Others, named.Pairs = nil, &pairs
	return &named
}

// itemsKnown checks a list whose items are known, by the line that ends it, with
// which rest begins: it must be neither an item nor a message that may come
// inside.
func (c *dispatch) itemsKnown(v value, op *model.Op, rest []*model.Op, inside []*messageDecl) {
	if end := slices.IndexFunc(rest, func(op *model.Op) bool { return op.Kind == model.OpBreak }); end >= 0 {
		rest = rest[:end]
	}
	ending := c.left.New(&model.Template{Ops: rest}, c.ends())
	if f, found := c.left.Resembles(ending, op.Until, c.ends()); found == overlap.Found {
		v.fail("end-like-item", "begin that line with other text, or count the items",
			"%q may begin the line that ends %s, and is taken for one of them", c.frame(f), op.Field.Name)
	}
	item := c.left.Item(op.Field.Type.Elem, c.ends())
	for _, m := range inside {
		c.likeItem(v, op, item, m)
		if f, found := c.left.Begins(ending, c.shape(m), 0); found == overlap.Found {
			v.fail("end-like-item", "begin that line with other text",
				"%q may be the line that ends %s, and is taken for message %s, which may come inside", c.frame(f), op.Field.Name, m.name)
		}
	}
}

// likeItem looks for an item that is message m.
func (c *dispatch) likeItem(v value, op *model.Op, item *overlap.Shape, m *messageDecl) {
	for i := range overlap.Spellings {
		f, verdict := c.left.Begins(item, c.shape(m), i)
		if verdict != overlap.Found {
			return
		}
		if frame := c.frame(f); c.fits(frame, m) {
			v.fail("inside-like-item", "", "%q may be one of %s, and is taken for message %s, which may come inside",
				frame, op.Field.Name, m.name)
			return
		}
	}
}

// beginsClosed reports whether a value of t begins with literal text, a number
// or the like. One that begins with open text can look like any line; that the
// line which ends the list is tested first decides.
func beginsClosed(t *model.Type) bool {
	switch t.Kind {
	case model.Text, model.Bytes:
		return t.Width > 0
	case model.Word, model.Dotted:
		return false
	case model.Enum:
		return !t.Open || beginsClosed(t.Elem)
	case model.List:
		return beginsClosed(t.Elem)
	case model.OneOf:
		for _, f := range t.Body.Fields {
			if beginsClosed(f.Type) {
				return true
			}
		}
		return false
	case model.Layout:
		for _, op := range t.Body.Ops {
			return op.Kind != model.OpField || beginsClosed(op.Field.Type)
		}
	}
	return true
}
