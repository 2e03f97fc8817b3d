package emit

import "github.com/dave/jennifer/jen"

// Limited is a built-in type with limits: it has no Go type of its own, only a
// pair of functions that check.
//
//	func appendInterval(w *wire.Writer, field string, v uint16) {
//		if why := limitsInterval(v); why != "" {
//			w.Fail(field, why)
//		}
//		w.Uint(field, uint64(v), 16)
//	}
//
//	func limitsInterval(v uint16) string {
//		if v < 1 || v > 3600 {
//			return "is not in 1..3600"
//		}
//		return ""
//	}
type Limited struct {
	Name   string
	Doc    Doc
	Base   Value
	Go     Type
	Limits []Limit
	Extra  Extra
	// Counted: values only ever have a count before them; there are no
	// functions to read and write, only the limits.
	Counted bool
}

// Limit is a condition under which a value is refused.
type Limit struct {
	Min, Max *Bound
	Length   int       // at most so many bytes; 0: not limited
	Chars    [][2]rune // all that may occur, as ranges; empty: not limited
	Reason   string
}

// Bound is one end of a range: a number, or a decimal.
type Bound struct {
	Number  any // int64, uint64, float64
	Decimal bool
	Coef    int64
	Scale   uint8
}

func (l *Limited) code() []jen.Code {
	var list []jen.Code
	if !l.Counted {
		list = l.pair()
	}
	list = append(list, l.limits())
	for _, limit := range l.Limits {
		if len(limit.Chars) > 0 {
			list = append(list, l.outside(limit.Chars))
		}
	}
	return list
}

// pair are the functions that write and read.
func (l *Limited) pair() []jen.Code {
	return []jen.Code{
		l.Doc.code().Add(appendFunc(l.Name, l.Go, false, l.Extra).BlockFunc(func(g *jen.Group) {
			l.check(g, "w")
			l.Base.write(g, inNamed(), jen.Id("v"))
		})),
		parseFunc(l.Name, l.Go.code(), false, l.Extra).BlockFunc(func(g *jen.Group) {
			if e := l.Base.read(inNamed()); e != nil {
				g.Id("v").Op(":=").Add(e)
			} else {
				g.Var().Id("v").Add(l.Go.code())
				l.Base.fill(g, inNamed(), func() *jen.Statement { return jen.Id("v") })
			}
			l.check(g, "r")
			g.Return(jen.Id("v"))
		}),
	}
}

// outside tells the characters that may not occur.
//
//	func notInSerial(c rune) bool {
//		return (c < '0' || c > '9') && c != '-'
//	}
func (l *Limited) outside(ranges [][2]rune) jen.Code {
	cond := jen.Null()
	for i, r := range ranges {
		if i > 0 {
			cond.Op("&&")
		}
		if r[0] == r[1] {
			cond.Id("c").Op("!=").LitRune(r[0])
			continue
		}
		cond.Parens(jen.Id("c").Op("<").LitRune(r[0]).Op("||").Id("c").Op(">").LitRune(r[1]))
	}
	return jen.Comment("// notIn" + l.Name + " reports whether c may not occur.").Line().
		Func().Id("notIn" + l.Name).Params(jen.Id("c").Rune()).Bool().Block(jen.Return(cond))
}

// check calls the function that knows the limits.
func (l *Limited) check(g *jen.Group, fail string) {
	g.If(jen.Id("why").Op(":=").Id("limits"+l.Name).Call(jen.Id("v")), jen.Id("why").Op("!=").Lit("")).Block(
		jen.Id(fail).Dot("Fail").Call(jen.Id("field"), jen.Id("why")),
	)
}

func (l *Limited) limits() jen.Code {
	return jen.Comment("// limits" + l.Name + " says why v is refused, or gives an empty text.").Line().
		Func().Id("limits" + l.Name).Params(jen.Id("v").Add(l.Go.code())).String().BlockFunc(func(g *jen.Group) {
		for _, limit := range l.Limits {
			g.If(l.refused(limit)).Block(jen.Return(jen.Lit(limit.Reason)))
		}
		g.Return(jen.Lit(""))
	})
}

// refused is the condition of a refused value.
func (l *Limited) refused(limit Limit) *jen.Statement {
	pkg := "strings"
	if l.Go.Slice != nil {
		pkg = "bytes"
	}
	switch {
	case limit.Length > 0:
		return jen.Len(jen.Id("v")).Op(">").Lit(limit.Length)
	case len(limit.Chars) > 0:
		return jen.Qual(pkg, "ContainsFunc").Call(jen.Id("v"), jen.Id("notIn"+l.Name))
	case limit.Min != nil && limit.Max != nil:
		if _, ok := limit.Min.Number.(float64); ok { // what is no number is neither below nor above
			return jen.Op("!").Parens(limit.Min.compare(">=").Op("&&").Add(limit.Max.compare("<=")))
		}
		return limit.Min.compare("<").Op("||").Add(limit.Max.compare(">"))
	case limit.Min != nil:
		return limit.Min.compare("<")
	}
	return limit.Max.compare(">")
}

// compare is v < 1, or v.Cmp(wire.Decimal{Coef: 15, Scale: 1}) < 0.
func (b *Bound) compare(op string) *jen.Statement {
	if !b.Decimal {
		return jen.Id("v").Op(op).Add(literal(b.Number))
	}
	return jen.Id("v").Dot("Cmp").Call(b.decimal()).Op(op).Lit(0)
}

// decimal is wire.Decimal{Coef: 15, Scale: 1}.
func (b *Bound) decimal() *jen.Statement {
	return jen.Qual(wirePath, "Decimal").Values(
		jen.Id("Coef").Op(":").Add(literal(b.Coef)), jen.Id("Scale").Op(":").Add(literal(uint64(b.Scale))),
	)
}
