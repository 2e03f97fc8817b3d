package emit

import "github.com/dave/jennifer/jen"

// Value is how one value goes onto the wire and comes from it.
type Value interface {
	// write adds the statements that write v.
	write(g *jen.Group, at place, v *jen.Statement)
	// read gives the expression that reads it, or nil where reading takes
	// statements; then fill adds them, with v as what is to be set.
	read(at place) *jen.Statement
	fill(g *jen.Group, at place, v func() *jen.Statement)
	// drop adds the statements that read it and forget it.
	drop(g *jen.Group, at place)
	// own adds the statements that make v, which came from a frame, stand on
	// its own; it reports whether there was anything to do.
	own(g *jen.Group, v func() *jen.Statement) bool
}

// place is where in the generated code a value is written or read.
type place struct {
	name  jen.Code // what errors call the field: "channel", or a parameter
	inner bool     // w and r are pointers already
}

// pass is the reader or writer as an argument: &r, or r where it is a pointer.
func (p place) pass(name string) jen.Code {
	if p.inner {
		return jen.Id(name)
	}
	return jen.Op("&").Id(name)
}

// Scalar is a value with a method of wire.Writer and wire.Reader of its own:
//
//	w.Uint("channel", uint64(m.Channel), 8)
//	m.Channel = uint8(r.Uint("channel", 8))
//
// or, where what is on the wire has a factor,
//
//	w.Int("temp", w.UnscaleInt("temp", m.Temp, wire.Decimal{Coef: 1, Scale: 1}), 16)
//	m.Temp = wire.ScaleInt(r.Int("temp", 16), wire.Decimal{Coef: 1, Scale: 1})
type Scalar struct {
	Method string
	Writer string // the writer's method, where it is another
	Go     Type
	Wire   Type // what Method takes and gives; equal to Go: no conversion
	Args   []Arg
	// Factor is the decimal that one on the wire stands for; nil: none.
	Factor *Bound
	// Key is the value's key encoding: Uint for wire.KeyUint; empty: it has none.
	Key string
	// Alias: a value that is read aliases the frame.
	Alias bool
}

// Arg is an argument after the value (writing) or the field's name (reading).
type Arg struct {
	Value any    // a literal; or
	Qual  string // a constant of package wire; or
	Param string // a parameter of the function: stops...; or
	Count string // a variable that tells how many bytes there are to read
	AsInt bool   // … as an int
	Rest  bool   // all that is left of the frame but Tail bytes
	Tail  int
	// ReadOnly: writing does not take it.
	ReadOnly bool
}

// Lits are literal arguments.
func Lits[T any](values ...T) []Arg {
	var args []Arg
	for _, v := range values {
		args = append(args, Arg{Value: v})
	}
	return args
}

func (a Arg) code() *jen.Statement {
	switch {
	case a.Rest && a.AsInt:
		return jen.Int().Call(left(a.Tail))
	case a.Rest:
		return left(a.Tail)
	case a.Count != "" && a.AsInt:
		return jen.Int().Call(jen.Id(a.Count))
	case a.Count != "":
		return jen.Id(a.Count)
	case a.Param != "":
		return jen.Id(a.Param)
	case a.Qual != "":
		return jen.Qual(wirePath, a.Qual)
	}
	return jen.Lit(a.Value)
}

// left is r.Left(0): how many bytes are left of the frame.
func left(tail int) *jen.Statement { return jen.Id("r").Dot("Left").Call(jen.Lit(tail)) }

func (s *Scalar) write(g *jen.Group, at place, v *jen.Statement) {
	args := []jen.Code{at.name, s.wire(at, v)}
	for _, a := range s.Args {
		if !a.ReadOnly {
			args = append(args, a.code())
		}
	}
	method := s.Method
	if s.Writer != "" {
		method = s.Writer
	}
	g.Id("w").Dot(method).Call(args...)
}

// wire is v as the methods of package wire take it.
func (s *Scalar) wire(at place, v *jen.Statement) *jen.Statement {
	if s.Factor != nil {
		return jen.Id("w").Dot("Unscale"+s.sign()).Call(at.name, v, s.Factor.decimal())
	}
	if s.Go.Equal(s.Wire) {
		return v
	}
	return s.Wire.code().Call(v)
}

// sign is the part of a method's name that tells numbers with a sign from others.
func (s *Scalar) sign() string {
	if s.Wire.Equal(Named("int64")) {
		return "Int"
	}
	return "Uint"
}

func (s *Scalar) read(at place) *jen.Statement {
	if s.Factor != nil {
		return jen.Qual(wirePath, "Scale"+s.sign()).Call(s.call(at), s.Factor.decimal())
	}
	if s.Go.Equal(s.Wire) {
		return s.call(at)
	}
	return s.Go.code().Call(s.call(at))
}

