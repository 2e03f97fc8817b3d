package codec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// convertNumber gives nil, without an error, where v is no number.
func convertNumber(t *model.Type, v any) (any, error) {
	if d, ok := v.(wire.Decimal); ok && t.Kind == model.Decimal {
		return checked(t, d)
	}
	text, ok := numberText(v)
	if !ok {
		return nil, nil
	}
	n, err := parseNumber(t, text)
	if err != nil {
		return nil, &wire.FieldError{Reason: "is not of type " + describe(t)}
	}
	return checked(t, n)
}

// parseNumber reads a number as documents write it; what is not negative may be
// hexadecimal.
func parseNumber(t *model.Type, text string) (any, error) {
	switch t.Kind {
	case model.Int:
		return strconv.ParseInt(text, 10, bits(t))
	case model.Uint, model.Digits, model.Hex:
		digits, hex := strings.CutPrefix(text, "0x")
		if hex {
			return strconv.ParseUint(digits, 16, bits(t))
		}
		return strconv.ParseUint(text, 10, bits(t))
	case model.Decimal:
		return wire.ParseDecimal(text)
	case model.Float:
		return strconv.ParseFloat(text, 64)
	default:
		return nil, fmt.Errorf("%s is no number", t.Kind)
	}
}

// numberText is a number as text; ok is false for what is none.
func numberText(v any) (text string, ok bool) {
	switch v := v.(type) {
	case model.Number:
		return string(v), true
	case json.Number:
		return v.String(), true
	case wire.Decimal:
		return v.String(), true
	}
	switch r := reflect.ValueOf(v); {
	case r.CanInt():
		return strconv.FormatInt(r.Int(), 10), true
	case r.CanUint():
		return strconv.FormatUint(r.Uint(), 10), true
	case r.CanFloat():
		return strconv.FormatFloat(r.Float(), 'f', -1, 64), true
	default:
		return "", false
	}
}

// jsonNumbers makes the numbers of a document ones that JSON knows.
func jsonNumbers(v any) any {
	switch v := v.(type) {
	case model.Number:
		return json.Number(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = jsonNumbers(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = jsonNumbers(x)
		}
		return out
	default:
		return v
	}
}

func compact(raw []byte) (any, error) {
	var out bytes.Buffer
	if json.Compact(&out, raw) != nil {
		return nil, &wire.FieldError{Reason: "is not valid JSON"}
	}
	return out.Bytes(), nil
}
