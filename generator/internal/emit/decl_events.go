package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"
)

// Events are the interface Event, the Subscription, and the methods of Client
// that give them.
type Events struct {
	Vendor   string
	Messages []EventMessage
	Unknown  bool // frames that are no message are events too
}

// EventMessage is a message that may come unasked.
type EventMessage struct {
	Type, Const string
	Local       string // a variable for it
}

const subscribeText = `
// Subscribe begins to collect events: those that come from now on. Close the
// subscription when it is not needed any more.
func (c *Client) Subscribe() *Subscription {
	return &Subscription{frames: c.rt.Subscribe(runtime.Filter{FILTER})}
}

// Events yields events from the moment that the loop begins, until ctx ends or
// the client is closed. An event is valid until the next one: Clone what is to
// last. A slow loop never holds the connection up: see [WithEventBuffer].
func (c *Client) Events(ctx context.Context) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		sub := c.Subscribe()
		defer sub.Close()
		sub.Events(ctx)(yield)
	}
}

// Subscription is a queue of events.
type Subscription struct{ frames *runtime.Subscription }

// Close ends the subscription; it may be called twice.
func (s *Subscription) Close() { s.frames.Close() }

// Dropped is how many events there was no room for.
func (s *Subscription) Dropped() uint64 { return s.frames.Dropped() }

// Err is why the subscription ended by itself; nil while it has not.
func (s *Subscription) Err() error { return s.frames.Err() }
`

const unknownText = `
// UnknownMessage is an event that the spec does not know.
type UnknownMessage struct {
	Frame []byte // without its end
}

// Clone is a copy that stays valid when the next event comes.
func (m *UnknownMessage) Clone() *UnknownMessage {
	return &UnknownMessage{Frame: bytes.Clone(m.Frame)}
}
`

func (e *Events) code() []jen.Code {
	list := []jen.Code{sealed("Event", Doc{Text("Event is what the server sends unasked: " + pointers(e.types()) + ".")}, "isEvent")}
	list = append(list, marks("isEvent", e.types())...)
	if e.Unknown {
		for _, s := range split(unknownText) {
			list = append(list, s.code()...)
		}
	}
	filter := "Messages: []int{"
	for i, m := range e.Messages {
		if i > 0 {
			filter += ", "
		}
		filter += m.Const
	}
	filter += "}"
	if e.Unknown {
		filter += ", Unknown: true"
	}
	for _, s := range split(strings.ReplaceAll(subscribeText, "FILTER", filter)) {
		list = append(list, s.code()...)
	}
	return append(list, events("Subscription", "Event", e.Messages, e.Unknown))
}

func (e *Events) types() []string {
	var types []string
	for _, m := range e.Messages {
		types = append(types, m.Type)
	}
	if e.Unknown {
		types = append(types, "UnknownMessage")
	}
	return types
}

// pointers is "a *Reading or an *Alarm" without the articles.
func pointers(types []string) string {
	switch n := len(types); n {
	case 0:
		return "nothing"
	case 1:
		return "*" + types[0]
	default:
		return "*" + strings.Join(types[:n-1], ", *") + " or *" + types[n-1]
	}
}

// sealed is an interface that only types of the package implement.
//
//	type Event interface{ isEvent() }
func sealed(name string, d Doc, mark string) jen.Code {
	return d.code().Type().Id(name).Interface(jen.Id(mark).Params())
}

// marks are the methods that seal.
//
//	func (*Reading) isEvent() {}
func marks(mark string, types []string) []jen.Code {
	var list []jen.Code
	for _, t := range types {
		list = append(list, jen.Func().Params(jen.Op("*").Id(t)).Id(mark).Params().Block())
	}
	return list
}

// events is the method that turns a subscription's frames into messages.
//
//	func (s *Subscription) Events(ctx context.Context) iter.Seq[Event] {
//		return func(yield func(Event) bool) {
//			var reading Reading
//			for message, frame := range s.frames.Frames(ctx) {
//				var event Event
//				var err error
//				switch message {
//				case messageReading:
//					event, err = &reading, reading.ParseFrame(frame)
//				}
//				if err == nil && !yield(event) {
//					return
//				}
//			}
//		}
//	}
func events(recv, event string, messages []EventMessage, unknown bool) jen.Code {
	one := event == ""
	element := func() *jen.Statement {
		if one {
			return jen.Op("*").Id(messages[0].Type)
		}
		return jen.Id(event)
	}
	return Doc{Text("Events yields the events that the subscription holds and those that come, until ctx ends, or the subscription or the client is closed. An event is valid until the next one: Clone what is to last.")}.code().
		Func().Params(jen.Id("s").Op("*").Id(recv)).Id("Events").Params(jen.Id("ctx").Qual("context", "Context")).
		Qual("iter", "Seq").Types(element()).Block(
		jen.Return(jen.Func().Params(jen.Id("yield").Func().Params(element()).Bool()).BlockFunc(func(g *jen.Group) {
			for _, m := range messages {
				g.Var().Id(m.Local).Id(m.Type)
			}
			if unknown {
				g.Var().Id("unknown").Id("UnknownMessage")
			}
			names := jen.List(jen.Id("message"), jen.Id("frame"))
			if one {
				names = jen.List(jen.Id("_"), jen.Id("frame"))
			}
			g.For(names.Op(":=").Range().Id("s").Dot("frames").Dot("Frames").Call(jen.Id("ctx"))).BlockFunc(func(g *jen.Group) {
				if one {
					eventOne(g, messages[0])
					return
				}
				eventBody(g, event, messages, unknown)
			})
		})),
	)
}

// eventOne is the loop's body where there is one message only.
func eventOne(g *jen.Group, m EventMessage) {
	g.If(jen.Id(m.Local).Dot("ParseFrame").Call(jen.Id("frame")).Op("!=").Nil()).Block(jen.Continue())
	g.If(jen.Op("!").Id("yield").Call(jen.Op("&").Id(m.Local))).Block(jen.Return())
}

func eventBody(g *jen.Group, event string, messages []EventMessage, unknown bool) {
	g.Var().Id("event").Id(event)
	g.Switch(jen.Id("message")).BlockFunc(func(g *jen.Group) {
		for _, m := range messages {
			g.Case(jen.Id(m.Const)).Block(
				jen.If(jen.Id(m.Local).Dot("ParseFrame").Call(jen.Id("frame")).Op("!=").Nil()).Block(jen.Continue()),
				jen.Id("event").Op("=").Op("&").Id(m.Local),
			)
		}
		if unknown {
			g.Default().Block(
				jen.Id("unknown").Dot("Frame").Op("=").Id("frame"),
				jen.Id("event").Op("=").Op("&").Id("unknown"),
			)
			return
		}
		g.Default().Block(jen.Continue())
	})
	g.If(jen.Op("!").Id("yield").Call(jen.Id("event"))).Block(jen.Return())
}
