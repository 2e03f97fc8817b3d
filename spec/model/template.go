package model

// Template is a wire form.
type Template struct {
	Ops    []*Op
	Fields []*Field // that the user sees, in wire order: no counts, no `_`; layouts' fields are inside their Type
	Source string   // as in the document
	Prompt bool     // {NOEOL}: a message of one line, complete without its end
}

// Op is one element of a template.
type Op struct {
	Kind  OpKind
	Lit   string // OpLit
	Field *Field // OpField, OpSame, OpCount (Derived); its name is "_" where ignored
	// Stops are, for an OpField of an open type, the literals that end it; the
	// line end always does. Those of a list end its last item; the others end
	// at Sep. Those of a layout are with its last op.
	Stops  []string
	Terms  []Term // OpCount
	Decide Decide // OpOptional
	Body   []*Op  // OpOptional
	// OpField of type bytes(counted), counted text or counted list: the count
	// op that says how many. Nil: not counted.
	Count *Op
	// DecideSeparators: Sep is the separator; the part is present where more
	// than After of them are left on the line.
	Sep   string
	After int
	Pos   Pos
}

// OpKind is what an Op is.
type OpKind string

// The kinds of Op. Others come with later constructs.
const (
	OpLit      OpKind = "lit"
	OpBreak    OpKind = "break" // line break inside the frame
	OpField    OpKind = "field"
	OpSame     OpKind = "same" // the same value again
	OpCount    OpKind = "count"
	OpOptional OpKind = "opt"
)

// Decide is how a receiver knows that an optional part is there.
type Decide string

// The ways to decide.
const (
	DecideEOL        Decide = "eol"        // the line does not end here
	DecideByte       Decide = "byte"       // the part's first byte comes next
	DecideSeparators Decide = "separators" // by the number of separators left
)

// Term is a summand of a count: a field's length (bytes, or items of a list),
// or a number.
type Term struct {
	Field *Field // nil: N
	Bytes bool   // `.bytes`: the list's bytes, not its items
	N     int64
	Minus bool
}
