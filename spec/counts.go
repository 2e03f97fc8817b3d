package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// count compiles {#a+b+2}; its terms are bound by counts, when the fields that
// follow are known.
func (c *compiler) count(n *template.Count) *model.Op {
	t := &model.Type{Kind: model.Uint, Bits: 64}
	if n.Type == nil && c.binary() {
		c.fail(n, "type-family", "write {#field:u16}", "a count in a binary frame needs a type")
		return nil
	}
	if n.Type != nil {
		var ok bool
		if t, _, ok = (typeRef{w: c.w, v: c.v}).resolve(n.Type); !ok {
			c.broken = true
			return nil
		}
		if !counting(t) {
			c.fail(n, "bad-type", "use uint, digits(n) or hex(n)", "a count of type %s", n.Type)
		}
	}
	op := &model.Op{Kind: model.OpCount, Field: &model.Field{Type: t, Derived: true}}
	if (c.around || c.layout != nil) && countsPayload(n) {
		return c.frameSize(op, n)
	}
	c.counted = append(c.counted, &pendingCount{op, n})
	return op
}

// counting reports whether a count may be of type t: a number as it is. What
// limits it are the field's own limits.
func counting(t *model.Type) bool {
	return t.Scale == "" && t.Range == nil && (t.Kind == model.Uint || t.Kind == model.Digits || t.Kind == model.Hex)
}

// countsPayload reports whether a count is that of what a message says.
func countsPayload(n *template.Count) bool {
	return slices.ContainsFunc(n.Terms, func(t template.Term) bool { return t.Name.Text == payload })
}

// frameSize is the count by which the frame's end is found.
func (c *compiler) frameSize(op *model.Op, n *template.Count) *model.Op {
	op.Kind = model.OpSize
	op.Field.Name = payload
	l := c.layout
	if l == nil {
		return op
	}
	switch {
	case l.size != nil:
		c.fail(n, "count-unresolved", "", "the payload is counted twice")
		return nil
	case op.Field.Type.Binary == model.BitField:
		c.fail(n, "bad-type", "", "the count of a frame is of whole bytes")
		return nil
	}
	l.size, l.sized = op, n
	return op
}

// counts binds each count of ops to the one field that it leaves unknown.
func (c *compiler) counts(ops []*model.Op) {
	for i, op := range ops {
		switch op.Kind {
		case model.OpOptional:
			c.counts(op.Body)
		case model.OpField:
			c.tells(op, ops[i+1:])
		case model.OpCount:
			for _, p := range c.counted {
				if p.op == op {
					c.bind(p, ops[i+1:])
				}
			}
		}
	}
}

// bind resolves the terms of a count; rest is what follows it in its part.
func (c *compiler) bind(p *pendingCount, rest []*model.Op) {
	b := binding{c: c, p: p}
	for _, term := range p.node.Terms {
		out := model.Term{N: term.N, Minus: term.Minus}
		if term.Name.Text != "" {
			op := c.term(p, term, rest)
			if op == nil {
				return
			}
			if out.Field = op.Field; term.Bytes {
				out.Bytes, out.Item = true, max(model.TypeBits(op.Field.Type.Elem), 0)/8
			}
			if !b.add(op, out) {
				return
			}
		}
		p.op.Terms = append(p.op.Terms, out)
	}
	b.tell()
}

// term finds the field of a term; nil after a complaint.
func (c *compiler) term(p *pendingCount, term template.Term, rest []*model.Op) *model.Op {
	name := term.Name.Text
	var found *model.Op
	for _, op := range rest {
		if op.Kind == model.OpField && op.Field.Name == name {
			found = op
		}
	}
	at := node{term.Span}
	switch {
	case found == nil && c.byName[name] == nil:
		c.fail(at, "unknown-name", c.w.guess(name, c.names()), "there is no field %s to count", quoteName(name))
		return nil
	case found == nil:
		c.fail(at, "count-unresolved", "", "a count must come before its field, and in the same part: %s does not follow", name)
		return nil
	case term.Minus:
		c.fail(at, "count-unresolved", "", "only numbers can be subtracted from a count")
		return nil
	case term.Bytes && (found.Field.Type.Kind != model.List || !c.binary()):
		c.fail(at, "count-unresolved", "leave .bytes out", "%s is no list of a binary frame: text and bytes are counted in bytes anyhow, lists of text in items", name)
		return nil
	case term.Bytes && model.TypeBits(found.Field.Type.Elem) < 0 && isBits(p.op.Field.Type):
		c.fail(at, "bad-type", "count them in whole bytes, as in {#"+name+".bytes:u8}", "%s has items that differ in size: part of a byte cannot count its bytes", name)
		return nil
	}
	if !countable(found.Field.Type) {
		c.fail(at, "count-unresolved", "", notCountable, name)
		return nil
	}
	return found
}

const notCountable = "%s cannot be counted: only bytes, text and lists can"

func countable(t *model.Type) bool {
	return (t.Kind == model.Bytes || t.Kind == model.Text) && t.Width == 0 || t.Kind == model.List
}

// node makes a place of a span.
type node struct{ template.Span }
