package emit

import "github.com/dave/jennifer/jen"

// Layout is the pair of functions of a layout type: a struct with several
// fields, or the value of its only one.
//
//	func appendArg(w *wire.Writer, v []byte) {
//		w.Lit("$")
//		w.Uint("data", uint64(len(v)), 64)
//		w.Break()
//		w.Bytes("data", v)
//	}
//
//	func parseArg(r *wire.Reader) []byte {
//		var v []byte
//		…
//		return v
//	}
type Layout struct {
	Name  string
	Doc   Doc
	Go    Type
	Ops   []Op
	Alias bool // a struct that aliases the frame has a clone function
	Clone []*Field
	Extra Extra
}

func (l *Layout) code() []jen.Code {
	c := &codec{base: "v", inner: true}
	list := []jen.Code{
		l.Doc.code().Add(appendFunc(l.Name, l.Go, true, l.Extra).BlockFunc(func(g *jen.Group) { writeAll(g, c, l.Ops) })),
		parseFunc(l.Name, l.Go.code(), true, l.Extra).BlockFunc(func(g *jen.Group) {
			g.Var().Id("v").Add(l.Go.code())
			readAll(g, c, l.Ops)
			g.Return(jen.Id("v"))
		}),
	}
	if l.Alias {
		list = append(list, cloneFunc(l.Name, l.Clone))
	}
	return list
}

// cloneFunc copies what aliases a frame.
//
//	func cloneEntry(v Entry) Entry {
//		v.Name = strings.Clone(v.Name)
//		return v
//	}
func cloneFunc(name string, fields []*Field) jen.Code {
	return jen.Commentf("// clone%s copies what aliases a frame.", name).Line().
		Func().Id("clone" + name).Params(jen.Id("v").Id(name)).Id(name).BlockFunc(func(g *jen.Group) {
		c := &codec{base: "v"}
		for _, f := range fields {
			f.own(g, c)
		}
		g.Return(jen.Id("v"))
	})
}

// own makes a field's value stand on its own; what a pointer points to is copied.
//
//	if v.Not != nil {
//		held := cloneTerm(*v.Not)
//		v.Not = &held
//	}
func (o *Field) own(g *jen.Group, c *codec) bool {
	if o.Pointer {
		g.If(o.isSet(c)).BlockFunc(func(g *jen.Group) {
			g.Id("held").Op(":=").Op("*").Add(c.target(o.Go))
			o.Value.own(g, func() *jen.Statement { return jen.Id("held") })
			g.Add(c.target(o.Go)).Op("=").Op("&").Id("held")
		})
		return true
	}
	return o.Value.own(g, func() *jen.Statement {
		if o.Optional {
			return c.target(o.Go).Dot("Value")
		}
		return c.target(o.Go)
	})
}
