package emit

import "github.com/dave/jennifer/jen"

// Enum is a type with named values.
//
//	type Unit string
//
//	const (
//		UnitCelsius Unit = "C"
//	)
//
//	func appendUnit(w *wire.Writer, field string, v Unit, stops ...string) {…}
//	func parseUnit(r *wire.Reader, field string, stops ...string) Unit {…}
type Enum struct {
	Name   string
	Doc    Doc
	Go     Type    // underlying
	Base   *Scalar // how a value is written; its Go type is the enum
	Values []EnumValue
	Open   bool
	Extra  Extra
}

// EnumValue is one constant.
type EnumValue struct {
	Name string // Go
	Spec string
	Doc  Doc
	Wire any // string or a number
}

func (e *Enum) code() []jen.Code {
	list := []jen.Code{
		e.Doc.code().Type().Id(e.Name).Add(e.Go.code()),
		e.constants(),
	}
	if !e.Open {
		list = append(list, e.valid())
	}
	if !e.text() {
		list = append(list, e.stringer())
	}
	return append(list, e.write(), e.read())
}

func (e *Enum) text() bool { return e.Go.Equal(Named("string")) }

func (e *Enum) constants() jen.Code {
	return Doc{Text("The values of " + e.Name + " that the spec names.")}.code().Const().DefsFunc(func(g *jen.Group) {
		for _, v := range e.Values {
			if lines := v.Doc.lines(); len(lines) > 0 {
				for _, line := range lines {
					g.Comment(line)
				}
			}
			g.Id(v.Name).Id(e.Name).Op("=").Add(literal(v.Wire))
		}
	})
}

func (e *Enum) names() []jen.Code {
	var names []jen.Code
	for _, v := range e.Values {
		names = append(names, jen.Id(v.Name))
	}
	return names
}

// valid is the test of a closed enum.
//
//	func (v Severity) valid() bool {
//		switch v {
//		case SeverityNotice, SeverityWarning:
//			return true
//		}
//		return false
//	}
func (e *Enum) valid() jen.Code {
	return jen.Comment("// valid reports whether v is one of the values that there are.").Line().
		Func().Params(jen.Id("v").Id(e.Name)).Id("valid").Params().Bool().Block(
		jen.Switch(jen.Id("v")).Block(jen.Case(e.names()...).Block(jen.Return(jen.True()))),
		jen.Return(jen.False()),
	)
}

// stringer gives numbers their names.
//
//	func (v FaultCode) String() string {
//		switch v {
//		case FaultCodeBusy:
//			return "busy"
//		}
//		return strconv.FormatUint(uint64(v), 10)
//	}
func (e *Enum) stringer() jen.Code {
	format, wide := "FormatUint", "uint64"
	if e.Base.Key == "Int" {
		format, wide = "FormatInt", "int64"
	}
	return Doc{Text("String is the spec's name of the value, or its number.")}.code().
		Func().Params(jen.Id("v").Id(e.Name)).Id("String").Params().String().Block(
		jen.Switch(jen.Id("v")).BlockFunc(func(g *jen.Group) {
			for _, v := range e.Values {
				g.Case(jen.Id(v.Name)).Block(jen.Return(jen.Lit(v.Spec)))
			}
		}),
		jen.Return(jen.Qual("strconv", format).Call(jen.Id(wide).Call(jen.Id("v")), jen.Lit(10))),
	)
}

const notInEnum = "is none of the enum's values"

func (e *Enum) write() jen.Code {
	return appendFunc(e.Name, Named(e.Name), false, e.Extra).BlockFunc(func(g *jen.Group) {
		if !e.Open {
			g.If(jen.Op("!").Id("v").Dot("valid").Call()).Block(
				jen.Id("w").Dot("Fail").Call(jen.Id("field"), jen.Lit(notInEnum)),
			)
		}
		e.Base.write(g, inNamed(), jen.Id("v"))
	})
}

// read of text gives constants, so that a known value does not alias the frame.
//
//	switch s := r.Text(field, stops...); s {
//	case "C":
//		return UnitCelsius
//	default:
//		return Unit(strings.Clone(s))
//	}
func (e *Enum) read() jen.Code {
	f := parseFunc(e.Name, jen.Id(e.Name), false, e.Extra)
	if !e.text() {
		return f.BlockFunc(func(g *jen.Group) {
			if e.Open {
				g.Return(e.Base.read(inNamed()))
				return
			}
			g.Id("v").Op(":=").Add(e.Base.read(inNamed()))
			g.If(jen.Op("!").Id("v").Dot("valid").Call()).Block(
				jen.Id("r").Dot("Fail").Call(jen.Id("field"), jen.Lit(notInEnum)),
			)
			g.Return(jen.Id("v"))
		})
	}
	plain := *e.Base
	plain.Go = plain.Wire
	return f.Block(jen.Switch(jen.Id("s").Op(":=").Add(plain.read(inNamed())), jen.Id("s")).BlockFunc(func(g *jen.Group) {
		for _, v := range e.Values {
			g.Case(jen.Lit(v.Wire)).Block(jen.Return(jen.Id(v.Name)))
		}
		if e.Open {
			g.Default().Block(jen.Return(jen.Id(e.Name).Call(jen.Qual("strings", "Clone").Call(jen.Id("s")))))
			return
		}
		g.Default().Block(
			jen.Id("r").Dot("Fail").Call(jen.Id("field"), jen.Lit(notInEnum)),
			jen.Return(jen.Lit("")),
		)
	}))
}
