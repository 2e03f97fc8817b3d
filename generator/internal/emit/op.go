package emit

import "github.com/dave/jennifer/jen"

// Op is one element of a template: how it is written to w, and read from r.
type Op interface {
	write(g *jen.Group, c *codec)
	read(g *jen.Group, c *codec)
}

// codec is what the ops of one function share.
type codec struct {
	// base is the struct that holds the fields (m), or the value itself where
	// a layout of one field is written (v).
	base string
	name string // the struct's, of a whole frame
	// inner: the function is a named type's: w and r are pointers.
	inner bool
	// drop: fields are read and forgotten.
	drop bool
	// frame is the kind of frame.
	frame uint8
	// used are the counts that are needed; nil: all.
	used map[string]bool
}

// target is where a field is: m.Channel, or v.
func (c *codec) target(goName string) *jen.Statement {
	if goName == "" {
		return jen.Id(c.base)
	}
	return jen.Id(c.base).Dot(goName)
}

func (c *codec) at(field string) place { return place{name: jen.Lit(field), inner: c.inner} }

func writeAll(g *jen.Group, c *codec, ops []Op) {
	for _, op := range joined(ops) {
		op.write(g, c)
	}
}

func readAll(g *jen.Group, c *codec, ops []Op) {
	for _, op := range ops {
		op.read(g, c)
	}
}

// Lit is literal text.
//
//	w.Lit("READ ")
//	r.Lit("READ ")
type Lit struct{ Text string }

func (o Lit) write(g *jen.Group, _ *codec) { g.Id("w").Dot("Lit").Call(jen.Lit(o.Text)) }
func (o Lit) read(g *jen.Group, _ *codec)  { g.Id("r").Dot("Lit").Call(jen.Lit(o.Text)) }

// Break is a line break inside the frame.
//
//	w.Break()
//	r.Break()
type Break struct{}

func (Break) write(g *jen.Group, _ *codec) { g.Id("w").Dot("Break").Call() }
func (Break) read(g *jen.Group, _ *codec)  { g.Id("r").Dot("Break").Call() }

// Field is a field of the struct.
//
//	w.Word("reply", m.Reply.Value)          // Optional
//	m.Reply = wire.Some(r.Word("reply"))
//
// or, where it is a pointer,
//
//	appendTerm(w, *v.Not)
//	v.Not = new(parseTerm(r))
type Field struct {
	Name     string // in the spec
	Go       string // in the struct; empty: the value itself
	Optional bool
	Pointer  bool
	Type     Type // in Go, without Optional
	Value    Value
	Default  *Expr // what its absence means; nil: nothing
}

// there is the condition that the field is to be sent, or that it is not.
func (o *Field) there(target *jen.Statement, is bool) *jen.Statement {
	switch {
	case o.Default != nil:
		return differs(target, o.Default, is)
	case is:
		return target.Dot("Set")
	}
	return jen.Op("!").Add(target).Dot("Set")
}

// differs is x != 3; of a bool x, or !x.
func differs(x *jen.Statement, e *Expr, is bool) *jen.Statement {
	if e.Type.Equal(Named("bool")) {
		if (e.Source() == "false") == is {
			return x
		}
		return jen.Op("!").Add(x)
	}
	code := e.code()
	if e.Type.Equal(Decimal) {
		code = jen.Parens(code)
	}
	return x.Op(map[bool]string{true: "!=", false: "=="}[is]).Add(code)
}

func (o *Field) write(g *jen.Group, c *codec) {
	v := c.target(o.Go)
	switch {
	case o.Optional:
		v = v.Dot("Value")
	case o.Pointer:
		v = jen.Op("*").Add(v)
	}
	o.Value.write(g, c.at(o.Name), v)
}

func (o *Field) read(g *jen.Group, c *codec) {
	if c.drop {
		o.Value.drop(g, c.at(o.Name))
		return
	}
	e := o.Value.read(c.at(o.Name))
	switch {
	case e == nil && o.Optional:
		o.Value.fill(g, c.at(o.Name), func() *jen.Statement { return c.target(o.Go).Dot("Value") })
		g.Add(c.target(o.Go)).Dot("Set").Op("=").True()
	case e == nil:
		o.Value.fill(g, c.at(o.Name), func() *jen.Statement { return c.target(o.Go) })
	case o.Optional:
		g.Add(c.target(o.Go)).Op("=").Qual(wirePath, "Some").Call(e)
	case o.Pointer:
		g.Add(c.target(o.Go)).Op("=").New(e)
	default:
		g.Add(c.target(o.Go)).Op("=").Add(e)
	}
}

// isSet tells whether the field has a value.
func (o *Field) isSet(c *codec) *jen.Statement {
	if o.Pointer {
		return c.target(o.Go).Op("!=").Nil()
	}
	return c.target(o.Go).Dot("Set")
}

// Skip is a field that is ignored, and zero when sent.
//
//	w.Uint("_", 0, 8)
//	r.Uint("_", 8)
type Skip struct {
	Value Value
	Zero  *Expr
}

func (o *Skip) write(g *jen.Group, c *codec) { o.Value.write(g, c.at("_"), o.Zero.code()) }

func (o *Skip) read(g *jen.Group, c *codec) { o.Value.drop(g, c.at("_")) }

// Same is a field's value once more: the same bytes as it would be sent in.
//
//	{
//		var w wire.Writer
//		w.Reset(nil, &framing)
//		w.Uint("channel", uint64(m.Channel), 8)
//		again, err := w.Done()
//		r.Nest("channel", err)
//		r.Same("channel", again)
//	}
type Same struct{ Field *Field }

func (o *Same) write(g *jen.Group, c *codec) { o.Field.write(g, c) }

func (o *Same) read(g *jen.Group, c *codec) {
	name := jen.Lit(o.Field.Name)
	g.BlockFunc(func(g *jen.Group) {
		begin(g, "w", "Writer", jen.Nil(), framingOf(c.frame))
		o.Field.write(g, &codec{base: c.base})
		g.List(jen.Id("again"), jen.Id("err")).Op(":=").Id("w").Dot("Done").Call()
		g.Id("r").Dot("Nest").Call(name, jen.Id("err"))
		g.Id("r").Dot("Same").Call(name, jen.Id("again"))
	})
}
