package emit

import "github.com/dave/jennifer/jen"

// Apart writes a list whose bytes are counted before it.
//
//	encodedProperties := w.Apart(func(w *wire.Writer) {
//		for _, v := range m.Properties {
//			appendProperty(w, v)
//		}
//	})
type Apart struct {
	Local string
	Field *Field
	List  *List
}

func (a *Apart) write(g *jen.Group, c *codec) {
	v := c.target(a.Field.Go)
	if a.Field.Optional {
		v = v.Dot("Value")
	}
	g.Id(a.Local).Op(":=").Id("w").Dot("Apart").Call(jen.Func().Params(writerParam()).BlockFunc(func(g *jen.Group) {
		a.List.write(g, place{name: jen.Lit(a.Field.Name), inner: true}, v)
	}))
}

// within is each, in the bytes that the list fills where these were counted.
//
//	inProperties := r.Within("properties", sizeProperties)
//	for r.Left(0) > 0 {
//		m.Properties = append(m.Properties, parseProperty(&r))
//	}
//	r.EndWithin("properties", inProperties)
func (l *List) within(g *jen.Group, at place, one func(g *jen.Group)) {
	if l.Size == "" {
		l.each(g, one)
		return
	}
	window := "in" + l.Size[len("size"):]
	g.Id(window).Op(":=").Id("r").Dot("Within").Call(at.name, jen.Id(l.Size))
	l.each(g, one)
	g.Id("r").Dot("EndWithin").Call(at.name, jen.Id(window))
}
