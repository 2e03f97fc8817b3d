package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/internal/overlap"
	"github.com/linewright/linewright/spec/model"
)

// checkForms looks for values of one form of a type that could be taken for
// another, whose longer text is looked for first.
func (c *dispatch) checkForms() {
	c.types.all(func(d *typeDecl) {
		if d.typ.Kind != model.OneOf || !d.ok || c.layoutsBroken(d.typ.Body.Ops) {
			return
		}
		follow := byteset.Range(0, 0xff)
		if f := c.frameModel(); f == nil || f.Content != "binary" {
			follow = c.flow.Follow(d.typ)
		}
		for n := range d.typ.Order {
			c.checkForm(d, n, follow)
		}
	})
}

// checkForm checks the form that is tried after n others; follow are the bytes that
// may come behind it.
func (c *dispatch) checkForm(d *typeDecl, n int, follow byteset.Set) {
	t := d.typ
	own := t.Order[n]
	form, lead := t.Body.Fields[own], t.Leads[own]
	var shape *overlap.Shape
	for _, i := range t.Order[:n] {
		other := t.Leads[i]
		if !strings.HasPrefix(other, lead) {
			continue
		}
		if shape == nil {
			shape = c.left.New(form.Type.Body, c.ends())
		}
		// Open text may look like anything; what is looked for first decides.
		if closedBehind(form.Type.Body.Ops) {
			if f, found := c.left.Opens(shape, other, c.ends()); found == overlap.Found {
				d.find("one_of").find(form.Name).fail("one-of-alike", "begin each form with different text",
					"%q may begin %s, and is taken for %s", c.frame(f), form.Name, t.Body.Fields[i].Name)
				return
			}
		}
		if text, ok := c.completes(shape, lead, other, follow); ok {
			d.find("one_of").find(form.Name).fail("one-of-alike", "begin each form with different text",
				"%q may be all of %s, and is taken for %s where %q follows", text, form.Name, t.Body.Fields[i].Name, other[len(text):])
			return
		}
	}
}

// completes looks for a value of a form to which what follows could add what is
// missing of another's text.
func (c *dispatch) completes(form *overlap.Shape, lead, other string, follow byteset.Set) (text string, ok bool) {
	for n := len(lead); n < len(other); n++ {
		if !follow.Has(other[n]) {
			continue
		}
		value := c.left.New(&model.Template{Ops: []*model.Op{{Kind: model.OpLit, Lit: other[:n]}}}, c.ends())
		if _, found := c.left.Shared(form, value, 0); found == overlap.Found {
			return other[:n], true
		}
	}
	return "", false
}

// closedBehind reports whether what follows the leading text of ops is a number
// or the like.
func closedBehind(ops []*model.Op) bool {
	for _, op := range ops {
		if op.Kind != model.OpLit {
			return op.Kind != model.OpField || beginsClosed(op.Field.Type)
		}
	}
	return true
}
