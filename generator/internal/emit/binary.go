package emit

import "github.com/dave/jennifer/jen"

// Fixed is bits of the layout that are the same in each frame of a message.
//
//	w.Const(3, 4)
//	r.Const(3, 4)
type Fixed struct {
	Value uint64
	Bits  int
}

func (o Fixed) write(g *jen.Group, _ *codec) {
	g.Id("w").Dot("Const").Call(literal(o.Value), jen.Lit(o.Bits))
}

func (o Fixed) read(g *jen.Group, _ *codec) {
	g.Id("r").Dot("Const").Call(literal(o.Value), jen.Lit(o.Bits))
}

// FrameSize is the count of the frame, and FrameSum its checksum: they are the framing's
// business, not the message's.
//
//	w.Size()
//	r.Size()
type (
	FrameSize struct{}
	FrameSum  struct{}
)

func (FrameSize) write(g *jen.Group, _ *codec) { g.Id("w").Dot("Size").Call() }

func (FrameSize) read(g *jen.Group, _ *codec) { g.Id("r").Dot("Size").Call() }

func (FrameSum) write(g *jen.Group, _ *codec) { g.Id("w").Dot("Sum").Call() }

func (FrameSum) read(g *jen.Group, _ *codec) { g.Id("r").Dot("Sum").Call() }

// Flag is a bit that says whether parts are there, which their fields know.
//
//	w.Bits("user_flag", wire.Bit(m.User.Set), 1)
//	hasUserFlag := r.Bits("user_flag", 1)
type Flag struct {
	Name   string
	Local  string
	Fields []*Field // of the parts
	// Value is a field that tells of parts, where that alone is wanted of it.
	Value *Scalar
}

func (o *Flag) write(g *jen.Group, c *codec) {
	g.Id("w").Dot("Bits").Call(jen.Lit(o.Name), jen.Qual(wirePath, "Bit").Call(anySet(c, o.Fields)), jen.Lit(1))
}

func (o *Flag) read(g *jen.Group, c *codec) {
	value := jen.Id("r").Dot("Bits").Call(jen.Lit(o.Name), jen.Lit(1))
	if o.Value != nil {
		value = o.Value.read(c.at(o.Name))
	}
	if c.used != nil && !c.used[o.Local] {
		g.Add(value)
		return
	}
	g.Id(o.Local).Op(":=").Add(value)
}

// Body and BodyEnd are around what a message says, where the frame's layout goes
// on behind it.
//
//	body := r.Body()
//	r.EndBody(body)
type (
	Body    struct{}
	BodyEnd struct{}
)

func (Body) write(*jen.Group, *codec) {}

func (Body) read(g *jen.Group, _ *codec) { g.Id("body").Op(":=").Id("r").Dot("Body").Call() }

func (BodyEnd) write(*jen.Group, *codec) {}

func (BodyEnd) read(g *jen.Group, _ *codec) { g.Id("r").Dot("EndBody").Call(jen.Id("body")) }
