package codec

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Record makes the values of fields out of what people and documents give:
//
//	text, word, quoted      string
//	integers, digits, hex   any Go integer, json.Number, model.Number
//	decimal, scaled numbers wire.Decimal, any number
//	float                   any number
//	bool                    bool
//	bytes                   []byte, string, {hex: 00ff}; hexbytes and base64: a string is their wire form
//	enum                    string (its name, else its wire form), Enum, a number
//	list                    any slice
//	layout, JSON object     map[string]any, Values; a layout with one field: that field's
//	json                    []byte, string, json.RawMessage; anything else is marshalled
//
// Nil is absent. Nothing is coerced beyond this. The error joins a
// [*wire.FieldError] for each field that is unknown, missing or of a wrong type,
// in the order of their names' paths; of very many, the first.
func Record(f *wire.Framing, fields []*model.Field, given map[string]any) (Values, error) {
	return record(f, fields, given, "")
}

func record(f *wire.Framing, fields []*model.Field, given map[string]any, path string) (Values, error) {
	var errs []error
	fail := func(name, why string) { errs = append(errs, &wire.FieldError{Field: below(path, name), Reason: why}) }
	for _, name := range unknown(fields, given) {
		fail(name, "is not a field"+known(fields))
	}
	out := make(Values, len(fields))
	for i, field := range fields {
		out[i] = Item{Name: field.Name, Secret: field.Secret}
		v := given[field.Name]
		switch {
		case v != nil:
			value, err := convert(f, field.Type, v, below(path, field.Name))
			if err != nil {
				errs = append(errs, err)
			}
			out[i].Value = value
		case field.HasDefault:
			out[i].Value = Default(field)
		case !field.Optional && len(errs) < maxErrors:
			fail(field.Name, isMissing)
		}
	}
	return out, errors.Join(errs...)
}

// What an error lists is bounded: mistakes, and the fields that there are.
const (
	maxErrors = 20
	maxKnown  = 10
)

// unknown are the names that are no fields, sorted; of many, the first.
func unknown(fields []*model.Field, given map[string]any) []string {
	names := maps.Clone(given)
	for _, f := range fields {
		delete(names, f.Name)
	}
	sorted := slices.Sorted(maps.Keys(names))
	return sorted[:min(len(sorted), maxErrors)]
}

// known lists the fields that there are.
func known(fields []*model.Field) string {
	if len(fields) == 0 {
		return "; there are none"
	}
	names := make([]string, min(len(fields), maxKnown))
	for i := range names {
		names[i] = fields[i].Name
	}
	more := ""
	if len(fields) > maxKnown {
		more = ", …"
	}
	return "; there are " + strings.Join(names, ", ") + more
}

func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Convert makes one value, as Record does.
func Convert(f *wire.Framing, t *model.Type, v any) (any, error) { return convert(f, t, v, "") }

func convert(f *wire.Framing, t *model.Type, v any, path string) (any, error) {
	switch {
	case t.Single() != nil:
		field := t.Body.Fields[0]
		if m, ok := v.(map[string]any); ok && len(m) == 1 && m[field.Name] != nil {
			v = m[field.Name]
		}
		return convert(f, field.Type, v, path)
	case t.Kind == model.Layout, t.Kind == model.PairsOf, t.Kind == model.OneOf, t.Kind == model.JSON:
		return convertRecord(f, t, v, path)
	case t.Kind == model.List:
		return convertList(f, t, v, path)
	case t.Kind == model.Padded:
		return convert(f, t.Elem, v, path)
	}
	out, err := convertScalar(f, t, v)
	if err != nil {
		return nil, &wire.FieldError{Field: path, Reason: reason(err)}
	}
	if out == nil {
		why := "must be " + describe(t)
		if _, number := v.(model.Number); number && t.Kind != model.Bool {
			why += ": put it in quotes"
		}
		return nil, &wire.FieldError{Field: path, Reason: why}
	}
	return out, nil
}

func convertRecord(f *wire.Framing, t *model.Type, v any, path string) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		if t.Kind == model.PairsOf {
			v = mayRepeat(t, v)
		}
		return record(f, FieldsOf(t), v, path)
	case Values:
		m := make(map[string]any, len(v))
		for _, it := range v {
			m[it.Name] = it.Value
		}
		return record(f, FieldsOf(t), m, path)
	default:
		return nil, &wire.FieldError{Field: path, Reason: "must be a map of " + describe(t) + "'s fields"}
	}
}

// mayRepeat adds empty lists for the keys that need not come.
func mayRepeat(t *model.Type, given map[string]any) map[string]any {
	out := maps.Clone(given)
	for _, f := range t.Body.Fields {
		if standsOnLines(f.Type) && out[f.Name] == nil {
			out[f.Name] = []any{}
		}
	}
	return out
}

func convertList(f *wire.Framing, t *model.Type, v any, path string) (any, error) {
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice || r.Type().Elem().Kind() == reflect.Uint8 {
		return nil, &wire.FieldError{Field: path, Reason: "must be a list"}
	}
	items := make([]any, r.Len())
	for i := range items {
		item, err := convert(f, t.Elem, r.Index(i).Interface(), itemPath(path, i))
		if err != nil {
			return nil, err
		}
		items[i] = item
	}
	return items, nil
}

// convertScalar gives nil, without an error, where v is of a wrong type.
func convertScalar(f *wire.Framing, t *model.Type, v any) (any, error) {
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
		if s, ok := v.(string); ok {
			return checked(t, s)
		}
	case model.Bool:
		if b, ok := v.(bool); ok {
			return b, nil
		}
	case model.Bytes:
		switch v := v.(type) {
		case []byte:
			return checked(t, slices.Clone(v))
		case string:
			return checked(t, []byte(v))
		case map[string]any:
			return hexValue(t, v)
		}
	case model.HexBytes, model.Base64:
		switch v := v.(type) {
		case []byte:
			return checked(t, slices.Clone(v))
		case string:
			return FromText(f, t, v)
		}
	case model.Enum:
		return convertEnum(t, v)
	case model.JSONRaw:
		return convertJSON(v)
	default:
		return convertNumber(t, v)
	}
	return nil, nil
}

// hexValue is {hex: 00ff}, bytes that are no text; nil for other maps.
func hexValue(t *model.Type, v map[string]any) (any, error) {
	digits, ok := v["hex"].(string)
	if n, number := v["hex"].(model.Number); number {
		digits, ok = string(n), true
	}
	if !ok || len(v) != 1 {
		return nil, nil
	}
	b, err := hex.DecodeString(strings.Join(strings.Fields(digits), ""))
	if err != nil {
		return nil, &wire.FieldError{Reason: "is not pairs of hex digits"}
	}
	return checked(t, b)
}

func convertEnum(t *model.Type, v any) (any, error) {
	switch v := v.(type) {
	case Enum:
		if e, ok := enumOf(t, v.Wire); ok && e.Name != "" {
			return e, nil // as it is on the wire, which need not be as numbers are given
		}
		return enumFrom(t, v.Wire)
	case string:
		return enumFrom(t, v)
	default:
		if text, ok := numberText(v); ok {
			return enumFrom(t, text)
		}
		return nil, nil
	}
}

func convertJSON(v any) (any, error) {
	var raw []byte
	switch v := v.(type) {
	case []byte:
		raw = v
	case json.RawMessage:
		raw = v
	case string:
		raw = []byte(v)
	default:
		b, err := json.Marshal(jsonNumbers(v))
		if err != nil {
			return nil, &wire.FieldError{Reason: "cannot be written as JSON"}
		}
		raw = b
	}
	return compact(raw)
}
