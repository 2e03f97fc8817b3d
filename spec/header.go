package spec

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// header is what a message or command says about fields of its frame's layout:
// constants by field.
type header struct {
	value
	used map[string]bool
}

// header keeps what a message says for when its fields are known; nil: nothing.
func (w *lowering) header(v value) *header {
	if v.absent() {
		return nil
	}
	return &header{value: v, used: map[string]bool{}}
}

// source is the header as the document has it.
func (h *header) source() string {
	if h == nil || h.Kind != document.Map {
		return ""
	}
	parts := make([]string, len(h.Keys))
	for i, e := range h.Keys {
		parts[i] = e.Key + ": " + e.Value.Value
	}
	return strings.Join(parts, ", ")
}

// constant is what the header says about a field.
func (h *header) constant(name string) (v value, ok bool) {
	if h == nil || h.Get(name) == nil {
		return value{}, false
	}
	h.used[name] = true
	return h.find(name), true
}

// unused complains about constants of fields that the layout does not have.
func (h *header) unused(c *compiler) {
	if h == nil {
		return
	}
	h.entries("a map of the layout's fields to constants", func(e entry) {
		if !h.used[e.name] {
			c.broken = true
			e.failAt(e.keyPos, "unknown-name", c.w.guess(e.name, c.names()), "the frame's layout has no field %s", quoteName(e.name))
		}
	})
}

// binary reports whether the template is one of a binary frame, or the layout
// around a JSON object, which is written as such.
func (c *compiler) binary() bool {
	if c.frame == nil {
		return false
	}
	return c.frame.f.Content == "binary" || c.frame.f.Content == "json" && (c.around || c.layout != nil)
}

func (c *compiler) parse(v value) (*template.Template, []*template.Error) {
	if c.binary() {
		return template.ParseBinary(v.Value)
	}
	return template.Parse(v.Value)
}

// whole compiles a template with the frame's layout around it; that of a layout
// type stands alone.
func (c *compiler) whole(nodes []template.Node, alone bool) []*model.Op {
	var l *layoutDecl
	if c.frame != nil && !alone {
		l = c.frame.parsed
		if c.frame.f.Packet != nil && !c.frame.ok {
			c.broken = true // the layout has findings of its own
			return nil
		}
	}
	if l == nil {
		ops := c.nodes(nodes, nil)
		c.families(ops, c.binary())
		c.header.unused(c)
		c.derive()
		return constants(ops)
	}
	own := c.v
	c.w.ops += 4 * (len(l.headOps) + len(l.tailOps)) // compiled for each message
	ops := c.layoutNodes(l, l.head)
	said := c.nodes(nodes, nil)
	c.families(said, c.binary())
	if !c.binary() && len(l.tail) > 0 {
		said = append(append([]*model.Op{{Kind: model.OpBody}}, said...), &model.Op{Kind: model.OpBodyEnd})
	}
	ops = append(ops, said...)
	if c.v = own; len(l.tail) > 0 {
		ops = append(ops, c.layoutNodes(l, l.tail)...)
	}
	c.header.unused(c)
	c.derive()
	return constants(ops)
}

// layoutNodes compiles nodes of the layout, where they are.
func (c *compiler) layoutNodes(l *layoutDecl, nodes []template.Node) []*model.Op {
	own := c.v
	c.v, c.around = l.d.layout, true
	ops := c.nodes(nodes, nil)
	c.v, c.around = own, false
	return ops
}

// special is what a field of a layout is that is none: the checksum, or a
// constant of the header. Nil: it is a field.
func (c *compiler) special(op *model.Op, n *template.Field, ok bool) *model.Op {
	if !c.around && c.layout == nil || !ok {
		return nil
	}
	if sum := c.frame.checksum; !sum.absent() && sum.Get("field") != nil && sum.Get("field").Value.Value == n.Name.Text {
		op.Kind = model.OpSum
		op.Field.Derived = true
		return op
	}
	v, isConst := c.header.constant(n.Name.Text)
	if !isConst {
		return nil
	}
	return c.constant(op, v)
}

// constant makes a field that the header fixes literal: bits of a byte, or whole
// bytes.
func (c *compiler) constant(op *model.Op, v value) *model.Op {
	t := scalarOf(op.Field.Type)
	if t == nil || t.Kind == model.Bytes || t.Scale != "" {
		v.fail("bad-type", "", "%s holds no value that can be written here", op.Field.Name)
		c.broken = true
		return op
	}
	if !v.constant("a constant", t) {
		c.broken = true
		return op
	}
	form, err := c.w.wireForm(t, v.Value)
	if err != nil {
		v.fail("bad-value", c.w.constantHint(err, v.Value), "%s: %v", v.describe(), err)
		c.broken = true
		return op
	}
	base := t
	if t.Kind == model.Enum {
		base = t.Elem
	}
	if base.Binary == model.BitField {
		n, _ := strconv.ParseInt(form, 10, 64)
		return &model.Op{Kind: model.OpConst, Value: uint64(n) & (1<<base.Bits - 1), Field: &model.Field{Type: base, Derived: true, Named: op.Field.Named}}
	}
	return &model.Op{Kind: model.OpLit, Lit: encoded(base, form)}
}

// encoded is a number's binary form, or text as it is.
func encoded(t *model.Type, form string) string {
	if t.Binary == "" || t.Kind == model.Float {
		return form
	}
	v, err := strconv.ParseUint(form, 10, 64)
	if err != nil {
		n, _ := strconv.ParseInt(form, 10, 64)
		v = uint64(n) & (1<<t.Bits - 1)
	}
	w := wire.NewWriter(nil, &wire.Framing{Max: 100})
	switch t.Binary {
	case model.Varint:
		w.Varint("", v, 64)
	case model.LittleEndian:
		w.Little("", v, t.Bits/8)
	default:
		w.Big("", v, t.Bits/8)
	}
	b, _ := w.Done()
	return string(b)
}
