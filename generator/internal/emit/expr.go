package emit

import "github.com/dave/jennifer/jen"

// Expr is a value made at run time: what a spec's `with` and `set` say. Its
// source may be used once.
type Expr struct {
	Type Type
	Text bool // of a type whose underlying type is string
	bare bool // a literal, which has no type of its own
	code func() *jen.Statement
	// brief is the code without the type, in a list of that type; nil: code.
	brief func() *jen.Statement
}

// Source is the code as text.
func (e *Expr) Source() string { return e.code().GoString() }

// Const is a literal of a type.
func Const(v any, t Type) *Expr {
	return &Expr{Type: t, bare: true, code: func() *jen.Statement { return literal(v) }}
}

// ConstDecimal is wire.Decimal{Coef: 215, Scale: 1}.
func ConstDecimal(coef int64, scale uint8) *Expr {
	fields := func() *jen.Statement {
		return jen.Values(jen.Id("Coef").Op(":").Add(literal(coef)), jen.Id("Scale").Op(":").Add(literal(uint64(scale))))
	}
	return &Expr{
		Type:  Decimal,
		code:  func() *jen.Statement { return jen.Qual(wirePath, "Decimal").Add(fields()) },
		brief: fields,
	}
}

// Var is a variable, or a field of one: p.User.
func Var(path string, t Type) *Expr {
	return &Expr{Type: t, code: func() *jen.Statement { return jen.Id(path) }}
}

// Concat is text put together: "<" + info.Stamp + ">".
func Concat(parts []*Expr) *Expr {
	return &Expr{Type: Named("string"), code: func() *jen.Statement {
		s := jen.Null()
		for i, p := range parts {
			if i > 0 {
				s.Op("+")
			}
			s.Add(p.code())
		}
		return s
	}}
}

// Call is a function of package expr: expr.Hex(…).
func Call(name string, result Type, args ...*Expr) *Expr {
	return &Expr{Type: result, code: func() *jen.Statement {
		var list []jen.Code
		for _, a := range args {
			list = append(list, a.code())
		}
		return jen.Qual(exprPath, name).Call(list...)
	}}
}

// ParseID is session.ParseID(x): the id in a text.
func ParseID(e *Expr) *Expr {
	return &Expr{Type: Named("uint64"), code: func() *jen.Statement {
		return jen.Qual(sessionPath, "ParseID").Call(Convert(e, Named("string")).code())
	}}
}

// Convert is uint16(x), []byte(x).
func Convert(e *Expr, t Type) *Expr {
	if e.Type.Equal(t) {
		return e
	}
	return &Expr{Type: t, code: func() *jen.Statement { return t.code().Call(e.code()) }}
}

// Format writes an integer in decimal digits: strconv.FormatUint(x, 10).
func Format(e *Expr, signed bool) *Expr {
	wide, name := Named("uint64"), "FormatUint"
	if signed {
		wide, name = Named("int64"), "FormatInt"
	}
	return &Expr{Type: Named("string"), code: func() *jen.Statement {
		return jen.Qual("strconv", name).Call(Convert(e, wide).code(), jen.Lit(10))
	}}
}

// FormatFloat is the shortest form of a float.
func FormatFloat(e *Expr) *Expr {
	return &Expr{Type: Named("string"), code: func() *jen.Statement {
		return jen.Qual("strconv", "FormatFloat").Call(e.code(), jen.LitRune('g'), jen.Lit(-1), jen.Lit(64))
	}}
}

// Stringer is x.String().
func Stringer(e *Expr) *Expr {
	return &Expr{Type: Named("string"), code: func() *jen.Statement { return e.code().Dot("String").Call() }}
}

// Cond is a condition of a step, or of one of its values.
type Cond struct {
	code func() *jen.Statement
	not  func() *jen.Statement // its opposite; nil: put a ! before it
}

// Present is the condition that a value is not its type's zero: p.User != "".
func Present(e *Expr) Cond {
	return Cond{
		code: func() *jen.Statement { return compareZero(e, "!=", ">") },
		not:  func() *jen.Statement { return compareZero(e, "==", "==") },
	}
}

