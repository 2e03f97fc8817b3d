package model

// Field is a named value: of a message, a command, a layout, a json type, or a
// parameter.
type Field struct {
	Named
	Type     *Type
	Optional bool
	Secret   bool
	Unit     string
	// Derived fields are counts: computed when sending, never set by users,
	// not part of the Go struct.
	Derived bool
	// Default is what a parameter is that is not given, in the wire's form, or
	// what it means that a field of a message or command is absent, which then
	// is not Optional: it is not sent where it has that value. HasDefault tells
	// it from none.
	Default    string
	HasDefault bool
	// Set is the automatic value (`set:`); the caller does not give it.
	Set *Expr
}

// Type is a built-in with its arguments, or a named type.
type Type struct {
	Named   // Name is empty for a built-in
	Kind    Kind
	Bits    int       // Int, Uint: 8 to 64; in binary form 1 to 64
	Width   int       // Digits, Hex, Padded, Text(n), Bytes(n): exactly so many; 0: open
	Words   [2]string // Bool: true, false
	Flavour string    // Quoted: c, json, doubled
	Fill    string    // Padded: the byte that fills it up; empty: a blank
	// Binary is the form of an Int, Uint or Float in binary frames; empty: text.
	// Bits is then 1 to 64, of a Float 32 or 64.
	Binary Binary
	// Elem is the items' type of a List, what a Padded pads, and the type that
	// an Enum's values are written as (text, word, digits or an integer); of
	// the latter Values hold the canonical wire form. secret(T) is resolved
	// away into Field.Secret.
	Elem *Type
	// Sep is a List's separator. A List without one stands alone on its lines.
	// Where it is counted, its op follows an OpBreak and each item is preceded
	// by a line break, that one included; else it goes on until the line that
	// Op.Until says, and each item is followed by a line break, the OpBreak
	// after it included. So an empty list leaves no line. One with a separator
	// is never counted; where it is empty nothing is written.
	Sep    string
	Values []EnumValue // Enum
	Open   bool        // Enum: unknown values are kept
	Body   *Template   // Layout; PairsOf: an OpField for each key, in their order
	Pairs  *Pairs      // PairsOf
	// Leads are, by Body.Ops, the texts that the forms of a OneOf begin with, no
	// two alike; Order are the forms, those with the longest text first. Body has
	// an optional field of a layout for each, just one of which has a value.
	Leads []string
	Order []int
	// Depth is, of a OneOf whose values may hold others of it, how many may be in
	// each other, the outermost counted; types of one Group, which counts from 1,
	// hold each other, and are counted together. Zero is the form that is sent for
	// a field that nobody sees: it holds no other value of the type.
	Depth, Group, Zero int
	Members            []*Member // JSON
	// Constraints of an `is:` type, which otherwise is the type it names.
	Range *Range
	Unit  string // of an `is:` type; Field.Unit has it too
	Max   int    // length in bytes; 0: not limited
	Chars string // all that may occur: characters and ranges, as in "a-z0-9_-"
	// Scale, of an Int, Uint, Digits or Hex, is the decimal that one on the wire
	// stands for: values are decimals, its multiples. Range is of what is on the
	// wire. Empty: the value is the number itself.
	Scale string
}

// Kind is what a Type is.
type Kind string

// The kinds of this language version.
const (
	Text     Kind = "text" // to the next literal or line end; Width: exactly so many bytes
	Word     Kind = "word" // no blanks, not empty
	Quoted   Kind = "quoted"
	Dotted   Kind = "dotted" // a whole line; one that begins with a dot has one more on the wire
	Int      Kind = "int"
	Uint     Kind = "uint"
	Decimal  Kind = "decimal"
	Float    Kind = "float"
	Digits   Kind = "digits"   // exactly Width decimal digits, leading zeros kept: a Go uint64
	Hex      Kind = "hex"      // exactly Width hex digits: a Go uint64
	HexBytes Kind = "hexbytes" // pairs of hex digits: Go []byte
	Base64   Kind = "base64"
	Bool     Kind = "bool"
	Padded   Kind = "padded" // Elem in exactly Width characters, filled up on the left for numbers, on the right for text
	List     Kind = "list"
	Bytes    Kind = "bytes" // counted, or Width
	JSONRaw  Kind = "json"  // any JSON value
	Enum     Kind = "enum"
	Layout   Kind = "layout"
	JSON     Kind = "json_object"
	PairsOf  Kind = "pairs"
	OneOf    Kind = "one_of"
)

// Pairs are keys with values, in any order: `key: value`, each on a line or with
// text between them. A key whose type is a list without a separator may come any
// number of times, each time with an item.
type Pairs struct {
	Keys    []string // as they are on the wire, by Type.Body.Ops
	Between string   // key and value
	Each    string   // stands between pairs; empty: each is on a line
	Stops   []string // of keys and values, that are pairs on one line
	First   []int    // indexes of the keys that open a record: one, or several, just one of which is in each
	AnyKey  bool     // keys may hold blanks
	// Counts are the keys that say how long a later field of the template is; they
	// stand behind the others, and no field holds them.
	Counts []*PairCount
	// Others is the field of the keys that nothing names, and of those that come
	// once more than they may: a list of a layout of two texts. Nil: refused.
	Others *Field
}

// PairCount is a key whose value is the length of a field that follows the pairs.
type PairCount struct {
	Key      string
	Of       string // the field's name, in each template that has such pairs
	Op       *Op    // OpCount without terms: its type, and where it ends
	Optional bool   // left out where nothing is counted
}

// Binary is how a number is written in binary frames.
type Binary string

// The binary forms.
const (
	BigEndian    Binary = "big"    // whole bytes, the highest first
	LittleEndian Binary = "little" // whole bytes, the lowest first
	BitField     Binary = "bits"   // part of a byte, or of several, the highest bit first
	Varint       Binary = "varint" // seven bits a byte, the lowest first
)

// EnumValue is one value of an enum.
type EnumValue struct {
	Named
	Wire string
}

// Range is inclusive at both ends, in the wire's number form.
type Range struct{ Min, Max string }

// Member is one member of a JSON object, or one item of a list of which each
// item has a meaning of its own: a constant, a field, an object, or such a list.
type Member struct {
	Key string // of a member
	// Optional: the member may be absent. The field of an optional member, and
	// the fields inside an optional object, are optional too (Field.Optional);
	// inside such an object, those whose member is not optional come together.
	Optional bool
	Const    any // bool, int64, string, or nil where it is none
	IsConst  bool
	Field    *Field
	Object   []*Member
	// Items are those of a list, which has exactly so many; not nil for one.
	Items []*Member
	// Others: the member stands for all that have no other place here. Its
	// field, of type json and optional, holds them as an object.
	Others bool
	Pos    Pos
}

// Inside are the members of an object, or the items of a list.
func (m *Member) Inside() []*Member {
	if m.Items != nil {
		return m.Items
	}
	return m.Object
}

// Keys are those that members give a place to.
func Keys(members []*Member) []string {
	var keys []string
	for _, m := range members {
		if !m.Others {
			keys = append(keys, m.Key)
		}
	}
	return keys
}

// Filler is what fills a Padded up.
func (t *Type) Filler() byte {
	if t.Fill == "" {
		return ' '
	}
	return t.Fill[0]
}
