package emit

import "github.com/dave/jennifer/jen"

// Padded is a value in exactly Width characters.
//
//	mark := w.Mark()
//	w.Uint("level", uint64(m.Level), 8)
//	w.Pad("level", mark, 4, true, ' ')
//
//	pad := r.Pad("level", 4, true, ' ')
//	m.Level = uint8(r.Uint("level", 8))
//	r.Unpad("level", pad)
type Padded struct {
	Elem  Value
	Width int
	Left  bool // it is filled up before the value
	Fill  byte
}

func (p *Padded) write(g *jen.Group, at place, v *jen.Statement) {
	g.BlockFunc(func(g *jen.Group) {
		g.Id("mark").Op(":=").Id("w").Dot("Mark").Call()
		p.Elem.write(g, at, v)
		g.Id("w").Dot("Pad").Call(at.name, jen.Id("mark"), jen.Lit(p.Width), jen.Lit(p.Left), p.filler())
	})
}

func (p *Padded) filler() *jen.Statement { return jen.LitRune(rune(p.Fill)) }

func (p *Padded) read(place) *jen.Statement { return nil }

func (p *Padded) fill(g *jen.Group, at place, v func() *jen.Statement) {
	p.inside(g, at, func(g *jen.Group) { p.Elem.fill(g, at, v) })
}

func (p *Padded) drop(g *jen.Group, at place) {
	p.inside(g, at, func(g *jen.Group) { p.Elem.drop(g, at) })
}

// inside reads what fills up before and behind what body reads.
func (p *Padded) inside(g *jen.Group, at place, body func(g *jen.Group)) {
	g.BlockFunc(func(g *jen.Group) {
		g.Id("pad").Op(":=").Id("r").Dot("Pad").Call(at.name, jen.Lit(p.Width), jen.Lit(p.Left), p.filler())
		body(g)
		g.Id("r").Dot("Unpad").Call(at.name, jen.Id("pad"))
	})
}

func (p *Padded) own(g *jen.Group, v func() *jen.Statement) bool { return p.Elem.own(g, v) }
