package language

// Construct is a map of the document that has keys of its own.
type Construct struct {
	// Name is what the reference's table of its keys is called: "liveness.probe".
	Name string
	// Keys are in the order in which they are written, without those that
	// everything with a name has.
	Keys []Key
	// Common are keys that it has besides, which stand behind the first Lead of
	// its own: what has a name says first what it is about; what mostly fits one
	// line, such as a parameter or the value of an enum, says it last.
	Common []Key
	Lead   int
	// What keys say about each other:
	OneOf [][]string          // exactly one key of each list is there
	Ways  [][]string          // just the keys of one of these lists are there
	Needs map[string][]string // a key, and those of which one must be beside it
	Least int                 // how many keys there are at least
}

// All are the keys in the order in which they are written.
func (c *Construct) All() []Key {
	if c == nil {
		return nil
	}
	all := append([]Key{}, c.Keys[:c.Lead]...)
	return append(append(all, c.Common...), c.Keys[c.Lead:]...)
}

// Key is one key of a construct.
type Key struct {
	Name     string
	Required bool
	// Doc says what it means, in a line of Markdown, and Default what it is where
	// it is left out: a value as one writes it, or words.
	Doc, Default string
	Form         *Form
	// Bare: it has no default, although its form is a choice of words, of which
	// the first is the default otherwise.
	Bare bool
}

// Fallback is what stands for the key where it is left out: a value as one writes
// it, or words; empty: nothing does.
func (k Key) Fallback() string {
	if k.Default != "" || k.Required || k.Bare {
		return k.Default
	}
	if f := k.Form.Forms()[0]; f.Kind == Word {
		return f.Words[0].Word
	}
	return ""
}

// Kind is a sort of values.
type Kind string

// The kinds of values.
const (
	Text       Kind = "text"        // anything but nothing, in quotes or not
	Word       Kind = "word"        // one of Words
	Bool       Kind = "bool"        // true or false
	Integer    Kind = "integer"     // from Low to High
	Number     Kind = "number"      // the same with decimal places
	Duration   Kind = "duration"    // 500ms, 10s, 1.5m
	Size       Kind = "size"        // 4KiB
	Percent    Kind = "percent"     // 50%
	Version    Kind = "version"     // 1.0.0
	Name       Kind = "name"        // a name in snake_case, new or one that the document has
	GoName     Kind = "go name"     // an exported identifier of Go
	Path       Kind = "path"        // a parameter, a message, or a field of one: hello.stamp
	Range      Kind = "range"       // 1..100
	Bytes      Kind = "bytes"       // CRLF, 0x0d0a
	Hex        Kind = "hex"         // pairs of hex digits, blanks ignored
	Template   Kind = "template"    // quoted text with holes
	Type       Kind = "type"        // a type expression: list(word,',')
	Expression Kind = "expression"  // quoted text with expressions in braces
	Value      Kind = "value"       // a scalar, or a list or map of values
	Object     Kind = "object"      // the members of a JSON object
	Anything   Kind = "anything"    // whatever YAML has
	Map        Kind = "map"         // a map with the keys of one of In
	Table      Kind = "table"       // a map from names of that sort (Names) to Of
	List       Kind = "list"        // a list of Of
	OneOrMore  Kind = "one or more" // Of, or a list of it
	Either     Kind = "either"      // one of Any, which differ in sort
)

// Form is what a value looks like.
type Form struct {
	Kind      Kind
	Words     []WordDoc    // of a Word
	Low, High float64      // of an Integer or a Number
	In        []*Construct // of a Map: which of several one key tells (Tells); the last is it where none does
	Of        *Form        // of what is in it
	Any       []*Form
	Names     Names // of a Table's keys
	Least     int   // how many are in it
	Like      []string
}

// Names is a sort of a table's keys.
type Names string

// The sorts of names.
const (
	Snake  Names = "snake"  // names in snake_case
	Pascal Names = "pascal" // names in PascalCase
	Free   Names = "free"   // any text
)

// WordDoc is a word that may stand somewhere, and what it means.
type WordDoc struct{ Word, Doc string }

// Tells is the key that tells a construct from others that may stand in the same
// place; empty: it is the one where no key does.
func (c *Construct) Tells() string { return tells[c] }

func text(like ...string) *Form { return &Form{Kind: Text, Like: like} }

func word(words ...string) *Form {
	f := &Form{Kind: Word}
	for i := 0; i < len(words); i += 2 {
		f.Words = append(f.Words, WordDoc{words[i], words[i+1]})
	}
	return f
}

func integer(low, high float64) *Form    { return &Form{Kind: Integer, Low: low, High: high} }
func number(low, high float64) *Form     { return &Form{Kind: Number, Low: low, High: high} }
func duration(like ...string) *Form      { return &Form{Kind: Duration, Like: like} }
func size(like ...string) *Form          { return &Form{Kind: Size, Like: like} }
func of(kind Kind, like ...string) *Form { return &Form{Kind: kind, Like: like} }
func in(c ...*Construct) *Form           { return &Form{Kind: Map, In: c} }
func either(any ...*Form) *Form          { return &Form{Kind: Either, Any: any} }
func oneOrMore(of *Form) *Form           { return &Form{Kind: OneOrMore, Of: of, Least: 1} }
func list(least int, of *Form) *Form     { return &Form{Kind: List, Of: of, Least: least} }

func table(names Names, least int, of *Form) *Form {
	return &Form{Kind: Table, Names: names, Of: of, Least: least}
}

// need is a key that must be there.
func need(name, doc string, form *Form) Key {
	return Key{Name: name, Required: true, Doc: doc, Form: form}
}

// may is a key that need not be there; fallback is what it is then.
func may(name, doc, fallback string, form *Form) Key {
	return Key{Name: name, Doc: doc, Default: fallback, Form: form}
}

// bare is a key that need not be there, and nothing stands for it then.
func bare(name, doc string, form *Form) Key { return Key{Name: name, Doc: doc, Form: form, Bare: true} }

// no is a key that is true or false, and false unless it is there.
func no(name, doc string) Key { return may(name, doc, "false", of(Bool)) }

// documentation are the keys of everything that people read about.
var documentation = []Key{
	may("doc", "what it is: it goes into the generated documentation", "", text()),
	may("ref", "where the manual says so", "", text()),
	may("since", "in which version of the device it came", "", text()),
	may("deprecated", "why it should not be used any more", "", text()),
}

// named are the keys of everything that has a name.
var named = append([]Key{may("go_name", "what it is called in Go, where its own name does not do", "", of(GoName))}, documentation...)
