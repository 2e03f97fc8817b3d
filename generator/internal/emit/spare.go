package emit

import "github.com/dave/jennifer/jen"

// Spare is text that is always written, and may be missing where it is read.
//
//	w.Lit(":")
//
//	if r.Has(":") {
//		r.Lit(":")
//	}
type Spare struct{ Text string }

func (s Spare) write(g *jen.Group, _ *codec) { g.Id("w").Dot("Lit").Call(jen.Lit(s.Text)) }

func (s Spare) read(g *jen.Group, _ *codec) {
	g.If(jen.Id("r").Dot("Has").Call(jen.Lit(s.Text))).Block(jen.Id("r").Dot("Lit").Call(jen.Lit(s.Text)))
}
