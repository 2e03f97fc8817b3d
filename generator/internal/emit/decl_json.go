package emit

import "github.com/dave/jennifer/jen"

// Object is the functions of a JSON object type; its struct is a [Struct].
//
//	func appendOptions(w *wire.Writer, field string, v Options) {…}
//	func writeOptions(o *wire.ObjectWriter, v Options) {…}
//	func parseOptions(r *wire.Reader, field string) Options {…}
//	func readOptions(o *wire.Object) Options {…}
type Object struct {
	Struct  Struct
	Members []Member
	Clone   []*Field // that alias a frame
}

// Frame is a frame that is a JSON object.
//
//	o := w.Object()
//	o.Text("execute", "stop")
//	w.EndObject(&o)
//
//	*m = Stop{}
//	o := r.Object()
//	o.Const("execute", "stop")
//	r.Nest("", o.Err())
type Frame struct {
	Members []Member
	// Around: the frame has fields around the object. Then Clear comes first.
	Around bool
}

// Clear forgets what an earlier frame has left: members that are absent mean their
// defaults.
//
//	*m = Stop{}
type Clear struct{ Members []Member }

func (Clear) write(*jen.Group, *codec) {}

func (l Clear) read(g *jen.Group, c *codec) {
	g.Op("*").Id(c.base).Op("=").Id(c.name).ValuesFunc(func(g *jen.Group) { defaults(g, l.Members) })
}

func (f *Frame) write(g *jen.Group, c *codec) {
	g.Id("o").Op(":=").Id("w").Dot("Object").Call()
	writeMembers(g, &objectCode{base: c.base}, f.Members)
	g.Id("w").Dot("EndObject").Call(jen.Op("&").Id("o"))
}

func (f *Frame) read(g *jen.Group, c *codec) {
	if !f.Around {
		Clear{f.Members}.read(g, c)
	}
	g.Id("o").Op(":=").Id("r").Dot("Object").Call()
	readMembers(g, &objectCode{base: c.base}, "o", f.Members)
	g.Id("r").Dot("Nest").Call(jen.Lit(""), jen.Id("o").Dot("Err").Call())
}

// defaults are the fields that are not zero where their members are absent.
func defaults(g *jen.Group, members []Member) {
	for _, m := range members {
		if m.Default != nil {
			g.Id(m.Go).Op(":").Add(m.Default.code())
		}
		defaults(g, m.Object)
	}
}

// objectCode is what the members of one function share.
type objectCode struct {
	base  string // the struct that holds the fields
	inner bool   // o is a pointer, when writing
}

func (c *objectCode) target(name string) *jen.Statement { return jen.Id(c.base).Dot(name) }

// pass is the object's writer as an argument.
func (c *objectCode) pass() *jen.Statement {
	if c.inner {
		return jen.Id("o")
	}
	return jen.Op("&").Id("o")
}

// Member is a member of a JSON object, or an item of a list of which each item
// has a meaning: a constant, an object, such a list, or a field.
type Member struct {
	Key      string
	Optional bool // the member may be absent
	Set      bool // the field is an Optional: the member is one, or is in an object that is
	Const    *jen.Statement
	Null     bool
	IsConst  bool
	ConstBy  string // the method that writes it: Text, Bool, Int
	Object   []Member
	Nested   bool     // an object in this one
	Items    bool     // a list in this one; Object are its items
	Others   []string // the member is all but those of these keys; nil: it is one
	Local    string   // the variable for it, when reading
	Go       string   // the field
	Value    *JSONValue
	Fields   []*Field // of Object: one that is set makes an optional object be
	Default  *Expr    // what the field is where the member is absent; nil: it is absent, too
}

// Constant makes a member that never changes.
func Constant(key string, optional bool, v any) Member {
	m := Member{Key: key, Optional: optional, IsConst: true, Null: v == nil}
	switch v.(type) {
	case nil:
		m.Const = jen.Nil()
	case bool:
		m.Const, m.ConstBy = literal(v), "Bool"
	case string:
		m.Const, m.ConstBy = literal(v), "Text"
	default:
		m.Const, m.ConstBy = literal(v), "Int"
	}
	return m
}