// call is the reader's method, its result as it is.
func (s *Scalar) call(at place) *jen.Statement {
	args := []jen.Code{at.name}
	for _, a := range s.Args {
		args = append(args, a.code())
	}
	return jen.Id("r").Dot(s.Method).Call(args...)
}

func (s *Scalar) drop(g *jen.Group, at place) { g.Add(s.call(at)) }

func (s *Scalar) fill(g *jen.Group, at place, v func() *jen.Statement) {
	g.Add(v()).Op("=").Add(s.read(at))
}

func (s *Scalar) own(g *jen.Group, v func() *jen.Statement) bool {
	if !s.Alias {
		return false
	}
	pkg := "strings"
	if s.bytes() {
		pkg = "bytes"
	}
	g.Add(v()).Op("=").Qual(pkg, "Clone").Call(v())
	return true
}

// KeyType is what the value's key function takes.
func (s *Scalar) KeyType() Type {
	switch s.Key {
	case "Text":
		return Named("string")
	case "Bytes", "JSON":
		return Bytes
	case "Decimal":
		return Decimal
	case "Bool":
		return Named("bool")
	case "Float":
		return Named("float64")
	case "Int":
		return Named("int64")
	}
	return Named("uint64")
}

// bytes reports whether the Go value is a slice of bytes.
func (s *Scalar) bytes() bool { return s.Go.Slice != nil || s.Go.Equal(Raw) }

// OfType is a value of a named type, which has its own pair of functions:
//
//	appendUnit(&w, "unit", m.Unit)
//	m.Unit = parseUnit(&r, "unit")
type OfType struct {
	Name string // Unit
	Go   Type
	// Bare: the functions take no field name (layouts, whose fields have
	// names of their own).
	Bare bool
	Args []Arg
	// told are what the functions of pairs take for the keys that count.
	told []jen.Code
	// Inner is what the value is without its name, for keys and copies; nil:
	// a struct, which the type's clone function copies, if Alias.
	Inner Value
	Alias bool
}

func (t *OfType) args(at place, first ...jen.Code) []jen.Code {
	args := first[:1:1]
	if !t.Bare {
		args = append(args, at.name)
	}
	return append(args, first[1:]...)
}

func (t *OfType) write(g *jen.Group, at place, v *jen.Statement) {
	args := t.args(at, at.pass("w"), v)
	for _, a := range t.Args {
		if !a.ReadOnly {
			args = append(args, a.code())
		}
	}
	g.Id("append" + t.Name).Call(append(args, t.told...)...)
}

func (t *OfType) read(at place) *jen.Statement {
	args := t.args(at, at.pass("r"))
	for _, a := range t.Args {
		args = append(args, a.code())
	}
	return jen.Id("parse" + t.Name).Call(append(args, t.told...)...)
}

func (t *OfType) fill(g *jen.Group, at place, v func() *jen.Statement) {
	g.Add(v()).Op("=").Add(t.read(at))
}

func (t *OfType) drop(g *jen.Group, at place) { g.Add(t.read(at)) }

func (t *OfType) own(g *jen.Group, v func() *jen.Statement) bool {
	switch {
	case !t.Alias:
		return false
	case t.Inner != nil:
		return t.Inner.own(g, v)
	}
	g.Add(v()).Op("=").Id("clone" + t.Name).Call(v())
	return true
}

// Checked is a counted value of a type with limits.
//
//	m.Name = r.FixedText("name", int(nName))
//	if why := limitsName(m.Name); why != "" {
//		r.Fail("name", why)
//	}
type Checked struct {
	*Scalar
	Limits string
}

func (v *Checked) write(g *jen.Group, at place, x *jen.Statement) {
	v.check(g, "w", at, x.Clone())
	v.Scalar.write(g, at, x)
}

func (v *Checked) read(place) *jen.Statement { return nil }

func (v *Checked) fill(g *jen.Group, at place, x func() *jen.Statement) {
	v.Scalar.fill(g, at, x)
	v.check(g, "r", at, x())
}

func (v *Checked) drop(g *jen.Group, at place) { v.check(g, "r", at, v.Scalar.read(at)) }

func (v *Checked) check(g *jen.Group, fail string, at place, x *jen.Statement) {
	g.If(jen.Id("why").Op(":=").Id("limits"+v.Limits).Call(x), jen.Id("why").Op("!=").Lit("")).Block(
		jen.Id(fail).Dot("Fail").Call(at.name, jen.Id("why")),
	)
}
