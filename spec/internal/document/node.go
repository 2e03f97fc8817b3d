package document

import "github.com/linewright/linewright/spec/model"

// Kind is what a [Node] is.
type Kind uint8

// The kinds of nodes.
const (
	Null   Kind = iota // nothing was written
	Scalar             // text, whatever it looks like
	Map
	List
	Refused // there is a finding about it already: say nothing more
)

// Style is how a scalar is written.
type Style uint8

// The styles of scalars.
const (
	Plain Style = iota
	SingleQuoted
	DoubleQuoted
	Literal // |
	Folded  // >
)

// Node is a value of the document.
type Node struct {
	Kind Kind
	// Value is a scalar's text, decoded. Nothing is coerced: a plain true,
	// 010 or ~ is that text.
	Value string
	Style Style
	// Pos is the value's first character: an opening quote or bracket, the |
	// of a block, a block map's first key. A Null has its key's place.
	Pos   model.Pos
	Keys  []*Entry // of a Map, in the document's order; no two are equal
	Items []*Node  // of a List
	// Tools that write a document again need to know more: see Read.
	Written Written

	src    *source
	start  int  // offset of Pos in src.data
	parent int  // column of the map or list around it, for scalars of several lines
	flow   bool // within brackets
}

// Entry is one key of a map, with its value.
type Entry struct {
	Key   string
	Pos   model.Pos // of the key
	Value *Node     // never nil
	from  int       // of the key in the source, quotes included
	to    int
}

// Get finds a map's key. It gives nil where there is none, or n is no map.
func (n *Node) Get(key string) *Entry {
	for _, e := range n.Keys {
		if e.Key == key {
			return e
		}
	}
	return nil
}

// Has reports whether a map has the key.
func (n *Node) Has(key string) bool { return n.Get(key) != nil }

// Nearest is the entry at a path of keys or, where the document does not have it, at
// the longest beginning of the path that it has: where it would be written. It says how
// many keys that are. In a list it looks at the first item.
func (n *Node) Nearest(path ...string) (e *Entry, found int) {
	for _, key := range path {
		if n != nil && n.Kind == List && len(n.Items) > 0 {
			n = n.Items[0]
		}
		if n == nil || !n.Has(key) {
			break
		}
		e = n.Get(key)
		n = e.Value
		found++
	}
	return e, found
}

// String names a kind as messages do: "a map", "a list", "a value", "nothing".
func (k Kind) String() string {
	return [...]string{"nothing", "a value", "a map", "a list", "what was refused"}[k]
}
