package dynamictest

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// fill puts values into the struct that into points to: its fields are those of
// the spec, in the same order, but for "_".
func fill(into any, fields []*model.Field, values codec.Values) error {
	return fillStruct(reflect.ValueOf(into).Elem(), fields, values)
}

func fillStruct(v reflect.Value, fields []*model.Field, values codec.Values) error {
	if v.NumField() != len(fields) {
		return fmt.Errorf("%s has %d fields, not %d", v.Type(), v.NumField(), len(fields))
	}
	for i, f := range fields {
		value, ok := values.Get(f.Name)
		if !ok {
			continue
		}
		field := v.Field(i)
		if field.Kind() == reflect.Pointer {
			field.Set(reflect.New(field.Type().Elem()))
			field = field.Elem()
		} else if set := optional(field); set.IsValid() {
			set.SetBool(true)
			field = field.FieldByName("Value")
		}
		if err := fillValue(field, f.Type, value); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

// optional is the Set field of a wire.Optional, else invalid.
func optional(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Struct || v.NumField() != 2 {
		return reflect.Value{}
	}
	return v.FieldByName("Set")
}

func fillValue(v reflect.Value, t *model.Type, value any) error {
	if value == nil {
		return nil // an item that is a layout of a part that is not there
	}
	if set := optional(v); set.IsValid() && set.Kind() == reflect.Bool {
		set.SetBool(true)
		v = v.FieldByName("Value")
	}
	switch x := value.(type) {
	case codec.Values:
		return fillStruct(v, codec.FieldsOf(inner(t)), x)
	case codec.Enum:
		return fillEnum(v, inner(t), x)
	case []any:
		return fillList(v, inner(t).Elem, x)
	}
	r := reflect.ValueOf(value)
	if !r.CanConvert(v.Type()) || r.Kind() == reflect.String != (v.Kind() == reflect.String) {
		return fmt.Errorf("%s cannot be %s", r.Type(), v.Type())
	}
	v.Set(r.Convert(v.Type()))
	return nil
}

// inner is the type behind layouts of one field and padding.
func inner(t *model.Type) *model.Type {
	for {
		switch {
		case t.Single() != nil:
			t = t.Single().Type
		case t.Kind == model.Padded:
			t = t.Elem
		default:
			return t
		}
	}
}

func fillList(v reflect.Value, elem *model.Type, items []any) error {
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		if err := fillValue(v.Index(i), elem, item); err != nil {
			return err
		}
	}
	return nil
}

// fillEnum sets text, or the number that an enum is on the wire.
func fillEnum(v reflect.Value, t *model.Type, e codec.Enum) error {
	switch {
	case v.Kind() == reflect.String:
		v.SetString(e.Wire)
		return nil
	case v.CanUint():
		base := 10
		if t.Kind == model.Enum && t.Elem != nil && t.Elem.Kind == model.Hex {
			base = 16
		}
		n, err := strconv.ParseUint(e.Wire, base, 64)
		v.SetUint(n)
		return err
	case v.CanInt():
		n, err := strconv.ParseInt(e.Wire, 10, 64)
		v.SetInt(n)
		return err
	default:
		return fmt.Errorf("an enum cannot be %s", v.Type())
	}
}
