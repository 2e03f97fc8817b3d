package emit

import "github.com/dave/jennifer/jen"

// OneOf is the pair of functions of a type with several forms, which is a struct
// with an optional field for each.
//
//	func appendBulk(w *wire.Writer, v Bulk) {
//		forms := 0
//		if v.Data.Set {
//			mark := w.Mark()
//			appendBulkData(w, v.Data.Value)
//			w.Unlike("data", mark, "$-1")
//			forms++
//		}
//		…
//		if forms != 1 {
//			w.Fail("", "has more than one form, or none")
//		}
//	}
//
//	func parseBulk(r *wire.Reader) Bulk {
//		var v Bulk
//		switch {
//		case r.Has("$-1"):
//			v.Nil = wire.Some(parseBulkNil(r))
//		case r.Has("$"):
//			v.Data = wire.Some(parseBulkData(r))
//		default:
//			r.Fail("", "has none of its forms")
//		}
//		return v
//	}
type OneOf struct {
	Name        string
	Doc         Doc
	Go          Type
	Write, Read []Form // in the order of the spec, and of trying
	Alias       bool
	Clone       []*Field
}

// Form is one of the forms.
type Form struct {
	Lead   string   // text that it begins with
	Longer []string // texts that are tried before
	Field  *Field
}

func (o *OneOf) code() []jen.Code {
	c := &codec{base: "v", inner: true}
	list := []jen.Code{
		o.Doc.code().Add(appendFunc(o.Name, o.Go, true, NoExtra).BlockFunc(func(g *jen.Group) { o.write(g, c) })),
		parseFunc(o.Name, o.Go.code(), true, NoExtra).BlockFunc(func(g *jen.Group) { o.read(g, c) }),
	}
	if o.Alias {
		list = append(list, cloneFunc(o.Name, o.Clone))
	}
	return list
}

func (o *OneOf) write(g *jen.Group, c *codec) {
	g.Id("forms").Op(":=").Lit(0)
	for _, f := range o.Write {
		g.If(c.target(f.Field.Go).Dot("Set")).BlockFunc(func(g *jen.Group) {
			if len(f.Longer) > 0 {
				g.Id("mark").Op(":=").Id("w").Dot("Mark").Call()
			}
			f.Field.write(g, c)
			if len(f.Longer) > 0 {
				g.Id("w").Dot("Unlike").Call(append([]jen.Code{jen.Lit(f.Field.Name), jen.Id("mark")}, lits(f.Longer)...)...)
			}
			g.Id("forms").Op("++")
		})
	}
	g.If(jen.Id("forms").Op("!=").Lit(1)).Block(jen.Id("w").Dot("Fail").Call(jen.Lit(""), jen.Lit("has more than one form, or none")))
}

func (o *OneOf) read(g *jen.Group, c *codec) {
	g.Var().Id("v").Add(o.Go.code())
	g.Switch().BlockFunc(func(g *jen.Group) {
		for _, f := range o.Read {
			form := func(g *jen.Group) { f.Field.read(g, c) }
			if f.Lead == "" {
				g.Default().BlockFunc(form)
				return
			}
			g.Case(jen.Id("r").Dot("Has").Call(jen.Lit(f.Lead))).BlockFunc(form)
		}
		g.Default().Block(jen.Id("r").Dot("Fail").Call(jen.Lit(""), jen.Lit("has none of its forms")))
	})
	g.Return(jen.Id("v"))
}
