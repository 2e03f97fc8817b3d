package generator

import (
	"fmt"
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// docs are the comments of a command's request and of its methods of the Device.
func (f *fake) docs(c *model.Command) emit.FakeDocs {
	name := f.names.commands[c]
	request := name + "Request"
	handle := fmt.Sprintf("Handle%s runs h for each command %s that comes", name, c.Name)
	if f.byDefault(c) != nil {
		handle += fmt.Sprintf(", instead of [%s.Default].", request)
	} else {
		handle += ", which is recorded as unhandled without one: no answer can be made from the spec."
	}
	return emit.FakeDocs{
		Request: append(emit.Doc{
			emit.Text(request + " is a command " + c.Name + " that came:"), wireForm(&c.Template),
			emit.Text("It has the fields of [" + f.ref(request) + "], and the methods of [device.Request]."),
		}, remarks(c.Named)...),
		Handle:   emit.Doc{emit.Text(handle)},
		Received: emit.Doc{emit.Text(fmt.Sprintf("Received%s are the commands %s that came so far, oldest first.", name, c.Name))},
	}
}

// packageDoc is the comment of the fake's package.
func (f *fake) packageDoc(events bool) emit.Doc {
	pkg, client := f.pkg(), f.client.Name
	title := f.p.Title
	if title == "" {
		title = f.p.Name
	}
	dial := "c, err := d.Dial(ctx)"
	if len(f.p.Params) > 0 {
		dial = "c, err := d.Dial(ctx, " + client + ".Params{…})"
	}
	return append(
		emit.Doc{
			emit.Text(fmt.Sprintf("Package %s is a fake of: %s. It is for tests of code that uses package %s.", pkg, title, f.names.pkg)),
			emit.Code("d := " + pkg + ".New()\ndefer d.Close()\n" + dial + "\n…\nd.BlackHole()"),
			emit.Text("It lets clients become READY, and answers commands with the spec's examples." + f.unhandled() + " From there on:"),
		},
		f.guide(events)...,
	)
}

// guide says where to find what a fake can be told and asked.
func (f *fake) guide(events bool) emit.Doc {
	var doc emit.Doc
	if c := f.typical(); c != nil {
		name := f.names.commands[c]
		doc = append(doc, emit.Item(fmt.Sprintf("Handlers, as in [Device.Handle%s], answer one command; a request has a Reply method for each message that may answer it, as in [%sRequest.Reply%s]. Default answers as without a handler.",
			name, name, f.names.messages[f.answersOf(c)[0]])))
	}
	if events {
		doc = append(doc, emit.Item("Events are sent by the Emit methods: of the [Device] on all connections, of [Device.Conn] and [Device.Next] on one, of a request on its own."))
	}
	return append(
		doc,
		emit.Item("Faults are method calls: see [device.Scope]."),
		emit.Item("What came is in [device.Device.History], and as requests in the Received methods."),
		emit.Item("Clients reach it in memory, by [Device.Dial], also under testing/synctest, or over TCP, by [device.Device.Listen]."),
	)
}

// unhandled names the commands that a fake cannot answer by itself.
func (f *fake) unhandled() string {
	var list []string
	for _, c := range f.p.Commands {
		if f.byDefault(c) == nil {
			list = append(list, c.Name)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " It has no answer to: " + strings.Join(list, ", ") + "."
}

// typical is a command to show: one that callers send, if there is one.
func (f *fake) typical() *model.Command {
	var found *model.Command
	for _, c := range f.p.Commands {
		switch {
		case len(f.answersOf(c)) == 0:
		case !c.Private:
			return c
		case found == nil:
			found = c
		}
	}
	return found
}