func (o *Object) code() []jen.Code {
	name := o.Struct.Name
	list := append(o.Struct.code(), o.append(name), o.write(name), o.parse(name), o.read(name))
	if len(o.Clone) > 0 {
		list = append(list, cloneFunc(name, o.Clone))
	}
	return list
}

func (o *Object) append(name string) jen.Code {
	return appendFunc(name, Named(name), false, NoExtra).Block(
		jen.Id("o").Op(":=").Qual(wirePath, "NewObject").Call(jen.Nil()),
		jen.Id("write"+name).Call(jen.Op("&").Id("o"), jen.Id("v")),
		jen.List(jen.Id("raw"), jen.Id("err")).Op(":=").Id("o").Dot("Done").Call(),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Id("w").Dot("Nest").Call(jen.Id("field"), jen.Id("err")),
			jen.Return(),
		),
		jen.Id("w").Dot("JSON").Call(jen.Id("field"), jen.Id("raw")),
	)
}

func (o *Object) write(name string) jen.Code {
	return jen.Func().Id("write"+name).Params(jen.Id("o").Op("*").Qual(wirePath, "ObjectWriter"), jen.Id("v").Id(name)).
		BlockFunc(func(g *jen.Group) { writeMembers(g, &objectCode{base: "v", inner: true}, o.Members) })
}

func (o *Object) parse(name string) jen.Code {
	return parseFunc(name, jen.Id(name), false, NoExtra).Block(
		jen.List(jen.Id("o"), jen.Id("err")).Op(":=").Qual(wirePath, "ParseObject").Call(jen.Id("r").Dot("JSON").Call(jen.Id("field"))),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(
			jen.Id("r").Dot("Nest").Call(jen.Id("field"), jen.Id("err")),
			jen.Return(jen.Id(name).Values()),
		),
		jen.Id("v").Op(":=").Id("read"+name).Call(jen.Id("o")),
		jen.Id("r").Dot("Nest").Call(jen.Id("field"), jen.Id("o").Dot("Err").Call()),
		jen.Return(jen.Id("v")),
	)
}

func (o *Object) read(name string) jen.Code {
	return jen.Func().Id("read" + name).Params(jen.Id("o").Op("*").Qual(wirePath, "Object")).Id(name).
		BlockFunc(func(g *jen.Group) {
			g.Var().Id("v").Id(name)
			readMembers(g, &objectCode{base: "v"}, "o", o.Members)
			g.Return(jen.Id("v"))
		})
}

func writeMembers(g *jen.Group, c *objectCode, members []Member) {
	for _, m := range members {
		m.write(g, c)
	}
}

func (m *Member) write(g *jen.Group, c *objectCode) {
	key := jen.Lit(m.Key)
	switch {
	case m.Others != nil:
		g.If(c.target(m.Go).Dot("Set")).Block(
			jen.Id("o").Dot("Others").Call(m.known(jen.Lit(m.Key), c.target(m.Go).Dot("Value"))...))
	case m.Null:
		g.Id("o").Dot("Null").Call(key)
	case m.IsConst && m.ConstBy == "Int":
		g.Id("o").Dot("Int").Call(key, m.Const.Clone(), jen.Lit(64))
	case m.IsConst:
		g.Id("o").Dot(m.ConstBy).Call(key, m.Const.Clone())
	case m.nested() && m.Optional && len(m.Fields) == 0: // nothing tells that it is there
	case m.nested() && m.Optional:
		any := jen.Null()
		for i, f := range m.Fields {
			if i > 0 {
				any.Op("||")
			}
			any.Add(f.there(c.target(f.Go), true))
		}
		g.If(any).BlockFunc(func(g *jen.Group) { m.begin(g, c) })
	case m.nested():
		m.begin(g, c)
	case m.Go == "":
		m.Value.write(g, c, m.Key, m.Value.Zero())
	case m.Optional && m.Default != nil:
		g.If(differs(c.target(m.Go), m.Default, true)).BlockFunc(func(g *jen.Group) {
			m.Value.write(g, c, m.Key, c.target(m.Go))
		})
	case m.Optional:
		g.If(c.target(m.Go).Dot("Set")).BlockFunc(func(g *jen.Group) {
			m.Value.write(g, c, m.Key, c.target(m.Go).Dot("Value"))
		})
	case m.Set:
		g.If(jen.Op("!").Add(c.target(m.Go)).Dot("Set")).Block(jen.Id("o").Dot("Fail").Call(key, jen.Lit("is missing")))
		m.Value.write(g, c, m.Key, c.target(m.Go).Dot("Value"))
	default:
		m.Value.write(g, c, m.Key, c.target(m.Go))
	}
}

