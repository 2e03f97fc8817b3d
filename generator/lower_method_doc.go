package generator

import (
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// methodDoc is the comment of a command's method: what goes over the wire,
// what the spec says of it, of its parameters, and what it promises.
func (l *lowering) methodDoc(c *model.Command) emit.Doc {
	name := l.names.commands[c]
	d := emit.Doc{emit.Text(name + " sends"), wireForm(&c.Template)}
	if text := l.answers(c); text != "" {
		d = append(d, emit.Text(text))
	}
	return append(d, l.about(c)...)
}

// about is what the spec says of a command and its parameters, and what it promises.
func (l *lowering) about(c *model.Command) (d emit.Doc) {
	n := c.Named
	deprecated := n.Deprecated
	n.Deprecated = ""
	d = append(d, remarks(n)...)
	for _, f := range c.Template.Fields {
		if f.Set != nil {
			continue
		}
		if text := meaning(f); text != "" {
			d = append(d, emit.Item(l.names.params[f]+": "+text))
		}
	}
	if c.Idempotent {
		d = append(d, emit.Text("It is sent once more where its connection dies before the reply."))
	}
	if text := l.lasts(c); text != "" {
		d = append(d, emit.Text(text))
	}
	if deprecated != "" {
		d = append(d, emit.Deprecated(deprecated))
	}
	return d
}

// lasts says that a reconnect does not end what was called. A subscription says so
// itself.
func (l *lowering) lasts(c *model.Command) string {
	switch {
	case c.Lasting == nil || len(c.Delivers) > 0:
		return ""
	case c.Lasting.Key == nil:
		return "After a reconnect it is sent again as it was called last."
	case c.Lasting.UndoneBy == nil:
		return "After a reconnect it is sent again as it was called last, for each " + l.names.params[c.Lasting.Key] + "."
	}
	by := l.names.commands[c.Lasting.UndoneBy]
	if !c.Lasting.UndoneBy.Private {
		by = "[Client." + by + "]"
	}
	return "It is sent again after each reconnect, until " + by + " with the same " + l.names.params[c.Lasting.Key] + "."
}

// answers says what may come back.
func (l *lowering) answers(c *model.Command) string {
	if len(c.Replies) == 0 && len(c.Each) > 0 {
		return l.untilClosed(c)
	}
	if len(c.Replies) == 0 && len(c.Errors) == 0 {
		return "and returns when it is queued: the server does not answer. Flush waits until it is written."
	}
	var replies, errors []string
	none := ""
	for _, m := range c.Replies {
		if m.None {
			none = " It returns false where the server answers that there is none."
			continue
		}
		replies = append(replies, "["+l.names.messages[m]+"]")
		if m.Error != nil {
			errors = append(errors, "*["+l.names.messages[m]+"]")
		}
	}
	for _, m := range c.Errors {
		errors = append(errors, "*["+l.names.messages[m]+"]")
	}
	text := "and waits for the reply."
	if len(replies) > 0 {
		text = "and waits for " + strings.Join(replies, " or ") + "."
	}
	text += l.before(c)
	if len(errors) > 0 {
		text += " The server's errors are " + strings.Join(errors, " and ") + "."
	}
	return text + none
}

// untilClosed says what comes until the server closes the connection.
func (l *lowering) untilClosed(c *model.Command) string {
	items, errors := l.links(c.Each, "["), l.links(c.Errors, "*[")
	text := "and waits until the server closes the connection: it returns all " + strings.Join(items, " and ") + " that came before."
	if len(errors) > 0 {
		text += " The server's errors are " + strings.Join(errors, " and ") + "."
	}
	return text
}

// links are the names of messages, as links to them.
func (l *lowering) links(messages []*model.Message, before string) (list []string) {
	for _, m := range messages {
		list = append(list, before+l.names.messages[m]+"]")
	}
	return list
}

// before says what comes before the reply.
func (l *lowering) before(c *model.Command) string {
	if len(c.Each) == 0 {
		return ""
	}
	return " Any number of " + strings.Join(l.links(c.Each, "["), " and ") + " may come before; those before an error are returned with it."
}
