package emit

import "github.com/dave/jennifer/jen"

// ToEnd and EndTail are around lines that go on to the frame's end.
//
//	w.ToEnd()
//	w.EndTail()
//
//	r.ToEnd()
type (
	ToEnd   struct{}
	EndTail struct{}
)

func (ToEnd) write(g *jen.Group, _ *codec) { g.Id("w").Dot("ToEnd").Call() }

func (ToEnd) read(g *jen.Group, _ *codec) { g.Id("r").Dot("ToEnd").Call() }

func (EndTail) write(g *jen.Group, _ *codec) { g.Id("w").Dot("EndTail").Call() }

func (EndTail) read(*jen.Group, *codec) {}
