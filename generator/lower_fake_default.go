package generator

import (
	"slices"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/answer"
	"github.com/linewright/linewright/spec/model"
)

// byDefault is how a fake answers a command by itself: with its first reply,
// as in the spec's first example, but for what is echoed. Nil: it cannot.
func (f *fake) byDefault(c *model.Command) *emit.FakeDefault {
	d := &emit.FakeDefault{Then: f.messagesAfter(c)}
	if poll := f.p.Session.Standby; poll != nil && c == poll.Send.Do {
		d.Doc = emit.Doc{emit.Text("Default does nothing: something must happen, or the long poll be interrupted.")}
		return d
	} else if poll != nil && c == poll.Interrupt.Do {
		ended, ok := f.example(poll.Ended())
		if !ok {
			return nil
		}
		d.Then = append(d.Then, ended)
		d.Doc = emit.Doc{emit.Text("Default ends the long poll with [" + f.ref(ended.Type) + "].")}
		return d
	}
	if len(c.Replies) == 0 {
		d.Doc = emit.Doc{emit.Text("Default does nothing: the command has no answer.")}
		return d
	}
	reply, ok := f.example(c.Replies[0])
	if !ok {
		return nil
	}
	_, reply.Empty = f.idEcho(c, c.Replies[0])
	d.Reply = &reply
	text := "Default answers as without a handler: with [" + f.ref(reply.Type) + "]"
	if !reply.Empty {
		text += ", the spec's example"
	}
	for _, e := range c.Echo {
		echo, ok := f.echo(e, c.Replies[0])
		if !ok {
			return nil
		}
		if echo.Reply != "" {
			d.Echo = append(d.Echo, echo)
			text += map[bool]string{true: ", with the request's ", false: " and "}[len(d.Echo) == 1] + echo.Request
		}
	}
	d.Doc = emit.Doc{emit.Text(text + ".")}
	return d
}

// idEcho is echo for the id by which a reply finds its command; nil: it has none,
// or one that cannot be converted. empty: the reply tells nothing else.
func (f *fake) idEcho(c *model.Command, m *model.Message) (id *emit.FakeEcho, empty bool) {
	if c.ID == nil || m.ID == nil {
		return nil, bare(c, m)
	}
	to, some := f.fieldType(m.ID), m.ID.Optional && !c.ID.Optional
	if some {
		to = f.goType(m.ID.Type)
	}
	e, ok := f.repeats(c.ID, m.ID, to)
	if !ok {
		return nil, false
	}
	e.Some = some
	return &e, bare(c, m)
}

// echo gives the field of a reply that repeats a request's; an empty one, where
// the reply does not. It is false where the Go types cannot be converted.
func (f *fake) echo(from *model.Field, m *model.Message) (emit.FakeEcho, bool) {
	i := slices.IndexFunc(m.Template.Fields, func(to *model.Field) bool { return to.Name == from.Name })
	if i < 0 {
		return emit.FakeEcho{}, true
	}
	to := m.Template.Fields[i]
	return f.repeats(from, to, f.fieldType(to))
}

// repeats is echo where the reply's field is known, and what it is in Go.
func (f *fake) repeats(from, to *model.Field, b emit.Type) (emit.FakeEcho, bool) {
	e := emit.FakeEcho{Reply: f.names.fields[to], Request: f.names.fields[from]}
	a := f.fieldType(from)
	if a.Equal(b) {
		return e, true
	}
	if from.Optional || f.family(from.Type) != f.family(to.Type) || f.family(to.Type) == "" {
		return e, false
	}
	e.As = &b
	return e, true
}

// family is what Go types t's values can be converted to; empty: to none.
func (f *fake) family(t *model.Type) string {
	for {
		if t.Scale != "" {
			return ""
		}
		if inner := t.Single(); inner != nil {
			t = inner.Type
			continue
		}
		switch t.Kind {
		case model.Padded:
			t = t.Elem
			continue
		case model.Enum:
			t = enumBase(t)
			continue
		case model.Text, model.Word, model.Quoted, model.Dotted:
			return "text"
		case model.Int, model.Uint, model.Digits, model.Hex:
			return "integer"
		}
		return ""
	}
}

// example is a message as the spec's example has it. It is false where there is
// none.
func (f *fake) example(m *model.Message) (emit.FakeMessage, bool) {
	out := emit.FakeMessage{Type: f.names.messages[m], Empty: len(m.Template.Fields) == 0}
	if out.Empty {
		return out, true
	}
	e := answer.Example(m)
	if e == nil {
		return out, false
	}
	out.Example = string(e.Wire)
	return out, true
}

// messagesAfter are the examples of what follows a command, or the greeting.
func (f *fake) messagesAfter(c *model.Command) []emit.FakeMessage {
	var list []emit.FakeMessage
	for _, m := range f.then[c] {
		if example, ok := f.example(m); ok {
			list = append(list, example)
		}
	}
	return list
}
