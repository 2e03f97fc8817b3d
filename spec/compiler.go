package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// compiler turns the nodes of one template into ops.
type compiler struct {
	w       *lowering
	v       value
	fields  []*model.Field
	byName  map[string]*namedOp
	counted []*pendingCount
	broken  bool // something is missing in the ops; it has been reported
	prompt  bool // {NOEOL} came

	frame  *frameDecl  // that the template is in; nil where there is none
	layout *layoutDecl // set while a frame's layout is compiled by itself
	header *header     // what the message says about the layout
	around bool        // the nodes are the layout's
	flags  []*flagOp
	forms  typeSet // whose lines were looked at
}

// namedOp is a named field, with the optional part that it is in.
type namedOp struct {
	op   *model.Op
	part *template.Opt
}

// pendingCount is a count whose terms are fields that come later.
type pendingCount struct {
	op   *model.Op
	node *template.Count
}

func (c *compiler) at(n template.Node) model.Pos { return c.v.At(n.At().Offset) }

func (c *compiler) fail(n template.Node, rule, hint, format string, args ...any) {
	c.broken = true
	c.v.failAt(c.at(n), rule, hint, format, args...)
}

// nodes compiles the nodes of the template, or of an optional part.
func (c *compiler) nodes(nodes []template.Node, part *template.Opt) []*model.Op {
	var out []*model.Op
	for i, n := range nodes {
		var op *model.Op
		switch n := n.(type) {
		case *template.Lit:
			if !c.binary() {
				c.literal(n, nodes[i+1:])
			}
			op = &model.Op{Kind: model.OpLit, Lit: n.Text}
		case *template.Break:
			op = &model.Op{Kind: model.OpBreak}
		case *template.Empty:
		case *template.NoEOL:
			c.prompts(n, out)
		case *template.Field:
			op = c.field(n, part)
		case *template.Same:
			op = c.same(n, part)
		case *template.Count:
			op = c.count(n)
		case *template.Opt:
			op = c.optional(n, part)
		}
		if op != nil {
			op.Pos = c.at(n)
			out = append(out, op)
		}
	}
	return out
}

// prompts checks what {NOEOL} ends: one line, whose last text tells its end.
func (c *compiler) prompts(n template.Node, ops []*model.Op) {
	c.prompt = true
	switch last := len(ops) - 1; {
	case anyOp(ops, func(op *model.Op) bool { return op.Kind == model.OpBreak }):
		c.fail(n, "prompt-lines", "", "a prompt is one line")
	case last < 0 || ops[last].Kind != model.OpLit:
		c.fail(n, "prompt-end", "end it with text", "nothing tells where the prompt ends")
	}
}

// literal checks that it is in the charset, and that the receiver does not find
// a line's end in it, neither inside nor together with the line break that follows.
func (c *compiler) literal(n *template.Lit, rest []template.Node) {
	c.literalInCharset(n)
	if (c.around || c.layout != nil) && c.cutWhole() && c.frame.value.Get("line") != nil {
		return // lines are what messages have; that the frame ends in it is looked for there
	}
	text := n.Text
	if len(rest) == 0 {
		text += c.w.sendEnd()
	} else if _, ok := rest[0].(*template.Break); ok {
		text += c.w.sendEnd()
	}
	for _, end := range c.w.ends() {
		if i := strings.Index(text, end); i >= 0 && i < len(n.Text) {
			c.fail(n, "tmpl-contains-end", "a line break in a template is the line's end",
				"%q contains %q, which ends the line", n.Text, text[i:i+len(end)])
			return
		}
	}
}

func (c *compiler) field(n *template.Field, part *template.Opt) *model.Op {
	name := n.Name.Text
	t, secret, ok := typeRef{w: c.w, v: c.v}.resolve(n.Type)
	if !ok {
		c.broken = true
		t = &model.Type{Kind: model.Text} // so that the name is known
	}
	f := &model.Field{
		Named: model.Named{Name: name, Pos: c.v.At(n.Name.Offset)},
		Type:  t, Secret: secret, Optional: part != nil, Unit: t.Unit,
	}
	op := &model.Op{Kind: model.OpField, Field: f}
	if name == "_" {
		return op
	}
	if special := c.special(op, n, ok); special != nil {
		return special
	}
	if c.byName[name] != nil {
		c.fail(n, "duplicate-name", "write {"+name+"} for the same value again", "field %s is named twice", quoteName(name))
		return op
	}
	c.byName[name] = &namedOp{op: op, part: part}
	c.fields = append(c.fields, f)
	return op
}

// same compiles {name}.
func (c *compiler) same(n *template.Same, part *template.Opt) *model.Op {
	b := c.byName[n.Name.Text]
	if b == nil {
		c.fail(n, "unknown-name", c.w.guess(n.Name.Text, c.names()),
			"{%s} repeats a field, but none of that name comes before it", n.Name.Text)
		return nil
	}
	switch t := b.op.Field.Type; {
	case b.part != nil && b.part != part:
		c.fail(n, "count-unresolved", "", "{%s} repeats a field that may be absent", n.Name.Text)
	case isBits(t):
		c.fail(n, "bad-type", "", "{%s} repeats a part of a byte", n.Name.Text)
	case t.Kind == model.Layout || t.Kind == model.PairsOf || t.Kind == model.OneOf || t.Kind == model.List || t.Kind == model.JSON || t.Kind == model.JSONRaw || t.Kind == model.Bytes:
		c.fail(n, "bad-type", "", "{%s} repeats a field of a type that has no single form", n.Name.Text)
	}
	return &model.Op{Kind: model.OpSame, Field: b.op.Field}
}

func (c *compiler) names() []string {
	var out []string
	for _, f := range c.fields {
		out = append(out, f.Name)
	}
	return out
}

func (c *compiler) optional(n *template.Opt, part *template.Opt) *model.Op {
	before := len(c.fields)
	op := &model.Op{Kind: model.OpOptional, Body: c.nodes(n.Body, n)}
	if n.Flag.Text != "" {
		c.flag(n, op, part)
	}
	c.ownLines(n, op)
	switch {
	case len(c.fields) > before || len(n.Body) == 0 || c.broken:
	case len(op.Body) == 1 && op.Body[0].Kind == model.OpLit && !c.binary() && op.Flag == nil:
		op.Decide = model.DecideText
	default:
		c.fail(n, "optional-undecidable", "give it a field, or make two messages", "an optional part without a field says nothing")
	}
	if len(op.Body) == 0 {
		c.broken = true
		return nil
	}
	return op
}
