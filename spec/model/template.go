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
	// Members are those of an OpObject, which is all that its message says.
	Members []*Member
	// OpField of type bytes(counted), counted text or counted list: the count
	// op that says how many. Nil: not counted.
	Count *Op
	// Sized is the count of the bytes of an OpField that is a list, where its items
	// differ in size. Count is then that of the items, or the same where there is none.
	Sized *Op
	// Tells are the counts among the keys of an OpField of pairs, each with its
	// term, in the order of Pairs.Counts.
	Tells []*Op
	// Until is the line that ends an OpField of lines without a count: a list
	// without a separator, or pairs on lines. It is the next of the template, or
	// the frame's end.
	Until *Line
	// DecideLine: Sep is what the part's first line begins with.
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

// Line is the line that ends a list, as a receiver knows it: it begins with Text
// and, if Whole, is nothing else. With Items the items are known instead, as the
// line that ends them is not: the first line of each has Text behind Skip bytes. The
// zero Line is the end of the frame: then a line break comes before each line, not
// after it.
type Line struct {
	Text  string
	Whole bool
	Items bool
	Skip  int
}

// ToEnd reports whether op is lines that go on to the frame's end.
func (op *Op) ToEnd() bool { return op.Until != nil && *op.Until == Line{} }

// Object is the JSON object among ops, all that the message says; nil where it is
// none.
func Object(ops []*Op) *Op {
	for _, op := range ops {
		if op.Kind == OpObject {
			return op
		}
	}
	return nil
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
	OpObject   OpKind = "object" // what the message says is a JSON object

	OpConst   OpKind = "const"   // bits that are the same in every frame of the message
	OpFlag    OpKind = "flag"    // a bit that says whether parts are there: derived, as counts are
	OpSize    OpKind = "size"    // the frame's count
	OpSum     OpKind = "sum"     // the frame's checksum
	OpBody    OpKind = "body"    // what follows ends where the layout goes on, whatever it is
	OpBodyEnd OpKind = "bodyend" // … here
	OpPayload OpKind = "payload" // of a layout alone: where the message's ops are
)

// Decide is how a receiver knows that an optional part is there.
type Decide string

// The ways to decide.
const (
	DecideEOL        Decide = "eol"        // the line does not end here
	DecideByte       Decide = "byte"       // the part's first byte comes next
	DecideLine       Decide = "line"       // the line ends here, and the next begins as the part's does
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
	Item  int    // with Bytes: how many bytes each item has; 0: that differs
	N     int64
	Minus bool
}
