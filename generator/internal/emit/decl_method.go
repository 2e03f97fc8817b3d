package emit

import "github.com/dave/jennifer/jen"

// Method is the method of Client that sends a command and waits for its reply.
//
//	func (c *Client) Read(ctx context.Context, channel uint8) (reply Reading, err error) {
//		call := c.rt.Begin(commandRead)
//		defer call.Release()
//		request := &ReadRequest{Channel: channel}
//		call.Echo = request.appendEcho(call.Echo)
//		if err := call.Encoded(request.AppendFrame(call.Frame)); err != nil {
//			return reply, err
//		}
//		if err := call.Do(ctx); err != nil {
//			return reply, err
//		}
//		if call.Message == messageReading {
//			return reply, reply.ParseFrame(call.Reply)
//		}
//		return reply, call.Failure()
//	}
type Method struct {
	Name    string
	Doc     Doc
	Command string // the constant
	Request Request
	ID      bool // the request has an id, the variable callID
	Late    bool // the request has encode: some of it is known only where a link is
	Echo    bool // the request has appendEcho
	Lasting bool // the request has appendKey
	Result  Result
	// Sequence: the command is made of several, and Command is the constant of that.
	Sequence bool

	client string // the receiver, where it is not c
}

// Request is how a request comes to be from the method's parameters.
type Request struct {
	Type   string
	Fields []RequestField
}

// RequestField is a field of a request: a parameter, or an automatic value.
type RequestField struct {
	Name  string
	Param Param // its Name is empty where Value is set
	Value *Expr // `set:`
	Late  bool  // `set:`, where the link is known
}

// Result is what a method returns besides its error.
type Result struct {
	Kind  ResultKind
	Type  string // Reading, ReadReply
	Key   string // of a subscription: the request's field
	Cases []ResultCase
	// Errors: other messages may come.
	Errors bool
	Items  *Items // what comes before the reply; nil: nothing
}

// ResultKind is the shape of a result.
type ResultKind uint8

// The shapes of results.
const (
	ResultNone         ResultKind = iota // error
	ResultValue                          // (Reading, error)
	ResultMaybe                          // (Reading, bool, error): a message says that there is none
	ResultBool                           // (bool, error): there is nothing to tell but that
	ResultUnion                          // (ReadReply, error): one of several messages
	ResultUnionMaybe                     // (ReadReply, bool, error)
	ResultSubscription                   // (*SubSubscription, error)
)

// ResultCase is one message that may answer.
type ResultCase struct {
	Const string // messageReading
	Type  string // Reading
	None  bool   // it says that there is no value
	Empty bool   // it has no fields
	Own   bool   // its values alias the frame, so the frame must stay
	// Maybe: whether it is an error depends on a field.
	Maybe bool
}

func (m *Method) code() []jen.Code { return m.with(nil) }

// with puts before's statements between the request and its sending.
func (m *Method) with(before func(g *jen.Group)) []jen.Code {
	params := []jen.Code{jen.Id("ctx").Qual("context", "Context")}
	params = append(params, m.Request.params()...)
	return []jen.Code{m.Doc.code().Func().Params(jen.Id("c").Op("*").Id("Client")).Id(m.Name).Params(params...).
		Add(m.Result.types()).BlockFunc(func(g *jen.Group) {
		m.send(g, before)
		m.Result.code(g)
	})}
}

func (r *Request) params() []jen.Code {
	var params []jen.Code
	for _, f := range r.Fields {
		if f.Value == nil && !f.Late {
			params = append(params, f.Param.code())
		}
	}
	return params
}

// literal makes the request.
//
//	request := &ReadRequest{Channel: channel}
//
// A pointer to a literal is built in place. A variable with a method on its pointer is
// built apart, and copied in wider pieces than it was written in, which stalls.
func (r *Request) literal(g *jen.Group) {
	g.Id("request").Op(":=").Op("&").Id(r.Type).ValuesFunc(func(g *jen.Group) {
		for _, f := range r.Fields {
			if f.Late {
				continue
			}
			if f.Value != nil {
				g.Id(f.Name).Op(":").Add(f.Value.code())
				continue
			}
			g.Id(f.Name).Op(":").Id(f.Param.Name)
		}
	})
}

