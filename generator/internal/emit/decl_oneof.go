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
//
// Where values may hold others of the type, Depth of them may be in each other:
//
//	outer, ok := r.Enter(1, 8)
//	if !ok {
//		return v
//	}
//	…
//	r.Leave(outer)
type OneOf struct {
	Depth, Group int
	Name         string
	Doc          Doc
	Go           Type
	Write, Read  []Form // in the order of the spec, and of trying
	Alias        bool
	Clone        []*Field
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
	o.enter(g, "w", jen.Return())
	g.Id("forms").Op(":=").Lit(0)
	for _, f := range o.Write {
		g.If(f.Field.isSet(c)).BlockFunc(func(g *jen.Group) {
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
	o.leave(g, "w")
}

// enter begins a value, and gives up one that is too deep.
func (o *OneOf) enter(g *jen.Group, coder string, giveUp jen.Code) {
	if o.Depth > 0 {
		g.List(jen.Id("outer"), jen.Id("ok")).Op(":=").Id(coder).Dot("Enter").Call(jen.Lit(o.Group), jen.Lit(o.Depth))
		g.If(jen.Op("!").Id("ok")).Block(giveUp)
	}
}

func (o *OneOf) leave(g *jen.Group, coder string) {
	if o.Depth > 0 {
		g.Id(coder).Dot("Leave").Call(jen.Id("outer"))
	}
}

func (o *OneOf) read(g *jen.Group, c *codec) {
	g.Var().Id("v").Add(o.Go.code())
	o.enter(g, "r", jen.Return(jen.Id("v")))
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
	o.leave(g, "r")
	g.Return(jen.Id("v"))
}
