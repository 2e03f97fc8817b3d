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

// Member is a member of a JSON object: a constant, an object, or a field.
type Member struct {
	Key      string
	Optional bool // the member may be absent
	Set      bool // the field is an Optional: the member is one, or is in an object that is
	Const    *jen.Statement
	Null     bool
	IsConst  bool
	ConstBy  string // the method that writes it: Text, Bool, Int
	Object   []Member
	Nested   bool   // an object in this one
	Local    string // the variable for it, when reading
	Go       string // the field
	Value    *JSONValue
	Fields   []*Field // of Object: one that is set makes an optional object be
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
		BlockFunc(func(g *jen.Group) { writeMembers(g, o.Members) })
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
			readMembers(g, "o", o.Members)
			g.Return(jen.Id("v"))
		})
}

func writeMembers(g *jen.Group, members []Member) {
	for _, m := range members {
		m.write(g)
	}
}

func (m *Member) write(g *jen.Group) {
	key := jen.Lit(m.Key)
	switch {
	case m.Null:
		g.Id("o").Dot("Null").Call(key)
	case m.IsConst && m.ConstBy == "Int":
		g.Id("o").Dot("Int").Call(key, m.Const.Clone(), jen.Lit(64))
	case m.IsConst:
		g.Id("o").Dot(m.ConstBy).Call(key, m.Const.Clone())
	case m.Nested && m.Optional && len(m.Fields) == 0: // nothing tells that it is there
	case m.Nested && m.Optional:
		any := jen.Null()
		for i, f := range m.Fields {
			if i > 0 {
				any.Op("||")
			}
			any.Id("v").Dot(f.Go).Dot("Set")
		}
		g.If(any).BlockFunc(m.begin)
	case m.Nested:
		m.begin(g)
	case m.Go == "":
		m.Value.write(g, m.Key, m.Value.Zero())
	case m.Optional:
		g.If(jen.Id("v").Dot(m.Go).Dot("Set")).BlockFunc(func(g *jen.Group) {
			m.Value.write(g, m.Key, jen.Id("v").Dot(m.Go).Dot("Value"))
		})
	case m.Set:
		g.If(jen.Op("!").Id("v").Dot(m.Go).Dot("Set")).Block(jen.Id("o").Dot("Fail").Call(key, jen.Lit("is missing")))
		m.Value.write(g, m.Key, jen.Id("v").Dot(m.Go).Dot("Value"))
	default:
		m.Value.write(g, m.Key, jen.Id("v").Dot(m.Go))
	}
}

func (m *Member) begin(g *jen.Group) {
	g.Id("o").Dot("Begin").Call(jen.Lit(m.Key))
	writeMembers(g, m.Object)
	g.Id("o").Dot("End").Call()
}

func readMembers(g *jen.Group, object string, members []Member) {
	for _, m := range members {
		m := m
		if m.Optional {
			g.If(jen.Id(object).Dot("Has").Call(jen.Lit(m.Key))).BlockFunc(func(g *jen.Group) { m.read(g, object) })
			continue
		}
		m.read(g, object)
	}
}

func (m *Member) read(g *jen.Group, object string) {
	switch {
	case m.IsConst:
		g.Id(object).Dot("Const").Call(jen.Lit(m.Key), m.Const.Clone())
	case m.Nested:
		g.Id(m.Local).Op(":=").Id(object).Dot("Object").Call(jen.Lit(m.Key))
		readMembers(g, m.Local, m.Object)
	case m.Go == "":
		g.BlockFunc(func(g *jen.Group) {
			g.Var().Id("ignored").Add(m.Value.Go.code())
			m.Value.read(g, object, m.Key, func() *jen.Statement { return jen.Id("ignored") })
		})
	case m.Set:
		m.Value.read(g, object, m.Key, func() *jen.Statement { return jen.Id("v").Dot(m.Go).Dot("Value") })
		g.Id("v").Dot(m.Go).Dot("Set").Op("=").True()
	default:
		m.Value.read(g, object, m.Key, func() *jen.Statement { return jen.Id("v").Dot(m.Go) })
	}
}
