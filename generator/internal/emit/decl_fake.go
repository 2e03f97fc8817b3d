package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
)

// Fake is the type Device of a fake's package, and what makes it and clients
// of it.
type Fake struct {
	Client  Package
	Address string // for clients: any will do
	Params  bool   // New and Dial of the client take them
	TLS     bool   // the client always wants TLS
	Events  bool   // there are events to emit
	// Handled are the commands, by their Go names, that are answered without a
	// handler.
	Handled  []string
	Greeting []FakeMessage
}

// FakeMessage is a message that the fake sends by itself.
//
//	device.Example[acme.Info]("INFO {}")
//	&acme.Hello{}
type FakeMessage struct {
	Type    string
	Empty   bool   // it has no fields
	Example string // a frame, where it has some
}

func (m FakeMessage) code(client Package) *jen.Statement {
	if m.Empty {
		return jen.Op("&").Add(client.qual(m.Type)).Values()
	}
	return jen.Qual(devicePath, "Example").Types(client.qual(m.Type)).Call(jen.Op(raw(m.Example)))
}

const fakeDevice = `
// Device is a fake of the server. Whatever a handler, an event or a fault does
// not say otherwise, it lets clients become READY, and answers with the spec's
// examples. Its methods may be called from any goroutine, but for Close, which
// waits for the handlers.
type Device struct {
	*device.Device
	EVENTS
}
`

const fakeDial = `
// Dial makes a client of the fake, in memory, and waits until it is READY; see
// [client.Dial]. It works under testing/synctest, if the fake was made there.
func (d *Device) Dial(ctx context.Context, params client.Params, opts ...client.Option) (*client.Client, error) {
	return client.Dial(ctx, ADDRESS, params, d.with(opts)...)
}

// NewClient makes a client of the fake, in memory, that is to be run; see
// [client.New].
func (d *Device) NewClient(params client.Params, opts ...client.Option) (*client.Client, error) {
	return client.New(ADDRESS, params, d.with(opts)...)
}

// with are a client's options: how to reach the fake, and then the caller's.
func (d *Device) with(opts []client.Option) []client.Option {
	own := []client.Option{OPTIONS}
	return append(own, opts...)
}
`

const fakeScope = `
// Scope is one connection, or the next, for its faults and events.
type Scope struct {
	*device.Scope
	events
}

// Conn is the connection of that number, from 1; see [device.Device.Conn].
func (d *Device) Conn(n int) *Scope { return scoped(d.Device.Conn(n)) }

// Next is the next connection, or the next dial; see [device.Device.Next].
func (d *Device) Next() *Scope { return scoped(d.Device.Next()) }

func scoped(s *device.Scope) *Scope { return &Scope{Scope: s, events: events{s}} }
`

func (f *Fake) code() []jen.Code {
	events := ""
	if f.Events {
		events = "events"
	}
	list := f.Client.sources(strings.Replace(fakeDevice, "\tEVENTS\n", lineOf(events), 1))
	list = append(list, f.constructor())
	options := "client.WithDialer(d.Dialer())"
	if f.TLS {
		options += ", client.WithTLS(d.ClientTLS())"
	}
	dial := strings.NewReplacer("ADDRESS", strconv.Quote(f.Address), "OPTIONS", options)
	text := dial.Replace(fakeDial)
	if !f.Params {
		text = strings.NewReplacer("params client.Params, ", "", ", params, ", ", ").Replace(text)
	}
	list = append(list, f.Client.sources(text)...)
	if f.Events {
		list = append(list, f.Client.sources(fakeScope)...)
	}
	return list
}

// lineOf is a line of a struct; none, where it would be empty.
func lineOf(text string) string {
	if text == "" {
		return ""
	}
	return "\t" + text + "\n"
}

// constructor is New.
//
//	func New(opts ...device.Option) *Device {
//		plain := device.New(acme.Plan(), opts...)
//		d := &Device{Device: plain, events: events{&plain.Scope}}
//		d.HandleRead((*ReadRequest).Default)
//		return d
//	}
func (f *Fake) constructor() jen.Code {
	d := Doc{Text("New makes a fake. End it with Close.")}
	if f.TLS {
		d = Doc{Text("New makes a fake, with a certificate of its own, which Dial and NewClient trust; see [device.WithSelfSigned]. End it with Close.")}
	}
	return d.code().Func().Id("New").Params(jen.Id("opts").Op("...").Qual(devicePath, "Option")).Op("*").Id("Device").
		BlockFunc(func(g *jen.Group) {
			if f.TLS {
				g.Id("opts").Op("=").Append(
					jen.Index().Qual(devicePath, "Option").Values(jen.Qual(devicePath, "WithSelfSigned").Call()),
					jen.Id("opts").Op("..."),
				)
			}
			g.Id("plain").Op(":=").Qual(devicePath, "New").Call(f.Client.qual("Plan").Call(), jen.Id("opts").Op("..."))
			fields := []jen.Code{jen.Id("Device").Op(":").Id("plain")}
			if f.Events {
				fields = append(fields, jen.Id("events").Op(":").Id("events").Values(jen.Op("&").Id("plain").Dot("Scope")))
			}
			g.Id("d").Op(":=").Op("&").Id("Device").Values(fields...)
			if len(f.Greeting) > 0 {
				g.Qual(devicePath, "Greet").CallFunc(func(g *jen.Group) {
					g.Id("plain")
					messages(g, f.Client, f.Greeting)
				})
			}
			for _, name := range f.Handled {
				g.Id("d").Dot("Handle" + name).Call(jen.Parens(jen.Op("*").Id(name + "Request")).Dot("Default"))
			}
			g.Return(jen.Id("d"))
		})
}

// messages are arguments.
func messages(g *jen.Group, client Package, list []FakeMessage) {
	for _, m := range list {
		g.Add(m.code(client))
	}
}

// Greet is the method that sets what the fake greets with.
//
//	func (d *Device) GreetInfo(m nats.Info) { device.Greet(d.Device, &m) }
type Greet struct {
	Client Package
	FakeMessage
	Doc  Doc
	Then []FakeMessage // what follows the greeting
}

func (s *Greet) code() []jen.Code {
	var params []jen.Code
	m := jen.Op("&").Id("m")
	if s.Empty {
		m = s.FakeMessage.code(s.Client)
	} else {
		params = append(params, jen.Id("m").Add(s.Client.qual(s.Type)))
	}
	return []jen.Code{s.Doc.code().Func().Params(jen.Id("d").Op("*").Id("Device")).Id("Greet" + s.Type).Params(params...).
		Block(jen.Qual(devicePath, "Greet").CallFunc(func(g *jen.Group) {
			g.Id("d").Dot("Device")
			g.Add(m)
			messages(g, s.Client, s.Then)
		}))}
}
