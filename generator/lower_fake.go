package generator

import (
	"fmt"
	"go/types"
	"slices"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/answer"
	"github.com/linewright/linewright/spec/model"
)

// fake is the lowering of the fake device, a package of its own that imports
// the client's.
type fake struct {
	*lowering
	client emit.Package
	// then are the messages that the server sends unasked in the middle of the
	// session's script, by the command before them; nil: the greeting.
	then map[*model.Command][]*model.Message
}

// fakeNames are what the fake's files call imports, variables and what else
// would be hidden by, or hide, a package of that name.
var fakeNames = []string{
	"context", "device", "d", "e", "events", "h", "m", "opts", "own", "params", "plain", "r", "raw", "received", "request", "s", "scoped",
}

func (l *lowering) fake(importPath string) *fake {
	f := &fake{lowering: l, client: emit.Package{Path: importPath, Name: l.names.pkg}, then: answer.Unasked(l.p)}
	if slices.Contains(fakeNames, l.names.pkg) || types.Universe.Lookup(l.names.pkg) != nil {
		f.client.Name = "client"
	}
	return f
}

// fakeSuffix follows the client's name in that of its fake, a folder below it.
const fakeSuffix = "test"

// pkg is the fake's package and folder.
func (f *fake) pkg() string { return f.names.pkg + fakeSuffix }

// parts are the fake's files.
func (f *fake) parts() []part {
	events := f.events()
	list := []part{
		{"commands", nil, f.commands(len(events) > 0)},
		{"device", nil, f.device(len(events) > 0)},
		{"doc", f.packageDoc(len(events) > 0), []emit.Decl{emit.Source(fakeHandshake)}},
	}
	if len(events) > 0 {
		list = append(list, part{"events", nil, []emit.Decl{&emit.FakeEvents{Client: f.client, Events: events}}})
	}
	return list
}

// fakeHandshake fails to compile where the fake and package device do not fit.
const fakeHandshake = `
// This code needs a package device that has this constant; what to do where it
// does not compile says the client's own.
const _ = device.Generated1
`

// device is the type Device and how it begins.
func (f *fake) device(events bool) []emit.Decl {
	d := &emit.Fake{
		Client: f.client, Address: f.names.pkg, Params: len(f.p.Params) > 0,
		TLS: f.p.Endpoint.TLS == model.TLSAlways, Events: events,
	}
	for _, c := range f.p.Commands {
		if f.byDefault(c) != nil {
			d.Handled = append(d.Handled, f.names.commands[c])
		}
	}
	list := []emit.Decl{d}
	then := f.messagesAfter(nil)
	if len(f.p.Session.Greeting) == 0 {
		d.Greeting = then
	}
	for i, m := range f.p.Session.Greeting {
		if first, ok := f.example(m); i == 0 && ok {
			d.Greeting = append([]emit.FakeMessage{first}, then...)
		}
		list = append(list, f.greet(m, then))
	}
	return list
}

// greet is the method that greets with m.
func (f *fake) greet(m *model.Message, then []emit.FakeMessage) emit.Decl {
	name := f.names.messages[m]
	text := fmt.Sprintf("Greet%s greets each new connection with [%s], from the next one on.%s", name, f.ref(name), mayPanic(m))
	return &emit.Greet{
		Client: f.client, Doc: emit.Doc{emit.Text(text)}, Then: then,
		FakeMessage: emit.FakeMessage{Type: name, Empty: len(m.Template.Fields) == 0},
	}
}

// mayPanic warns of what a method that sends m does with what is none.
func mayPanic(m *model.Message) string {
	if len(m.Template.Fields) == 0 {
		return ""
	}
	return " It panics where a value does not fit its field."
}

// ref is a name of the client's package in a comment.
func (f *fake) ref(name string) string { return f.client.Name + "." + name }

// events are what a fake can send unasked.
func (f *fake) events() []emit.FakeEvent {
	var list []emit.FakeEvent
	for _, m := range f.p.Messages {
		if !f.unasked(m) {
			continue
		}
		name := f.names.messages[m]
		doc := append(emit.Doc{emit.Text(fmt.Sprintf("Emit%s sends [%s].%s", name, f.ref(name), mayPanic(m)))}, remarks(m.Named)...)
		list = append(list, emit.FakeEvent{Type: name, Empty: len(m.Template.Fields) == 0, Doc: doc})
	}
	return list
}

// unasked reports whether the server may send m when nobody waits for it.
func (f *fake) unasked(m *model.Message) bool {
	if isEvent(m) || m.Noise || m.Answered {
		return true
	}
	for _, list := range f.then {
		if slices.Contains(list, m) {
			return true
		}
	}
	return false
}
