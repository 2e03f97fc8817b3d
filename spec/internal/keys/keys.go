package keys

import "slices"

// Kind is what is known about a value.
type Kind uint8

// The kinds of values.
const (
	Any      Kind = iota // nothing
	Duration             // a duration, a word, or a map with the keys of Of
	Size                 // a size in bytes
	Is                   // a map with the keys of Of, or something shorter
	Names                // a map from names to what Of is
)

// Value is what the language has at one place of a document.
type Value struct {
	Kind Kind
	Of   *Construct
}

// Construct is a map of the language.
type Construct struct {
	Keys []Key // in the order in which they are written
}

// Key is one key, with what it holds.
type Key struct {
	Name  string
	Value Value
}

// At is the value of a key, for a value that is a map.
func (v Value) At(key string) Value {
	switch c := v.Construct(); {
	case v.Kind == Names:
		return Value{Is, v.Of}
	case c != nil && c.Rank(key) >= 0:
		return c.Keys[c.Rank(key)].Value
	}
	return Value{}
}

// Construct is what a map at this place is; nil where its keys are the
// document's.
func (v Value) Construct() *Construct {
	if v.Kind == Names {
		return nil
	}
	return v.Of
}

// Rank is a key's place in the order, or -1.
func (c *Construct) Rank(key string) int {
	return slices.IndexFunc(c.Keys, func(k Key) bool { return k.Name == key })
}

// construct makes a construct of keys and lists of keys.
func construct(parts ...any) *Construct {
	c := &Construct{}
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			c.Keys = append(c.Keys, Key{Name: part})
		case Key:
			c.Keys = append(c.Keys, part)
		case []Key:
			c.Keys = append(c.Keys, part...)
		}
	}
	return c
}

func each(kind Kind, names ...string) (list []Key) {
	for _, name := range names {
		list = append(list, Key{name, Value{Kind: kind}})
	}
	return list
}

func is(name string, of *Construct) Key    { return Key{name, Value{Is, of}} }
func names(name string, of *Construct) Key { return Key{name, Value{Names, of}} }
func duration(names ...string) []Key       { return each(Duration, names...) }
func size(names ...string) []Key           { return each(Size, names...) }