// send is the part up to the reply.
func (m *Method) send(g *jen.Group, before func(g *jen.Group)) {
	if m.Sequence {
		m.sequence(g)
		return
	}
	client := "c"
	if m.client != "" {
		client = m.client
	}
	if m.unanswered() && before == nil {
		m.post(g, client)
		return
	}
	g.Id("call").Op(":=").Id(client).Dot("rt").Dot("Begin").Call(jen.Id(m.Command))
	g.Defer().Id("call").Dot("Release").Call()
	if m.ID {
		g.List(jen.Id("callID"), jen.Id("err")).Op(":=").Id("call").Dot("NewID").Call()
		g.If(jen.Id("err").Op("!=").Nil()).Block(m.Result.fail(jen.Id("err")))
	}
	m.Request.literal(g)
	if m.Echo {
		g.Id("call").Dot("Echo").Op("=").Id("request").Dot("appendEcho").Call(jen.Id("call").Dot("Echo"))
	}
	if m.Lasting {
		g.Id("call").Dot("Lasting").Op("=").Id("request").Dot("appendKey").Call(jen.Id("call").Dot("Lasting"))
	}
	if before != nil {
		before(g)
	}
	if m.Late {
		g.Id("call").Dot("Encode").Op("=").Id("request").Dot("encode")
		m.do(g)
		return
	}
	encoded := jen.Id("call").Dot("Encoded").Call(jen.Id("request").Dot("AppendFrame").Call(jen.Id("call").Dot("Frame")))
	m.Result.onError(g, encoded)
	m.do(g)
}

// unanswered reports whether the command does nothing but be sent.
func (m *Method) unanswered() bool {
	return m.Result.none() && !m.ID && !m.Late && !m.Echo && !m.Lasting
}

// post is send for such a command.
//
//	var post runtime.Post
//	post.Begin(ctx, c.rt, commandPub)
//	defer post.End()
//	request := &PubRequest{Subject: subject}
//	frame, err := request.AppendFrame(post.Frame)
//	return post.Send(ctx, frame, err)
func (m *Method) post(g *jen.Group, client string) {
	post := jen.Id("post")
	g.Var().Add(post).Qual(runtimePath, "Post")
	g.Add(post).Dot("Begin").Call(jen.Id("ctx"), jen.Id(client).Dot("rt"), jen.Id(m.Command))
	g.Defer().Add(post).Dot("End").Call()
	m.Request.literal(g)
	g.List(jen.Id("frame"), jen.Id("err")).Op(":=").Id("request").Dot("AppendFrame").Call(jen.Add(post).Dot("Frame"))
	g.Return(jen.Add(post).Dot("Send").Call(jen.Id("ctx"), jen.Id("frame"), jen.Id("err")))
}

// sequence is send for a command made of several.
//
//	call := c.rt.BeginSequence(sequenceDeliver, &DeliverRequest{To: to})
//	defer call.Release()
func (m *Method) sequence(g *jen.Group) {
	args := jen.Nil()
	if len(m.Request.Fields) > 0 {
		args = jen.Op("&").Id(m.Request.Type).ValuesFunc(func(g *jen.Group) {
			for _, f := range m.Request.Fields {
				g.Id(f.Name).Op(":").Id(f.Param.Name)
			}
		})
	}
	g.Id("call").Op(":=").Id("c").Dot("rt").Dot("BeginSequence").Call(jen.Id(m.Command), args)
	g.Defer().Id("call").Dot("Release").Call()
	m.do(g)
}

// do waits for the reply.
func (m *Method) do(g *jen.Group) {
	do := jen.Id("call").Dot("Do").Call(jen.Id("ctx"))
	if m.Result.none() {
		g.Return(do)
		return
	}
	m.Result.onError(g, do)
}

// none reports whether nothing answers.
func (r *Result) none() bool {
	return r.Kind == ResultNone && len(r.Cases) == 0 && !r.Errors && r.Items == nil
}

// onError returns where call fails.
func (r *Result) onError(g *jen.Group, call *jen.Statement) {
	assign := "="
	if r.Kind == ResultNone && r.Items == nil {
		assign = ":="
	}
	g.If(jen.Id("err").Op(assign).Add(call), jen.Id("err").Op("!=").Nil()).Block(r.fail(jen.Id("err")))
}

// types are the results' types.
func (r *Result) types() *jen.Statement {
	err := jen.Id("err").Error()
	if r.Items == nil && r.Kind == ResultNone {
		return jen.Error()
	}
	var list []jen.Code
	if r.Items != nil {
		list = append(list, jen.Id("items").Index().Id(r.Items.Type))
	}
	switch r.Kind {
	case ResultValue, ResultUnion:
		list = append(list, jen.Id("reply").Id(r.Type))
	case ResultMaybe, ResultUnionMaybe:
		list = append(list, jen.Id("reply").Id(r.Type), jen.Id("ok").Bool())
	case ResultBool:
		list = append(list, jen.Id("ok").Bool())
	case ResultSubscription:
		list = append(list, jen.Id("sub").Op("*").Id(r.Type))
	}
	return jen.Params(append(list, err)...)
}

// results returns values behind the items, where there are any.
func (r *Result) results(values ...jen.Code) *jen.Statement {
	if r.Items != nil {
		values = append([]jen.Code{jen.Id("items")}, values...)
	}
	return jen.Return(values...)
}

