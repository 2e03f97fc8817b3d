package dynamictest

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
)

// equal reports whether two frames mean the same. JSON that is kept as it came
// may be written in another way: the dynamic codec keeps it compact, and what is
// sent is compact and, on some links, ASCII.
func equal(a, b Frame) bool {
	return reflect.DeepEqual(plainly(reflect.ValueOf(a)), plainly(reflect.ValueOf(b)))
}

// plainly is a value in which all JSON is written alike. Structs become lists of
// their fields.
func plainly(v reflect.Value) any {
	if raw, ok := v.Interface().(json.RawMessage); ok {
		return standard(raw)
	}
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil():
		return nil
	case v.Kind() == reflect.Pointer:
		return plainly(v.Elem())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return string(v.Bytes())
	case v.Kind() == reflect.Struct:
		fields := []any{v.Type()}
		for i := range v.NumField() {
			fields = append(fields, plainly(v.Field(i)))
		}
		return fields
	case v.CanFloat():
		return math.Float64bits(v.Float() + 0) // what is no number is equal to itself, and -0 is 0
	case v.Kind() == reflect.Slice:
		items := []any{v.Type()}
		for i := range v.Len() {
			items = append(items, plainly(v.Index(i)))
		}
		return items
	}
	return v.Interface()
}

// standard is the JSON that the standard library makes of raw; numbers stay as
// they are written.
func standard(raw json.RawMessage) string {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return string(raw)
	}
	out, err := json.Marshal(v)
	if err != nil {
		return string(raw)
	}
	return string(out)
}
