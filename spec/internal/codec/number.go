package codec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// convertNumber gives nil, without an error, where v is no number.
func convertNumber(t *model.Type, v any) (any, error) {
	if t.Scale != "" {
		return convertScaled(t, v)
	}
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

// errForm is about numbers that other loaders would read, in one way or another.
var errForm = errors.New("leading zeros or a plus sign")

// parseNumber reads a number as documents write it. One of hex digits, or of
// bytes, may be hexadecimal; leading zeros come only with a fixed width, and
// fill it.
func parseNumber(t *model.Type, text string) (any, error) {
	digits := strings.TrimPrefix(text, "-")
	if len(digits) > 1 && digits[0] == '0' && isDigit(digits[1]) && len(text) != t.Width || text != "" && text[0] == '+' {
		return nil, errForm
	}
	switch t.Kind {
	case model.Int:
		return strconv.ParseInt(text, 10, bits(t))
	case model.Hex, model.Uint, model.Digits:
		if hex, ok := strings.CutPrefix(text, "0x"); ok && (t.Kind == model.Hex || t.Binary != "") {
			return strconv.ParseUint(hex, 16, bits(t))
		}
		return strconv.ParseUint(text, 10, bits(t))
	case model.Decimal:
		return wire.ParseDecimal(text)
	case model.Float:
		return strconv.ParseFloat(text, bits(t))
	default:
		return nil, fmt.Errorf("%s is no number", t.Kind)
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

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
