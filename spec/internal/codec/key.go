package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// AppendKey appends the key encoding of fields' values, in their order: equal
// keys are equal values. An optional field is KeyBool(present), then its value
// if it is; lists are their length and items, layouts and JSON objects their
// fields in order, enums the value that carries them.
func AppendKey(dst []byte, fields []*model.Field, v Values) []byte {
	for _, f := range fields {
		value, ok := v.Get(f.Name)
		if f.Optional {
			dst = wire.KeyBool(dst, ok)
		}
		if ok {
			dst = appendKey(dst, f.Type, value)
		}
	}
	return dst
}

func appendKey(dst []byte, t *model.Type, value any) []byte {
	switch v := value.(type) {
	case string:
		return wire.KeyText(dst, v)
	case Enum:
		return enumKey(dst, enumBase(inner(t)), v.Wire)
	case int64:
		return wire.KeyInt(dst, v)
	case uint64:
		return wire.KeyUint(dst, v)
	case wire.Decimal:
		return wire.KeyDecimal(dst, v)
	case float64:
		return wire.KeyFloat(dst, v)
	case bool:
		return wire.KeyBool(dst, v)
	case []byte:
		if t.Kind == model.JSONRaw {
			return wire.KeyJSON(dst, v)
		}
		return wire.KeyBytes(dst, v)
	case []any:
		dst = wire.KeyUint(dst, uint64(len(v)))
		for _, item := range v {
			dst = appendKey(dst, t.Elem, item)
		}
		return dst
	case Values:
		return AppendKey(dst, FieldsOf(inner(t)), v)
	default:
		return dst
	}
}

// enumKey appends the key of the value that carries an enum.
func enumKey(dst []byte, base *model.Type, text string) []byte {
	carried, err := FromText(&wire.Framing{}, base, text)
	if err != nil {
		return wire.KeyText(dst, text)
	}
	return appendKey(dst, base, carried)
}

// inner is the type of the fields behind layouts of one field and padding.
func inner(t *model.Type) *model.Type {
	for {
		switch {
		case single(t):
			t = t.Body.Fields[0].Type
		case t.Kind == model.Padded:
			t = t.Elem
		default:
			return t
		}
	}
}
