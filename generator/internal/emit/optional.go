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
}

// Decide is how a receiver knows that an optional part is there: one of Has
// (its first byte), more than After separators Sep left, or that the line does
// not end here.
type Decide struct {
	Has   string
	Sep   string
	After int
}

func (o *Optional) write(g *jen.Group, c *codec) {
	if len(o.All) == 0 {
		return
	}
	any := jen.Null()
	for i, f := range o.All {
		if i > 0 {
			any.Op("||")
		}
		any.Add(c.target(f.Go)).Dot("Set")
	}
	g.If(any).BlockFunc(func(g *jen.Group) {
		if len(o.All) > 1 {
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

// complete refuses a part of which a field is missing.
//
//	if !m.Low.Set {
//		w.Fail("low", "is missing")
//	}
func (o *Optional) complete(g *jen.Group, c *codec) {
	for _, f := range o.Own {
		g.If(jen.Op("!").Add(c.target(f.Go)).Dot("Set")).Block(
			jen.Id("w").Dot("Fail").Call(jen.Lit(f.Name), jen.Lit("is missing")),
		)
	}
}

func (o *Optional) read(g *jen.Group, c *codec) {
	g.If(o.Decide.code()).BlockFunc(func(g *jen.Group) { readAll(g, c, o.Body) })
}

func (d Decide) code() *jen.Statement {
	switch {
	case d.Has != "":
		return jen.Id("r").Dot("Has").Call(jen.Lit(d.Has))
	case d.Sep != "":
		return jen.Id("r").Dot("Separators").Call(jen.Lit(d.Sep)).Op(">").Lit(d.After)
	}
	return jen.Op("!").Id("r").Dot("AtBreak").Call()
}