// fail returns an error.
func (r *Result) fail(err *jen.Statement) *jen.Statement {
	switch r.Kind {
	case ResultValue, ResultUnion:
		return r.results(jen.Id("reply"), err)
	case ResultMaybe, ResultUnionMaybe:
		return r.results(jen.Id("reply"), jen.False(), err)
	case ResultBool:
		return r.results(jen.False(), err)
	case ResultSubscription:
		return r.results(jen.Nil(), err)
	}
	return r.results(err)
}

// code is the part after the reply.
func (r *Result) code(g *jen.Group) {
	if len(r.Cases) == 0 && !r.Errors && r.Items == nil {
		if r.Kind == ResultSubscription {
			g.Add(r.subscription())
		}
		return // else send has returned
	}
	if r.Items != nil && len(r.Cases) == 0 {
		r.closed(g)
		return
	}
	if r.Items != nil {
		r.Items.take(g, r)
	}
	switch {
	case len(r.Cases) == 0: // only commands made of several have errors then
		g.If(jen.Id("call").Dot("Class").Op("==").Qual(sessionPath, "ClassNone")).Block(r.results(jen.Nil()))
	case len(r.Cases) == 1:
		c := r.Cases[0]
		g.If(jen.Id("call").Dot("Message").Op("==").Id(c.Const)).BlockFunc(func(g *jen.Group) { r.one(g, c) })
	default:
		g.Switch(jen.Id("call").Dot("Message")).BlockFunc(func(g *jen.Group) {
			for _, c := range r.Cases {
				g.Case(jen.Id(c.Const)).BlockFunc(func(g *jen.Group) { r.one(g, c) })
			}
		})
	}
	g.Add(r.fail(jen.Id("call").Dot("Failure").Call()))
}

// closed is the end where there is no reply, but the end of the link.
func (r *Result) closed(g *jen.Group) {
	if !r.Errors {
		g.Return(jen.Id(r.Items.Name).Call(jen.Id("call")))
		return
	}
	r.Items.take(g, r)
	g.If(jen.Id("call").Dot("Class").Op("!=").Qual(sessionPath, "ClassNone")).Block(
		r.fail(jen.Id("call").Dot("Failure").Call()),
	)
	g.Add(r.fail(jen.Nil()))
}

// one returns what one message means.
func (r *Result) one(g *jen.Group, c ResultCase) {
	frame := jen.Id("call").Dot("Reply")
	if c.Own {
		frame = jen.Id("call").Dot("Own").Call()
	}
	if c.Maybe {
		g.If(jen.Id("call").Dot("Class").Op("!=").Qual(sessionPath, "ClassNone")).Block(
			r.fail(jen.Id("call").Dot("Failure").Call()),
		)
	}
	union := r.Kind == ResultUnion || r.Kind == ResultUnionMaybe
	switch {
	case r.Kind == ResultNone:
		g.Add(r.results(jen.Nil()))
	case r.Kind == ResultSubscription:
		g.Add(r.subscription())
	case r.Kind == ResultBool:
		g.Add(r.results(jen.Lit(!c.None), jen.Nil()))
	case c.None:
		g.Add(r.results(jen.Id("reply"), jen.False(), jen.Nil()))
	case union && c.Empty:
		r.found(g, jen.Op("&").Id(c.Type).Values(), nil)
	case union:
		g.Id("m").Op(":=").New(jen.Id(c.Type))
		r.found(g, jen.Id("m"), jen.Id("m").Dot("ParseFrame").Call(frame))
	default:
		r.found(g, jen.Id("reply"), jen.Id("reply").Dot("ParseFrame").Call(frame))
	}
}

// found returns a reply. Parsing is done in a statement of its own: Go does not
// say whether it comes before the reply is copied.
func (r *Result) found(g *jen.Group, reply, parse *jen.Statement) {
	err := jen.Id("err")
	if parse == nil {
		err = jen.Nil()
	} else {
		g.Id("err").Op("=").Add(parse)
	}
	if r.Kind == ResultMaybe || r.Kind == ResultUnionMaybe {
		ok := jen.True()
		if parse != nil {
			ok = jen.Id("err").Op("==").Nil()
		}
		g.Add(r.results(reply, ok, err))
		return
	}
	g.Add(r.results(reply, err))
}

// subscription returns the type that yields events.
func (r *Result) subscription() *jen.Statement {
	return jen.Return(jen.Op("&").Id(r.Type).Values(
		jen.Id("client").Op(":").Id("c"), jen.Id("frames").Op(":").Id("frames"),
		jen.Id("key").Op(":").Id("request").Dot(r.Key),
	), jen.Nil())
}
