package codec

import (
	"strconv"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// AppendKey appends the key encoding of fields' values, in their order: equal
// keys are equal values. An optional field is KeyBool(present), then its value
// if it is; lists are their length and items, layouts and JSON objects their
// fields in order, enums what carries them.
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
		base := enumBase(inner(t))
		return appendKey(dst, base, carried(base, v.Wire))
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

// carried is the value that carries an enum: text, or a number.
func carried(base *model.Type, text string) any {
	switch base.Kind {
	case model.Int:
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	case model.Uint, model.Digits:
		n, _ := strconv.ParseUint(text, 10, 64)
		return n
	case model.Hex:
		n, _ := strconv.ParseUint(text, 16, 64)
		return n
	default:
		return text
	}
}

// inner is the type of the fields behind layouts of one field and padding.
func inner(t *model.Type) *model.Type {
	for {
		switch {
		case t.Single() != nil:
			t = t.Body.Fields[0].Type
		case t.Kind == model.Padded:
			t = t.Elem
		default:
			return t
		}
	}
}
