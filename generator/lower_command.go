package generator

import (
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// commands are the methods that send commands, each with its request.
func (l *lowering) commands() []emit.Decl {
	var list []emit.Decl
	for _, c := range l.p.Commands {
		list = append(list, l.request(c)...)
		list = append(list, l.late(c)...)
		switch {
		case c.Private:
		case len(c.Delivers) > 0:
			list = append(list, l.subscription(c)...)
		default:
			if v := variants(c); len(v) > 1 {
				list = append(list, l.union(c, v))
			}
			list = append(list, l.items(c)...)
			list = append(list, l.method(c))
		}
	}
	return append(list, l.sequences()...)
}

func (l *lowering) method(c *model.Command) emit.Decl {
	return &emit.Method{
		Name: l.names.commands[c], Doc: l.methodDoc(c),
		Command: "command" + l.names.commands[c],
		Request: l.parameters(c, "c.rt.Count()"),
		ID:      c.ID != nil, Late: len(l.late(c)) > 0, Echo: len(c.Echo) > 0, Lasting: lastingKey(c) != nil,
		Result: l.result(c),
	}
}

// parameters are a request's fields, and the parameters that they come from.
func (l *lowering) parameters(c *model.Command, count string) emit.Request {
	r := emit.Request{Type: l.requestName(c)}
	for _, f := range c.Template.Fields {
		field := emit.RequestField{Name: l.names.fields[f]}
		if linked(f.Set) {
			field.Late = true
		} else if f.Set != nil {
			field.Value = l.automatic(c, f, count)
		} else {
			field.Param = emit.Param{Name: l.names.params[f], Type: l.fieldType(f)}
		}
		r.Fields = append(r.Fields, field)
	}
	return r
}

// automatic is the value that a field of a caller's command gets by itself.
func (l *lowering) automatic(c *model.Command, f *model.Field, count string) *emit.Expr {
	u := &use{l: l, count: count, id: "callID", where: "commands." + c.Name + ".set." + f.Name, pos: f.Pos}
	value, _ := u.as(f.Set, f.Type)
	if f.Optional {
		return emit.Some(value)
	}
	return value
}

// result is what the method returns, and how it tells the replies apart.
func (l *lowering) result(c *model.Command) emit.Result {
	r := emit.Result{Errors: len(c.Errors) > 0}
	none := false
	for _, m := range c.Replies {
		none = none || m.None
		r.Cases = append(r.Cases, emit.ResultCase{
			Const: "message" + l.names.messages[m], Type: l.names.messages[m],
			None: m.None, Empty: len(m.Template.Fields) == 0,
			Own:   anyField(m.Template.Fields, framed),
			Maybe: m.Error != nil,
		})
	}
	r.Items = l.itemsOf(c)
	values := variants(c)
	switch {
	case len(values) > 1 && none:
		r.Kind, r.Type = emit.ResultUnionMaybe, l.names.commands[c]+"Reply"
	case len(values) > 1:
		r.Kind, r.Type = emit.ResultUnion, l.names.commands[c]+"Reply"
	case none && (len(values) == 0 || bare(c, values[0])):
		r.Kind = emit.ResultBool
	case none:
		r.Kind, r.Type = emit.ResultMaybe, l.names.messages[values[0]]
	case len(values) == 1 && !bare(c, values[0]):
		r.Kind, r.Type = emit.ResultValue, l.names.messages[values[0]]
	}
	return r
}

// itemsOf is how what comes before the reply is read; nil where nothing does.
func (l *lowering) itemsOf(c *model.Command) *emit.Items {
	if len(c.Each) == 0 {
		return nil
	}
	i := &emit.Items{Name: "itemsOf" + l.names.commands[c], Type: l.names.commands[c] + "Item"}
	for _, m := range c.Each {
		i.Cases = append(i.Cases, emit.ItemCase{Const: "message" + l.names.messages[m], Type: l.names.messages[m]})
	}
	if len(c.Each) == 1 {
		i.Type = i.Cases[0].Type
	}
	return i
}

// items are the function that reads them, and the interface of several types.
func (l *lowering) items(c *model.Command) []emit.Decl {
	i := l.itemsOf(c)
	switch {
	case i == nil:
		return nil
	case len(i.Cases) == 1:
		return []emit.Decl{i}
	}
	u := &emit.Union{Name: i.Type}
	for _, item := range i.Cases {
		u.Types = append(u.Types, item.Type)
	}
	u.Doc = emit.Doc{emit.Text(i.Type + " is what comes before the reply to " + l.names.commands[c] + ": *" + strings.Join(u.Types, ", *") + ".")}
	return []emit.Decl{u, i}
}

func (l *lowering) union(c *model.Command, values []*model.Message) emit.Decl {
	name := l.names.commands[c] + "Reply"
	u := &emit.Union{Name: name}
	for _, m := range values {
		u.Types = append(u.Types, l.names.messages[m])
	}
	u.Doc = emit.Doc{emit.Text(name + " is how the server answers " + l.names.commands[c] + ": *" + strings.Join(u.Types, ", *") + ".")}
	return u
}

// subscription is the method of a command that delivers events, and its type.
func (l *lowering) subscription(c *model.Command) []emit.Decl {
	name := l.names.commands[c]
	s := &emit.Subscribe{
		Method: emit.Method{
			Name: name, Doc: l.methodDoc(c), Command: "command" + name,
			Request: l.parameters(c, "c.rt.Count()"), ID: c.ID != nil, Late: len(l.late(c)) > 0, Echo: len(c.Echo) > 0, Lasting: true,
			Result: emit.Result{Kind: emit.ResultSubscription, Type: name + "Subscription", Errors: len(c.Errors) > 0},
		},
		Type: name + "Subscription", Event: name + "Event",
	}
	for _, m := range c.Replies {
		s.Method.Result.Cases = append(s.Method.Result.Cases, emit.ResultCase{Const: "message" + l.names.messages[m]})
	}
	for _, d := range c.Delivers {
		m := l.eventMessage(d.Message)
		s.Messages = append(s.Messages, m)
		s.Keys = append(s.Keys, "key"+name+m.Type)
	}
	l.undo(c, s)
	list := []emit.Decl{s}
	for i, d := range c.Delivers {
		list = append(list, &emit.Key{
			Name: s.Keys[i], Excerpt: l.excerpt(s.Messages[i].Type, &d.Message.Template, d.Field), Fields: l.keyFields([]*model.Field{d.Field}),
		})
	}
	return list
}

// undo is how Close ends the subscription at the server.
func (l *lowering) undo(c *model.Command, s *emit.Subscribe) {
	if c.Lasting == nil || c.Lasting.Key == nil {
		l.fail(c.Pos, "commands."+c.Name, "delivers needs lasting with a key")
		return
	}
	s.Key = l.names.fields[c.Lasting.Key]
	s.Method.Result.Key = s.Key
	s.KeyType = l.fieldType(c.Lasting.Key)
	by := c.Lasting.UndoneBy
	if by == nil {
		return
	}
	key, request := lastingKey(by), emit.Request{Type: l.requestName(by)}
	for _, f := range by.Template.Fields {
		field := emit.RequestField{Name: l.names.fields[f]}
		switch {
		case linked(f.Set):
			field.Late = true
		case f == key:
			field.Param = emit.Param{Name: "s.key"}
		case f.Set != nil:
			field.Value = l.automatic(by, f, "s.client.rt.Count()")
		case f.HasDefault:
			field.Value = l.byDefault(f)
		case f.Optional:
			continue
		default:
			l.fail(by.Pos, "commands."+by.Name, "it ends what %s began, but needs %s, which nobody knows then", c.Name, f.Name)
		}
		request.Fields = append(request.Fields, field)
	}
	if key == nil {
		l.fail(by.Pos, "commands."+by.Name, "it has no field %s, the key of what it ends", c.Lasting.Key.Name)
		return
	}
	s.Undo = &emit.Undo{
		Command: "command" + l.names.commands[by], Request: request,
		ID: by.ID != nil, Late: len(l.late(by)) > 0, Echo: len(by.Echo) > 0, Result: l.result(by),
	}
	s.Undo.Result.Kind = emit.ResultNone
}
