package emit

import "github.com/dave/jennifer/jen"

// FakeEvents are the methods by which a fake sends what nobody asked for: on
// all connections, on one, or on that of a request.
type FakeEvents struct {
	Client Package
	Events []FakeEvent
}

// FakeEvent is one of the messages.
//
//	func (e events) EmitAlarm(m acme.Alarm) { device.Emit(e.on, &m) }
type FakeEvent struct {
	Type  string
	Empty bool
	Doc   Doc
}

const fakeEvents = `
// events are what a scope can send unasked.
type events struct{ on *device.Scope }
`

func (f *FakeEvents) code() []jen.Code {
	list := f.Client.sources(fakeEvents)
	for _, e := range f.Events {
		recv := jen.Id("e").Id("events")
		list = append(list, sender(f.Client, e.Doc, recv, "Emit", e.Type, e.Empty, jen.Id("e").Dot("on"), nil))
	}
	return list
}

// sender is a method that sends a message by a function of package device; one
// without fields need not be given. first is what is done before.
func sender(client Package, d Doc, recv *jen.Statement, verb, message string, empty bool, to, first *jen.Statement) jen.Code {
	f := d.code().Func().Params(recv).Id(verb + message)
	send := jen.Qual(devicePath, verb)
	if empty && first == nil {
		return f.Params().Block(send.Call(to, jen.Op("&").Add(client.qual(message)).Values()))
	}
	body := []jen.Code{send.Call(to, jen.Op("&").Id("m"))}
	if first != nil {
		body = append([]jen.Code{first}, body...)
	}
	if empty {
		return f.Params().Block(body...)
	}
	return f.Params(jen.Id("m").Add(client.qual(message))).Block(body...)
}