// compareZero compares a value with its type's zero; length is the operator for
// what has one.
func compareZero(e *Expr, op, length string) *jen.Statement {
	switch {
	case e.Type.Slice != nil || e.Type.Equal(Raw):
		return jen.Len(e.code()).Op(length).Lit(0)
	case e.Type.Equal(Decimal):
		return e.code().Op(op).Parens(jen.Qual(wirePath, "Decimal").Values())
	case e.Type.Equal(Named("bool")) && op == "!=":
		return e.code()
	case e.Type.Equal(Named("bool")):
		return jen.Op("!").Add(e.code())
	case e.Type.Equal(Named("string")) || e.Text:
		return e.code().Op(op).Lit("")
	}
	return e.code().Op(op).Lit(0)
}

// IsSet is the condition that an optional field is there: info.Nonce.Set.
func IsSet(path string) Cond {
	return Cond{code: func() *jen.Statement { return jen.Id(path).Dot("Set") }}
}

// Came is the condition that a message came on this link.
func Came(message string) Cond {
	captured := func(op string) func() *jen.Statement {
		return func() *jen.Statement { return jen.Id("v").Dot("Captured").Index(jen.Id(message)).Op(op).Nil() }
	}
	return Cond{code: captured("!="), not: captured("==")}
}

// Secure is the condition that the link has TLS, or will have it.
func Secure() Cond {
	return Cond{code: func() *jen.Statement { return jen.Id("v").Dot("TLS") }}
}

// opposite is the condition that not all of them hold.
func opposite(conds []Cond) *jen.Statement {
	switch {
	case len(conds) == 1 && conds[0].not != nil:
		return conds[0].not()
	case len(conds) == 1:
		return jen.Op("!").Add(conds[0].code())
	}
	return jen.Op("!").Parens(and(conds))
}

// and joins conditions.
func and(conds []Cond) *jen.Statement {
	s := jen.Null()
	for i, c := range conds {
		if i > 0 {
			s.Op("&&")
		}
		s.Add(c.code())
	}
	return s
}

// Literal is source for a value of a type: nil, Unit{}, make([]byte, 4).
func Literal(source string, t Type) *Expr {
	named := t.Slice != nil || t.Path != ""
	return &Expr{Type: t, bare: !named, code: func() *jen.Statement {
		if named {
			return t.code().Call(jen.Op(source))
		}
		return jen.Op(source)
	}}
}

// FieldValue is a field of a struct, and its value.
type FieldValue struct {
	Go    string
	Value *Expr
}

// StructOf is Unit{Name: "    "}.
func StructOf(t Type, parts []FieldValue) *Expr {
	return &Expr{Type: t, code: func() *jen.Statement {
		return t.code().ValuesFunc(func(g *jen.Group) {
			for _, p := range parts {
				g.Id(p.Go).Op(":").Add(p.Value.code())
			}
		})
	}}
}

// ListOf is []uint8{1, 2}.
func ListOf(t Type, items []*Expr) *Expr {
	return &Expr{Type: t, code: func() *jen.Statement {
		return t.code().ValuesFunc(func(g *jen.Group) {
			for _, item := range items {
				if item.brief != nil {
					g.Add(item.brief())
					continue
				}
				g.Add(item.code())
			}
		})
	}}
}

// Record is Point{X: 1, Y: p.Y}.
func Record(t Type, names []string, values []*Expr) *Expr {
	fields := func(g *jen.Group) {
		for i, name := range names {
			g.Id(name).Op(":").Add(values[i].code())
		}
	}
	return &Expr{
		Type:  t,
		code:  func() *jen.Statement { return t.code().ValuesFunc(fields) },
		brief: func() *jen.Statement { return jen.ValuesFunc(fields) },
	}
}

// Choose is one of two texts by a bool: expr.Choose(x, "on", "off").
func Choose(e *Expr, on, off string) *Expr {
	text := Named("string")
	return Call("Choose", text, e, Const(on, text), Const(off, text))
}

// New is a pointer to x: new(x).
func New(e *Expr) *Expr {
	return &Expr{Type: Type{Pointer: &e.Type}, code: func() *jen.Statement { return jen.New(e.code()) }}
}

// Some is wire.Some(x); where x is a literal, wire.Some[uint8](3).
func Some(e *Expr) *Expr {
	return &Expr{Type: OptionalOf(e.Type), code: func() *jen.Statement {
		some := jen.Qual(wirePath, "Some")
		if e.bare && !e.Type.Equal(Named("string")) && !e.Type.Equal(Named("bool")) {
			some = some.Types(e.Type.code())
		}
		return some.Call(e.code())
	}}
}
