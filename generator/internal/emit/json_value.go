package emit

import "github.com/dave/jennifer/jen"

// JSONValue is how one value is written to a JSON object and read from it.
//
//	o.Uint("max_payload", uint64(v.MaxPayload), 32)
//	v.MaxPayload = uint32(o.Uint("max_payload", 32))
type JSONValue struct {
	Method   string // Text, Bool, Int, Uint, Decimal, Raw; or one of the next two
	Object   string // the type of an object
	List     *JSONValue
	Bits     int // of Int and Uint
	Go, Wire Type
	Closed   bool   // an enum that must be valid
	Clone    bool   // text that must not alias the frame: of an enum
	Limits   string // the type whose limits hold
}

// Zero is what is sent for a member that nobody sees.
func (v *JSONValue) Zero() *jen.Statement { return jen.Op("*").New(v.Go.code()) }

func (v *JSONValue) write(g *jen.Group, c *objectCode, key string, x *jen.Statement) {
	if v.Limits != "" {
		g.If(jen.Id("why").Op(":=").Id("limits"+v.Limits).Call(x.Clone()), jen.Id("why").Op("!=").Lit("")).Block(
			jen.Id("o").Dot("Fail").Call(jen.Lit(key), jen.Id("why")),
		)
	}
	if v.Closed {
		g.If(jen.Op("!").Add(x.Clone()).Dot("valid").Call()).Block(
			jen.Id("o").Dot("Fail").Call(jen.Lit(key), jen.Lit(notInEnum)),
		)
	}
	switch {
	case v.Object != "":
		g.Id("o").Dot("Begin").Call(jen.Lit(key))
		g.Id("write"+v.Object).Call(c.pass(), x)
		g.Id("o").Dot("End").Call()
	case v.List != nil:
		g.Id("o").Dot("BeginList").Call(jen.Lit(key))
		g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(x)).BlockFunc(func(g *jen.Group) {
			v.List.write(g, c, key, jen.Id("item"))
		})
		g.Id("o").Dot("End").Call()
	default:
		if !v.Go.Equal(v.Wire) {
			x = v.Wire.code().Call(x)
		}
		args := []jen.Code{jen.Lit(key), x}
		if v.Bits > 0 {
			args = append(args, jen.Lit(v.Bits))
		}
		g.Id("o").Dot(v.Method).Call(args...)
	}
}

// read sets x from where it is.
func (v *JSONValue) read(g *jen.Group, at from, x func() *jen.Statement) {
	if v.List == nil {
		g.Add(x()).Op("=").Add(v.get(at))
		v.check(g, at, x)
		return
	}
	g.BlockFunc(func(g *jen.Group) {
		g.Id("list").Op(":=").Add(at.call("List"))
		g.Add(x()).Op("=").Make(jen.Index().Add(v.List.Go.code()), jen.Lit(0), jen.Id("list").Dot("Len").Call())
		g.For(jen.Id("i").Op(":=").Range().Id("list").Dot("Len").Call()).BlockFunc(func(g *jen.Group) {
			g.Id("item").Op(":=").Add(v.List.get(from{object: "list", at: func() *jen.Statement { return jen.Id("i") }}))
			v.List.check(g, at, func() *jen.Statement { return jen.Id("item") })
			g.Add(x()).Op("=").Append(x(), jen.Id("item"))
		})
	})
}

// get is the expression that reads from an object or a list.
func (v *JSONValue) get(at from) *jen.Statement {
	if v.Object != "" {
		return jen.Id("read" + v.Object).Call(at.call("Object"))
	}
	var args []jen.Code
	if v.Bits > 0 {
		args = append(args, jen.Lit(v.Bits))
	}
	e := at.call(v.Method, args...)
	if v.Clone {
		e = jen.Qual("strings", "Clone").Call(e)
	}
	if !v.Go.Equal(v.Wire) {
		e = v.Go.code().Call(e)
	}
	return e
}

func (v *JSONValue) check(g *jen.Group, at from, x func() *jen.Statement) {
	if v.Limits != "" {
		g.If(jen.Id("why").Op(":=").Id("limits"+v.Limits).Call(x()), jen.Id("why").Op("!=").Lit("")).Block(
			at.call("Fail", jen.Id("why")),
		)
	}
	if v.Closed {
		g.If(jen.Op("!").Add(x()).Dot("valid").Call()).Block(
			at.call("Fail", jen.Lit(notInEnum)),
		)
	}
}

// own lets a value that came from a frame stand on its own.
func (v *JSONValue) own(g *jen.Group, x func() *jen.Statement) bool {
	switch {
	case v.Object != "":
		g.Add(x()).Op("=").Id("clone" + v.Object).Call(x())
		return true
	case v.List != nil:
		l := &List{Elem: ownOnly{v.List}}
		return l.own(g, x)
	case v.Method == "Text" && !v.Clone:
		g.Add(x()).Op("=").Qual("strings", "Clone").Call(x())
		return true
	case v.Method == "Raw":
		g.Add(x()).Op("=").Qual("bytes", "Clone").Call(x())
		return true
	}
	return false
}

// ownOnly is a JSON value where only copies matter.
type ownOnly struct{ *JSONValue }

func (ownOnly) write(*jen.Group, place, *jen.Statement)       {}
func (ownOnly) read(place) *jen.Statement                     { return nil }
func (ownOnly) fill(*jen.Group, place, func() *jen.Statement) {}
func (ownOnly) drop(*jen.Group, place)                        {}

// OwnOnly is a JSON value as a [Value] that can be copied, and nothing else.
func OwnOnly(v *JSONValue) Value { return ownOnly{v} }
