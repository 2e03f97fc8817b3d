package codec

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/linewright/linewright/runtime/wire"
)

// hidden stands for a secret wherever values are printed.
const hidden = "***"

// String prints the values as {channel: 3, unit: celsius}; absent ones are left
// out, secrets hidden.
func (v Values) String() string {
	var b strings.Builder
	b.WriteByte('{')
	for _, it := range v {
		if it.Value == nil {
			continue
		}
		if b.Len() > 1 {
			b.WriteString(", ")
		}
		b.WriteString(it.String())
	}
	b.WriteByte('}')
	return b.String()
}

// String prints the field as name: value; a secret hidden.
func (i Item) String() string {
	if i.Secret {
		return i.Name + ": " + hidden
	}
	return i.Name + ": " + Show(i.Value)
}

// Format prints the values as String does, whatever the verb: no verb shows a secret.
func (v Values) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, v.String()) }

// Format prints the field as String does, whatever the verb.
func (i Item) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, i.String()) }

// LogValue logs the values as String does.
func (v Values) LogValue() slog.Value { return slog.StringValue(v.String()) }

// MarshalJSON gives an object with the fields that are present, in order,
// secrets hidden. Bytes become text, or what is not UTF-8 {"hex": "00ff"}, as in the
// examples of documents.
func (v Values) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for _, it := range v {
		if it.Value == nil {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		key, err := json.Marshal(it.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(jsonValue(it))
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, key...), ':'), value...)
	}
	return append(out, '}'), nil
}

func jsonValue(it Item) any {
	if it.Secret {
		return hidden
	}
	switch v := it.Value.(type) {
	case []byte:
		if !utf8.Valid(v) {
			return map[string]string{"hex": hex.EncodeToString(v)}
		}
		return string(v)
	case Enum:
		return v.String()
	case float64: // NaN and infinities have no number in JSON
		return json.RawMessage(strconv.AppendQuote(nil, Show(v)))
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = jsonValue(Item{Value: v[i]})
		}
		return out
	default:
		return v
	}
}

// String is the value's name, or its wire text where it has none.
func (e Enum) String() string {
	if e.Name != "" {
		return e.Name
	}
	return e.Wire
}

// Show prints one value: text and bytes quoted, lists in brackets, nothing as
// "absent".
func Show(v any) string {
	switch v := v.(type) {
	case nil:
		return "absent"
	case string:
		return strconv.Quote(v)
	case []byte:
		return strconv.Quote(string(v))
	case Enum:
		if v.Name == "" {
			return strconv.Quote(v.Wire)
		}
		return v.Name
	case wire.Decimal:
		return v.String()
	case []any:
		items := make([]string, len(v))
		for i := range v {
			items[i] = Show(v[i])
		}
		return "[" + strings.Join(items, ", ") + "]"
	default:
		return fmt.Sprint(v)
	}
}
