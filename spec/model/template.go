package model

// Template is a wire form.
type Template struct {
	Ops    []*Op
	Fields []*Field // that the user sees, in wire order: no counts, no `_`; layouts' fields are inside their Type
	Source string   // as in the document
	Header string   // what it fixes of its frame's layout, as in the document; empty: nothing
	Frame  uint8    // the kind of frame that it is in
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
	// Members are those of an OpObject, which is all of its template.
	Members []*Member
	// OpField of type bytes(counted), counted text or counted list: the count
	// op that says how many. Nil: not counted.
	Count *Op
	// Until is the line that ends an OpField of lines without a count: a list
	// without a separator, or pairs on lines. It is the next of the template.
	Until *Line
	// DecideSeparators: Sep is the separator; the part is present where more
	// than After of them are left on the line.
	Sep   string
	After int
	// Rest: the OpField goes on to the frame's end, but for Tail bytes. Of an
	// OpOptional with DecideLeft, Tail is what follows it.
	Rest bool
	Tail int
	// Value is the bits of an OpConst, as wide as Field's type.
	Value uint64
	// Flag is the field that tells whether an OpOptional with DecideFlag is there;
	// Parts are those that an OpFlag tells of.
	Flag  *Field
	Parts []*Op
	Pos   Pos
}

// Line is a line as a receiver knows it: it begins with Text and, if Whole, is
// nothing else.
type Line struct {
	Text  string
	Whole bool
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
	OpObject   OpKind = "object" // the frame is a JSON object

	OpConst    OpKind = "const"    // bits that are the same in every frame of the message
	OpFlag     OpKind = "flag"     // a bit that says whether parts are there: derived, as counts are
	OpSize     OpKind = "size"     // the frame's count
	OpSum      OpKind = "sum"      // the frame's checksum
	OpBody     OpKind = "body"     // what follows ends where the layout goes on, whatever it is
	OpBodyEnd  OpKind = "bodyend"  // … here
	OpVariants OpKind = "variants" // one of Body, fields of layouts that begin with different literals
	OpPayload  OpKind = "payload"  // of a layout alone: where the message's ops are
)

// Decide is how a receiver knows that an optional part is there.
type Decide string

// The ways to decide.
const (
	DecideEOL        Decide = "eol"        // the line does not end here
	DecideByte       Decide = "byte"       // the part's first byte comes next
	DecideSeparators Decide = "separators" // by the number of separators left
	DecideLeft       Decide = "left"       // more than Tail bytes are left in the frame
	DecideFlag       Decide = "flag"       // Flag is not zero
	DecideText       Decide = "text"       // its text comes next; it has no field, and is always sent
)

// Term is a summand of a count: a field's length (bytes, or items of a list),
// or a number.
type Term struct {
	Field *Field // nil: N
	Bytes bool   // `.bytes`: the list's bytes, not its items
	Item  int    // with Bytes: how many bytes each item has
	N     int64
	Minus bool
}
