package codec

import (
	"errors"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// zero is what is sent for a field that nobody sees: 0, false, empty text or
// bytes, an empty list, JSON's null, an enum's first value, the first of several forms
// that holds no other value of the type; text(n) is blanks.
// A word has no zero, as it is never empty.
func zero(t *model.Type) any {
	if t.Scale != "" {
		return scaled(t, int64(0))
	}
	switch t.Kind {
	case model.Int:
		return int64(0)
	case model.Uint, model.Digits, model.Hex:
		return uint64(0)
	case model.Decimal:
		return wire.Decimal{}
	case model.Float:
		return float64(0)
	case model.Bool:
		return false
	case model.HexBytes, model.Base64:
		return []byte{}
	case model.Bytes:
		return make([]byte, t.Width)
	case model.JSONRaw:
		return []byte("null")
	case model.List:
		return []any{}
	case model.Padded:
		return zero(t.Elem)
	case model.Enum:
		return zeroEnum(t)
	case model.Layout, model.PairsOf, model.OneOf, model.JSON:
		return zeroValues(t)
	default:
		return strings.Repeat(" ", t.Width)
	}
}

// Unsent says why what is sent for a field of t that nobody sees is none of its
// values, as a word is never empty; nil: it is one.
func Unsent(f *wire.Framing, t *model.Type) error {
	_, err := appendValue(f, t, ignored, zero(t))
	if err == nil {
		return nil
	}
	return errors.New(reason(err))
}

func zeroEnum(t *model.Type) any {
	if len(t.Values) == 0 {
		return Enum{}
	}
	return Enum{Name: t.Values[0].Name, Wire: t.Values[0].Wire}
}

func zeroValues(t *model.Type) any {
	if t.Single() != nil {
		return zero(t.Body.Fields[0].Type)
	}
	var out Values
	for i, f := range FieldsOf(t) {
		if !f.Optional || t.Kind == model.OneOf && i == t.Zero {
			out = append(out, Item{Name: f.Name, Value: zero(f.Type), Secret: f.Secret})
		}
	}
	return out
}

// FieldsOf gives the fields of a layout, of pairs or of a JSON object, in wire order; nil for
// any other type.
func FieldsOf(t *model.Type) []*model.Field {
	switch t.Kind {
	case model.Layout, model.PairsOf, model.OneOf:
		return t.Body.Fields
	case model.JSON:
		return memberFields(t.Members)
	default:
		return nil
	}
}

// memberFields are the fields of members and of the objects inside them.
func memberFields(members []*model.Member) []*model.Field {
	var out []*model.Field
	for _, m := range members {
		if m.Field != nil && m.Field.Name != ignored {
			out = append(out, m.Field)
		}
		out = append(out, memberFields(m.Inside())...)
	}
	return out
}