func (m *Member) nested() bool { return m.Nested || m.Items }

// known adds the keys that others are not, to arguments.
func (m *Member) known(args ...jen.Code) []jen.Code {
	for _, key := range m.Others {
		args = append(args, jen.Lit(key))
	}
	return args
}

func (m *Member) begin(g *jen.Group, c *objectCode) {
	method := "Begin"
	if m.Items {
		method = "BeginList"
	}
	g.Id("o").Dot(method).Call(jen.Lit(m.Key))
	writeMembers(g, c, m.Object)
	g.Id("o").Dot("End").Call()
}

func readMembers(g *jen.Group, c *objectCode, object string, members []Member) {
	for _, m := range members {
		m := m
		at := from{object: object, at: func() *jen.Statement { return jen.Lit(m.Key) }}
		if m.Optional {
			g.If(at.call("Has")).BlockFunc(func(g *jen.Group) { m.read(g, c, at) })
			continue
		}
		m.read(g, c, at)
	}
}

// from is where a value is read: o.Text("key"), or list1.Text(0).
type from struct {
	object string
	at     func() *jen.Statement // the key or the index
}

func (s from) call(method string, args ...jen.Code) *jen.Statement {
	return jen.Id(s.object).Dot(method).Call(append([]jen.Code{s.at()}, args...)...)
}

func (m *Member) read(g *jen.Group, c *objectCode, at from) {
	switch {
	case m.Others != nil:
		g.If(jen.Id("others").Op(":=").Id(at.object).Dot("Others").Call(m.known()...), jen.Id("others").Op("!=").Nil()).Block(
			c.target(m.Go).Op("=").Qual(wirePath, "Some").Call(Raw.code().Call(jen.Id("others"))),
		)
	case m.IsConst:
		g.Add(at.call("Const", m.Const.Clone()))
	case m.Items:
		m.readItems(g, c, at)
	case m.Nested && len(m.Object) == 0:
		g.Add(at.call("Object"))
	case m.Nested:
		g.Id(m.Local).Op(":=").Add(at.call("Object"))
		readMembers(g, c, m.Local, m.Object)
	case m.Go == "":
		g.BlockFunc(func(g *jen.Group) {
			g.Var().Id("ignored").Add(m.Value.Go.code())
			m.Value.read(g, at, func() *jen.Statement { return jen.Id("ignored") })
		})
	case m.Set:
		m.Value.read(g, at, func() *jen.Statement { return c.target(m.Go).Dot("Value") })
		g.Add(c.target(m.Go)).Dot("Set").Op("=").True()
	default:
		m.Value.read(g, at, func() *jen.Statement { return c.target(m.Go) })
	}
}

// readItems reads a list of which each item has a meaning.
//
//	list1 := o.List("params")
//	list1.Exactly(2)
//	m.X = list1.Decimal(0)
//	m.Y = list1.Decimal(1)
func (m *Member) readItems(g *jen.Group, c *objectCode, at from) {
	g.Id(m.Local).Op(":=").Add(at.call("List"))
	g.Id(m.Local).Dot("Exactly").Call(jen.Lit(len(m.Object)))
	for i, item := range m.Object {
		item.read(g, c, from{object: m.Local, at: func() *jen.Statement { return jen.Lit(i) }})
	}
}
