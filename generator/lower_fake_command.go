package generator

import (
	"fmt"
	"slices"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// commands are the requests that a fake receives.
func (f *fake) commands(events bool) []emit.Decl {
	list := []emit.Decl{&emit.FakeRequests{Client: f.client, Events: events}}
	for _, c := range f.p.Commands {
		list = append(list, f.command(c))
	}
	return list
}

func (f *fake) command(c *model.Command) emit.Decl {
	out := &emit.FakeCommand{
		Client: f.client, Command: c.Name, Name: f.names.commands[c],
		Docs: f.docs(c), Default: f.byDefault(c),
	}
	for _, m := range f.answersOf(c) {
		name := f.names.messages[m]
		text := fmt.Sprintf("Reply%s answers with [%s].", name, f.ref(name))
		if slices.Contains(c.Each, m) {
			text = fmt.Sprintf("Reply%s sends [%s], one of those that come before the answer.", name, f.ref(name))
		}
		id, empty := f.idEcho(c, m)
		if !empty {
			text += mayPanic(m)
		}
		reply := emit.FakeReply{
			Type: name, Empty: empty, Doc: append(emit.Doc{emit.Text(text)}, remarks(m.Named)...), ID: id,
		}
		out.Replies = append(out.Replies, reply)
	}
	return out
}

// answersOf are the messages that may answer a command, each once.
func (f *fake) answersOf(c *model.Command) []*model.Message {
	var list []*model.Message
	for _, m := range slices.Concat(c.Replies, c.Errors, c.Each) {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}
