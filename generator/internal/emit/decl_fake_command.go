package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"
)

// FakeRequests are what all requests of a fake share.
type FakeRequests struct {
	Client Package
	Events bool
}

const fakeRequest = `
// request is what every request has besides its fields. All of it is one level
// below them, under names that they cannot have, so that none is hidden.
type request struct {
	*raw
	events
}

type raw = device.Request

func received(r *raw) request { return request{raw: r, events: events{r.Link()}} }
`

const fakeRequestBare = `
// request is what every request has besides its fields. All of it is one level
// below them, under names that they cannot have, so that none is hidden.
type request struct{ *raw }

type raw = device.Request

func received(r *raw) request { return request{raw: r} }
`

func (f *FakeRequests) code() []jen.Code {
	if f.Events {
		return f.Client.sources(fakeRequest)
	}
	return f.Client.sources(fakeRequestBare)
}

// FakeCommand is a command as a fake receives it: its request, the replies that
// the protocol allows, and the methods of the Device.
//
//	type ReadRequest struct {
//		acme.ReadRequest
//		request
//	}
//
//	func (r *ReadRequest) ReplyReading(m acme.Reading) { device.Reply(r.raw, &m) }
//
//	func (d *Device) HandleRead(h func(*ReadRequest)) {
//		d.Handle("read", func(m *raw) {
//			r := &ReadRequest{request: received(m)}
//			device.Parse(m, &r.ReadRequest)
//			h(r)
//		})
//	}
//
//	func (d *Device) ReceivedRead() []acme.ReadRequest {
//		return device.Requests[acme.ReadRequest](d.Device, "read")
//	}
type FakeCommand struct {
	Client  Package
	Command string // in the plan
	Name    string // Read
	Docs    FakeDocs
	Replies []FakeReply
	Default *FakeDefault // nil: it is not answered
}

// FakeDocs are the comments of the request, of HandleRead and of ReceivedRead.
type FakeDocs struct{ Request, Handle, Received Doc }

// FakeReply is a message that may answer.
type FakeReply struct {
	Type  string
	Empty bool
	Doc   Doc
	ID    *FakeEcho // what it repeats of every request, by which it is matched
}

// id sets the id of m.
func (c *FakeCommand) id(r FakeReply) *jen.Statement {
	if r.ID == nil {
		return nil
	}
	if r.Empty {
		return jen.Id("m").Op(":=").Add(c.Client.qual(r.Type)).Values(jen.Id(r.ID.Reply).Op(":").Add(c.echo(*r.ID)))
	}
	return jen.Id("m").Dot(r.ID.Reply).Op("=").Add(c.echo(*r.ID))
}

func (c *FakeCommand) code() []jen.Code {
	list := []jen.Code{c.handle(), c.received(), c.request()}
	for _, r := range c.Replies {
		list = append(list, sender(c.Client, r.Doc, c.recv(), "Reply", r.Type, r.Empty, jen.Id("r").Dot("raw"), c.id(r)))
	}
	if c.Default != nil {
		list = append(list, c.byDefault())
	}
	return list
}

func (c *FakeCommand) recv() *jen.Statement { return jen.Id("r").Op("*").Id(c.Name + "Request") }

func (c *FakeCommand) request() jen.Code {
	return c.Docs.Request.code().Type().Id(c.Name+"Request").Struct(
		c.Client.qual(c.Name+"Request"),
		jen.Id("request"),
	)
}

func (c *FakeCommand) handle() jen.Code {
	request := c.Name + "Request"
	return c.Docs.Handle.code().Func().Params(jen.Id("d").Op("*").Id("Device")).Id("Handle" + c.Name).
		Params(jen.Id("h").Func().Params(jen.Op("*").Id(request))).Block(
		jen.Id("d").Dot("Handle").Call(jen.Lit(c.Command), jen.Func().Params(jen.Id("m").Op("*").Id("raw")).Block(
			jen.Id("r").Op(":=").Op("&").Id(request).Values(jen.Id("request").Op(":").Id("received").Call(jen.Id("m"))),
			jen.Qual(devicePath, "Parse").Call(jen.Id("m"), jen.Op("&").Id("r").Dot(request)),
			jen.Id("h").Call(jen.Id("r")),
		)),
	)
}

func (c *FakeCommand) received() jen.Code {
	request := func() *jen.Statement { return c.Client.qual(c.Name + "Request") }
	return c.Docs.Received.code().Func().Params(jen.Id("d").Op("*").Id("Device")).Id("Received" + c.Name).
		Params().Index().Add(request()).Block(
		jen.Return(jen.Qual(devicePath, "Requests").Types(request()).Call(jen.Id("d").Dot("Device"), jen.Lit(c.Command))),
	)
}

// FakeDefault is how a fake answers a command by itself.
//
//	func (r *ReadRequest) Default() {
//		m := device.Example[acme.Reading]("READING 3 21.50 C")
//		m.Channel = r.Channel
//		r.ReplyReading(*m)
//	}
type FakeDefault struct {
	Doc   Doc
	Reply *FakeMessage // nil: the command has no reply
	Echo  []FakeEcho
	Then  []FakeMessage // what the server sends next
}

// FakeEcho is a field that the reply takes from the request.
type FakeEcho struct {
	Reply, Request string // the fields
	As             *Type  // the reply's, where it is another; of the client's package, where it has no other
	Some           bool   // the reply's may be absent
}

func (c *FakeCommand) byDefault() jen.Code {
	d := c.Default
	return d.Doc.code().Func().Params(c.recv()).Id("Default").Params().BlockFunc(func(g *jen.Group) {
		switch {
		case d.Reply == nil:
		case d.Reply.Empty:
			g.Id("r").Dot("Reply" + d.Reply.Type).Call()
		default:
			g.Id("m").Op(":=").Add(d.Reply.code(c.Client))
			for _, e := range d.Echo {
				g.Id("m").Dot(e.Reply).Op("=").Add(c.echo(e))
			}
			g.Id("r").Dot("Reply" + d.Reply.Type).Call(jen.Op("*").Id("m"))
		}
		for _, m := range d.Then {
			g.Qual(devicePath, "Emit").Call(jen.Id("r").Dot("raw").Dot("Link").Call(), m.code(c.Client))
		}
	})
}

// echo is the request's field as the reply has it.
func (c *FakeCommand) echo(e FakeEcho) *jen.Statement {
	v := jen.Id("r").Dot(e.Request)
	if e.Request == "Default" || e.Request == c.Name+"Request" || strings.HasPrefix(e.Request, "Reply") {
		v = jen.Id("r").Dot(c.Name + "Request").Dot(e.Request) // not what the request itself has of that name
	}
	switch {
	case e.As == nil:
	case e.As.predeclared():
		v = e.As.code().Call(v)
	default:
		v = c.Client.qual(e.As.Name).Call(v)
	}
	if e.Some {
		return c.Client.qual("Some").Call(v)
	}
	return v
}
