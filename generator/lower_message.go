package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// messages are the structs of what the server sends.
func (l *lowering) messages() []emit.Decl {
	var list []emit.Decl
	for _, m := range l.p.Messages {
		name := l.names.messages[m]
		doc := append(emit.Doc{emit.Text(name + " is the message"), wireForm(&m.Template)}, remarks(m.Named)...)
		list = append(list, &emit.Message{
			Struct: l.structOf(name, doc, m.Template.Fields),
			Ops:    l.ops(&m.Template, false),
			Frame:  m.Template.Frame,
			Fields: l.aliased(m.Template.Fields),
			Clone:  isEvent(m),
			Prompt: m.Template.Prompt,
			Alias:  anyField(m.Template.Fields, framed),
		})
	}
	return list
}

func isEvent(m *model.Message) bool {
	return m.Unasked() || m.Event == "poll"
}

// request is the struct of what is sent, with the keys of what is echoed.
func (l *lowering) request(c *model.Command) []emit.Decl {
	name := l.requestName(c)
	by := "[Client." + l.names.commands[c] + "]"
	if c.Private {
		by = l.senders(c)
	}
	doc := emit.Doc{emit.Text(name + " is what " + by + " sends, and what a fake of the server reads:"), wireForm(&c.Template)}
	list := []emit.Decl{&emit.Message{
		Struct: l.structOf(name, doc, c.Template.Fields),
		Ops:    l.ops(&c.Template, false),
		Frame:  c.Template.Frame,
		Fields: l.aliased(c.Template.Fields),
		Alias:  anyField(c.Template.Fields, framed),
	}}
	if len(c.Echo) > 0 && !c.Private {
		list = append(list, &emit.KeyMethod{
			Name: "appendEcho", Type: name, Fields: l.keyFields(c.Echo),
			Doc: emit.Doc{emit.Text("appendEcho appends the key of what the reply repeats.")},
		})
	}
	if key := lastingKey(c); key != nil && (!c.Private || c.Undoes != nil) {
		list = append(list, &emit.KeyMethod{
			Name: "appendKey", Type: name, Fields: l.keyFields([]*model.Field{key}),
			Doc: emit.Doc{emit.Text("appendKey appends the key by which the command lasts.")},
		})
	}
	return list
}

func (l *lowering) requestName(c *model.Command) string { return l.names.commands[c] + "Request" }

func (l *lowering) keyFields(fields []*model.Field) []*emit.Field {
	var list []*emit.Field
	for _, f := range fields {
		if !hasKey(f.Type) {
			l.fail(f.Pos, f.Name, "a %s cannot be compared with what a reply repeats", f.Type.Kind)
		}
		list = append(list, l.field(f, nil))
	}
	return list
}

// hasKey reports whether values of t have a key: a scalar, or a list of
// such.
func hasKey(t *model.Type) bool {
	switch t.Kind {
	case model.JSON, model.PairsOf, model.OneOf:
		return false
	case model.Layout:
		f := t.Single()
		return f != nil && !f.Optional && f.Type.Kind != model.List && hasKey(f.Type)
	case model.List:
		return t.Elem.Kind != model.List && hasKey(t.Elem)
	}
	return true
}

// lastingKey is the field of c by which a lasting command is known, or by
// which c undoes one; nil where c is neither.
func lastingKey(c *model.Command) *model.Field {
	switch {
	case c.Lasting != nil:
		return c.Lasting.Key
	case c.Undoes != nil && c.Undoes.Key != nil:
		for _, f := range c.Template.Fields {
			if f.Name == c.Undoes.Key.Name {
				return f
			}
		}
	}
	return nil
}
