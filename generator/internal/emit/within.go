package emit

import "github.com/dave/jennifer/jen"

// Within is a counted value that is neither bytes nor text: it fills exactly
// the bytes that its count gives.
//
//	appendOptions(&w, m.Options)
//	r.Within("options", nOptions, func(r *wire.Reader) { m.Options = parseOptions(r) })
type Within struct {
	Elem  Value
	Count string // the variable that holds the number of bytes
}

func (v *Within) write(g *jen.Group, at place, x *jen.Statement) { v.Elem.write(g, at, x) }

func (v *Within) read(place) *jen.Statement { return nil }

func (v *Within) fill(g *jen.Group, at place, x func() *jen.Statement) {
	inner := at
	inner.inner = true
	g.Id("r").Dot("Within").Call(at.name, jen.Id(v.Count), jen.Func().Params(readerParam()).BlockFunc(
		func(g *jen.Group) { v.Elem.fill(g, inner, x) },
	))
}

func (v *Within) own(g *jen.Group, x func() *jen.Statement) bool { return v.Elem.own(g, x) }
