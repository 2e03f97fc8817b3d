package emit

import "github.com/dave/jennifer/jen"

// Optional is a part that is written where a field in it is set, and read where
// the bytes say that it is there.
//
//	if m.Text.Set {
//		w.Lit(" ")
//		w.Quoted("text", m.Text.Value, wire.QuoteC)
//	}
//
//	if !r.AtBreak() {
//		r.Lit(" ")
//		m.Text = wire.Some(r.Quoted("text", wire.QuoteC))
//	}
type Optional struct {
	Decide Decide
	Body   []Op
	// Own are the fields directly in the part, All those of parts in it too.
	Own, All []*Field
	// MayVanish: what is written may be nothing, which the receiver would
	// take for absence.
	MayVanish bool
	// Flag is the field that tells of the part; nil: none does, or a flag that
	// nobody sees, whose parts have the fields Told.
	Flag *Field
	Told []*Field
}

// Decide is how a receiver knows that an optional part is there: one of Has
// (its first byte), Line (what its line begins with), more than After separators Sep left, more than After bytes
// Left in the frame, a flag in the variable Local, or that the line does not end
// here.
type Decide struct {
	Has   string
	Line  string
	Sep   string
	Left  bool
	After int
	Local string
}

func (o *Optional) write(g *jen.Group, c *codec) {
	if len(o.All) == 0 {
		return
	}
	if o.Flag != nil {
		o.writeFlagged(g, c)
		return
	}
	told := o.All
	if len(o.Told) > 0 {
		told = o.Told
	}
	g.If(anySet(c, told)).BlockFunc(func(g *jen.Group) {
		if len(told) > 1 {
			o.complete(g, c)
		}
		if o.MayVanish {
			g.Id("mark").Op(":=").Id("w").Dot("Mark").Call()
		}
		writeAll(g, c, o.Body)
		if o.MayVanish {
			g.If(jen.Id("w").Dot("Mark").Call().Op("==").Id("mark")).Block(
				jen.Id("w").Dot("Fail").Call(jen.Lit(o.All[0].Name), jen.Lit("is written as nothing, as if it were absent")),
			)
		}
	})
}

// anySet is m.Low.Set || m.High.Set.
func anySet(c *codec, fields []*Field) *jen.Statement {
	any := jen.Null()
	for i, f := range fields {
		if i > 0 {
			any.Op("||")
		}
		any.Add(f.there(c.target(f.Go), true))
	}
	return any
}

// writeFlagged writes a part that a field tells of.
//
//	if m.QoS != 0 {
//		if !m.Packet.Set {
//			w.Fail("packet", "is missing")
//		}
//		w.Big("packet", uint64(m.Packet.Value), 2)
//	} else if m.Packet.Set {
//		w.Fail("qos", "says that a part is absent which is given")
//	}
func (o *Optional) writeFlagged(g *jen.Group, c *codec) {
	g.If(o.told(c)).BlockFunc(func(g *jen.Group) {
		o.complete(g, c)
		writeAll(g, c, o.Body)
	}).Else().If(anySet(c, o.All)).Block(
		jen.Id("w").Dot("Fail").Call(jen.Lit(o.Flag.Name), jen.Lit("says that a part is absent which is given")),
	)
}

// told is the condition that the flag tells of the part.
func (o *Optional) told(c *codec) *jen.Statement {
	v := c.target(o.Flag.Go)
	if o.Flag.Optional {
		v = v.Dot("Value")
	}
	return v.Op("!=").Lit(0)
}

// complete refuses a part of which a field is missing.
//
//	if !m.Low.Set {
//		w.Fail("low", "is missing")
//	}
func (o *Optional) complete(g *jen.Group, c *codec) {
	for _, f := range o.Own {
		if f.Default != nil {
			continue
		}
		g.If(jen.Op("!").Add(c.target(f.Go)).Dot("Set")).Block(
			jen.Id("w").Dot("Fail").Call(jen.Lit(f.Name), jen.Lit("is missing")),
		)
	}
}

func (o *Optional) read(g *jen.Group, c *codec) {
	decide := o.Decide.code()
	if o.Flag != nil {
		decide = o.told(c)
	}
	g.If(decide).BlockFunc(func(g *jen.Group) { readAll(g, c, o.Body) })
}

func (d Decide) code() *jen.Statement {
	switch {
	case d.Has != "":
		return jen.Id("r").Dot("Has").Call(jen.Lit(d.Has))
	case d.Line != "":
		return jen.Id("r").Dot("NextLine").Call(jen.Lit(d.Line))
	case d.Sep != "":
		return jen.Id("r").Dot("Separators").Call(jen.Lit(d.Sep)).Op(">").Lit(d.After)
	}
	switch {
	case d.Left:
		return left(d.After).Op(">").Lit(0)
	case d.Local != "":
		return jen.Id(d.Local).Op("!=").Lit(0)
	}
	return jen.Op("!").Id("r").Dot("AtBreak").Call()
}
