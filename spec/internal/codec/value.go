package codec

import (
	"bytes"
	"math"

	"github.com/linewright/linewright/runtime/wire"
)

// A field's value is an any that holds one of:
//
//	nil           an optional field that is absent
//	string        text, word, quoted
//	int64         int
//	uint64        uint, digits, hex
//	wire.Decimal  decimal, scaled numbers
//	float64       float
//	bool          bool
//	[]byte        bytes, hexbytes, base64, json (compact)
//	Enum          enum
//	[]any         list
//	Values        layout with more or fewer than one field, json object
//
// A padded value is its inner one's.

// Values are the fields of a message, command, layout or JSON object, each
// once, in the order of the template.
type Values []Item

// Item is one field's value.
type Item struct {
	Name   string // in the spec
	Value  any
	Secret bool // never printed
}

// Enum is a value of an enum.
type Enum struct {
	Name string // in the spec; empty: an open enum's unknown value
	Wire string
}

// Get gives the value of a field; ok is false where there is no such field or
// it is absent.
func (v Values) Get(name string) (value any, ok bool) {
	return (&cursor{values: v}).get(name)
}

// index finds a field, looking from a place on; -1: there is none.
func (v Values) index(name string, from int) int {
	for i := range v {
		if at := (from + i) % len(v); v[at].Name == name {
			return at
		}
	}
	return -1
}

// cursor finds fields. Who asks for them in their order finds each at once,
// however many there are.
type cursor struct {
	values Values
	at     int // what was found last
}

func (c *cursor) get(name string) (value any, ok bool) {
	i := c.values.index(name, c.at)
	if i < 0 {
		return nil, false
	}
	c.at = i
	return c.values[i].Value, c.values[i].Value != nil
}

// Map gives the values by name, absent ones left out, nested values as maps
// too. Enums become their names, or their wire text where they have none.
// Secrets are in it.
func (v Values) Map() map[string]any {
	m := make(map[string]any, len(v))
	for _, it := range v {
		if it.Value != nil {
			m[it.Name] = plain(it.Value)
		}
	}
	return m
}

func plain(v any) any {
	switch v := v.(type) {
	case Values:
		return v.Map()
	case Enum:
		return v.String()
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = plain(v[i])
		}
		return out
	default:
		return v
	}
}

// Equal reports whether two values are the same: decimals with their scale, 0 and
// -0 alike, and not-a-number equals itself. An absent field equals one that is
// not listed.
func Equal(a, b any) bool {
	switch a := a.(type) {
	case Values:
		b, ok := b.(Values)
		return ok && a.covers(b) && b.covers(a)
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !Equal(a[i], b[i]) {
				return false
			}
		}
		return true
	case []byte:
		b, ok := b.([]byte)
		return ok && bytes.Equal(a, b)
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	case wire.Decimal:
		b, ok := b.(wire.Decimal)
		return ok && a == b
	default:
		return a == b
	}
}

// covers reports whether each value of b is in v and equal.
func (v Values) covers(b Values) bool {
	c := cursor{values: v}
	for _, it := range b {
		have, _ := c.get(it.Name)
		if !Equal(have, it.Value) {
			return false
		}
	}
	return true
}
