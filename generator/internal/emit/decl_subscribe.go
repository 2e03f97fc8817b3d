package emit

import "github.com/dave/jennifer/jen"

// Subscribe is the method of a command that delivers events, with the type
// that yields them.
//
//	func (c *Client) Sub(ctx context.Context, subject string) (sub *SubSubscription, err error) {
//		call := c.rt.Begin(commandSub)
//		defer call.Release()
//		request := SubRequest{Subject: subject, Sid: strconv.FormatUint(c.rt.Count(), 10)}
//		call.Lasting = request.appendKey(call.Lasting)
//		frames := c.rt.Subscribe(runtime.Filter{…})
//		defer func() {
//			if err != nil {
//				frames.Close()
//			}
//		}()
//		if err = call.Encoded(request.AppendFrame(call.Frame)); err != nil {
//			return nil, err
//		}
//		…
//		return &SubSubscription{client: c, frames: frames, key: request.Sid}, nil
//	}
type Subscribe struct {
	Method      Method
	Type, Event string
	Messages    []EventMessage
	Keys        []string // functions that find the key, by message
	Key         string   // the request's field
	KeyType     Type
	Undo        *Undo
}

// Undo is the command that ends a subscription at the server.
type Undo struct {
	Command string
	Request Request // its key is the subscription's: s.key
	ID      bool
	Late    bool
	Echo    bool
	Result  Result
}

func (s *Subscribe) code() []jen.Code {
	list := s.Method.with(s.filter)
	list = append(list, s.types()...)
	event := s.Event
	if len(s.Messages) == 1 {
		event = ""
	} else {
		var types []string
		for _, m := range s.Messages {
			types = append(types, m.Type)
		}
		list = append(list, sealed(s.Event, Doc{Text(s.Event + " is what a subscription yields: " + pointers(types) + ".")}, "is"+s.Event))
		list = append(list, marks("is"+s.Event, types)...)
	}
	list = append(list, events(s.Type, event, s.Messages, false))
	return append(list, s.close())
}

// filter begins to collect the events before the command is sent, so that none
// is missed.
func (s *Subscribe) filter(g *jen.Group) {
	g.Id("frames").Op(":=").Id("c").Dot("rt").Dot("Subscribe").Call(jen.Qual(runtimePath, "Filter").Custom(
		jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true},
		jen.Id("Messages").Op(":").Index().Int().ValuesFunc(func(g *jen.Group) {
			for _, m := range s.Messages {
				g.Id(m.Const)
			}
		}),
		jen.Id("Key").Op(":").Id("call").Dot("Lasting"),
		jen.Id("Keys").Op(":").Index().Func().Params(jen.List(jen.Id("dst"), jen.Id("frame")).Index().Byte()).
			Params(jen.Index().Byte(), jen.Error()).ValuesFunc(func(g *jen.Group) {
			for _, k := range s.Keys {
				g.Id(k)
			}
		}),
	))
	g.Defer().Func().Params().Block(
		jen.If(jen.Id("err").Op("!=").Nil()).Block(jen.Id("frames").Dot("Close").Call()),
	).Call()
}

func (s *Subscribe) types() []jen.Code {
	return []jen.Code{
		Doc{Text(s.Type + " yields what " + s.Method.Name + " asked for. It goes on after a reconnect.")}.code().
			Type().Id(s.Type).Struct(
			jen.Id("client").Op("*").Id("Client"),
			jen.Id("frames").Op("*").Qual(runtimePath, "Subscription"),
			jen.Id("key").Add(s.KeyType.code()),
		),
		Doc{Text("Dropped is how many events there was no room for.")}.code().
			Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id("Dropped").Params().Uint64().
			Block(jen.Return(jen.Id("s").Dot("frames").Dot("Dropped").Call())),
		Doc{Text("Err is why the subscription ended by itself; nil while it has not.")}.code().
			Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id("Err").Params().Error().
			Block(jen.Return(jen.Id("s").Dot("frames").Dot("Err").Call())),
	}
}

// close ends the subscription here at once, then at the server.
func (s *Subscribe) close() jen.Code {
	text := "Close ends the subscription, here at once, then at the server; where that fails it may be called again."
	f := jen.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id("Close").
		Params(jen.Id("ctx").Qual("context", "Context")).Error()
	return Doc{Text(text)}.code().Add(f).BlockFunc(func(g *jen.Group) {
		g.Id("s").Dot("frames").Dot("Close").Call()
		if s.Undo == nil {
			g.Return(jen.Nil())
			return
		}
		s.Undo.code(g)
	})
}

func (u *Undo) code(g *jen.Group) {
	m := Method{
		Command: u.Command, Request: u.Request, Lasting: true, ID: u.ID, Late: u.Late, Echo: u.Echo, Result: u.Result, client: "s.client",
	}
	m.send(g, nil)
	m.Result.code(g)
}
