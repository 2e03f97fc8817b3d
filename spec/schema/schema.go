package schema

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/linewright/linewright/spec/language"
)

// JSON is the schema, indented, with a line break at its end. It is the same each
// time.
func JSON() []byte {
	root := construct(language.Document)
	root.Schema = "http://json-schema.org/draft-07/schema#"
	for _, c := range language.Constructs()[1:] {
		root.Definitions = append(root.Definitions, member{definition(c), construct(c)})
	}
	root.Definitions = append(root.Definitions, shared...)
	data, err := marshal(root)
	if err != nil {
		panic(err) // all of it is of this package's own making
	}
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "\t"); err != nil {
		panic(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// definition is the name by which others refer to a construct.
func definition(c *language.Construct) string { return strings.ReplaceAll(c.Name, " ", "_") }

func ref(name string) *node { return &node{Ref: "#/definitions/" + name} }

// construct is the schema of a map with keys of its own.
func construct(c *language.Construct) *node {
	n := &node{Type: "object", Additional: false, MinKeys: c.Least}
	for _, k := range c.All() {
		n.Properties = append(n.Properties, member{k.Name, property(k)})
		if k.Required {
			n.Required = append(n.Required, k.Name)
		}
	}
	for _, names := range c.OneOf {
		n.AllOf = append(n.AllOf, anyKey(names, "one of these is wanted: "+strings.Join(names, ", ")))
		n.Needs = append(n.Needs, alone(names)...)
	}
	if len(c.Ways) > 0 {
		n.AllOf = append(n.AllOf, oneWay(c))
	}
	for _, k := range c.Keys { // not those of the map: in their order
		if beside := c.Needs[k.Name]; beside != nil {
			n.Needs = append(n.Needs, member{k.Name, anyKey(beside, k.Name+" goes with "+strings.Join(beside, " or "))})
		}
	}
	if c == language.Frame {
		n.AllOf = append(n.AllOf, frameEnds())
	}
	return n
}

// property is the schema of a key: that of its value, with what it means.
func property(k language.Key) *node {
	n := form(k.Form)
	doc := sentence(k.Doc)
	if fallback := k.Fallback(); fallback != "" {
		// Not as default: editors would write all defaults of a map with its key.
		if value := literal(k.Form, fallback); value != nil {
			fallback = "`" + fallback + "`"
			n.Examples = examples(k.Form, value)
		}
		doc += " Default: " + fallback + "."
	}
	if k.Form.Kind == language.Integer && k.Form.Low == k.Form.High {
		n.Examples = []any{k.Form.Low} // there is one
	}
	n.Markdown, n.Description = doc, strings.ReplaceAll(doc, "`", "")
	return n
}

// examples are what an editor offers to write: a default that one begins with, but
// true where false goes without saying.
func examples(f *language.Form, fallback any) []any {
	switch f.Kind {
	case language.Bool:
		return []any{true}
	case language.Duration, language.Percent, language.Integer, language.Number:
		return []any{fallback}
	}
	return nil
}

// sentence is a line of the reference as a sentence.
func sentence(doc string) string {
	return strings.ToUpper(doc[:1]) + doc[1:] + "."
}

// anyKey says that one of these keys is there; want says so to the writer.
func anyKey(names []string, want string) *node {
	n := &node{}
	for _, name := range names {
		n.AnyOf = append(n.AnyOf, &node{Required: []string{name}, Error: want})
	}
	return n
}

// alone says of each of these keys that those behind it are not there, too.
func alone(names []string) members {
	var all members
	for i, name := range names[:len(names)-1] {
		others := &node{}
		for _, other := range names[i+1:] {
			others.Properties = append(others.Properties, member{other, false})
		}
		all = append(all, member{name, others})
	}
	return all
}

// oneWay says that all keys of one list are there, and no other.
func oneWay(c *language.Construct) *node {
	n := &node{}
	var ways []string
	for _, way := range c.Ways {
		ways = append(ways, "{"+strings.Join(way, ", ")+"}")
	}
	for _, way := range c.Ways {
		one := &node{Required: way, MaxKeys: len(way), Error: "one of these is wanted: " + strings.Join(ways, ", ")}
		n.OneOf = append(n.OneOf, one)
	}
	return n
}

// frameEnds says that lines of text want a terminator, unless a layout says where
// a frame ends.
func frameEnds() *node {
	text := &node{Properties: members{{"content", &node{Const: "text"}}}, Not: &node{Required: []string{"layout"}}}
	return &node{If: text, Then: &node{Required: []string{"ends"}, Error: "nothing says where a frame ends: add ends, as in ends: LF"}}
}
