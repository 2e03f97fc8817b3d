package dynamic

import (
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// Map gives values by field name: of a command, of parameters, of a layout or
// a JSON object inside one. A field that is nil or left out is absent.
//
//	text, word, quoted      string
//	integers, digits, hex   any Go integer, json.Number
//	decimal, scaled numbers wire.Decimal, any number, json.Number
//	float                   any number, json.Number
//	bool                    bool
//	bytes                   []byte, string; hexbytes, base64: a string is their wire form
//	enum                    string (the value's name, else its wire form), Enum, any integer
//	list                    any slice
//	layout, JSON object     Map, map[string]any, Values; a layout with one field: that field's
//	json                    []byte, string, json.RawMessage; anything else is marshalled
type Map = map[string]any

// Values are the fields of a message, command, layout or JSON object, in the
// order of the wire. They print without secrets; an absent field is nil.
//
// A value is a string, int64, uint64, float64, bool, []byte, [wire.Decimal],
// [Enum], []any for lists, or Values for layouts and JSON objects.
type Values = codec.Values

// Item is one field of Values.
type Item = codec.Item

// Enum is a value of an enum: its name, where the spec has one, and its wire form.
type Enum = codec.Enum

// Equal reports whether two values are the same; decimals with their scale.
func Equal(a, b any) bool { return codec.Equal(a, b) }

// Record makes the values of fields out of what is given. The error joins a
// [*wire.FieldError] for each unknown, missing or unfit field, without its value.
func (p *Protocol) Record(fields []*model.Field, given Map) (Values, error) {
	return codec.Record(&p.plan.Framing, fields, given)
}
