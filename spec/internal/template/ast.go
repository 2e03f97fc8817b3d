package template

// Span is a place in the parsed string, in bytes.
type Span struct{ Offset, Len int }

// At returns the span itself; nodes embed it.
func (s Span) At() Span { return s }

// End is the offset just after the span.
func (s Span) End() int { return s.Offset + s.Len }

// Template is a parsed template.
type Template struct {
	Nodes []Node
	// Lines is the number of lines, at least 1.
	Lines int
}

// Node is one element of a template: *Lit, *Break, *Empty, *NoEOL, *Field,
// *Same, *Count or *Opt.
type Node interface{ At() Span }

// Lit is literal text: braces unescaped, control names resolved, neighbours
// joined. It is never empty and holds no line break that was written as one.
type Lit struct {
	Span
	Text string

	text []byte // while it grows
}

// Break is a line break inside the template.
type Break struct{ Span }

// Empty is {}, the only content of an empty line.
type Empty struct{ Span }

// NoEOL is {NOEOL}, the end of a prompt.
type NoEOL struct{ Span }

// Name is an identifier with its place.
type Name struct {
	Span
	Text string
}

// Field is {name:type}.
type Field struct {
	Span
	Name Name // Text is "_" where the value is ignored
	Type *Type
}

// Same is {name}, a field's value once more.
type Same struct {
	Span
	Name Name
}

// Count is {#a+b+2:type}.
type Count struct {
	Span
	Terms []Term
	Type  *Type // nil: none given
}

// Term is a summand of a count: a name, or a number where Name.Text is empty.
type Term struct {
	Span
	Name  Name
	Bytes bool // name.bytes
	N     int64
	Minus bool
}

// Opt is {?…} or {flag?…}.
type Opt struct {
	Span
	Flag Name // Text is empty for {?…}
	Body []Node
}

// Type is a type expression: a name, with arguments or without.
type Type struct {
	Span
	Name string
	Args []Arg
	// Parens tells "f()" from "f".
	Parens bool
}

// Arg is an argument of a type: exactly one of a type, a text in quotes and
// a number.
type Arg struct {
	Span
	Type   *Type
	Text   string
	IsText bool
	Num    int
	IsNum  bool
}

// Value is a value of with or set: literals and expressions, to be joined.
type Value struct{ Parts []Part }

// Part is a literal, or an expression where Expr is set.
type Part struct {
	Span
	Lit  string
	Expr Expr
}

// Expr is *Ref, *Text, *Number, *Join or *Call.
type Expr interface{ At() Span }

// Ref is a name or a dotted path: "user", "info.max_payload".
type Ref struct {
	Span
	Path []Name // at least one
}

// Text is 'text'.
type Text struct {
	Span
	Text string
}

// Number is a decimal number, an argument of some functions.
type Number struct {
	Span
	N int64
}

// Join is a + b + …: the texts joined.
type Join struct {
	Span
	Terms []Expr // at least two
}

// Call is f(…).
type Call struct {
	Span
	Func Name
	Args []Expr
}
