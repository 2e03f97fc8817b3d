package codec

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/model"
)

func TestVerify(t *testing.T) {
	reading := map[string]any{"channel": model.Number("3"), "value": model.Number("21.50"), "unit": "celsius"}
	tests := []struct {
		name, template string
		example        model.Example
		rule           string
		message        string
	}{
		{"good", "reading", model.Example{Wire: []byte("READING 3 21.50 C"), Is: reading}, "", ""},
		{"no is", "literal", model.Example{Wire: []byte("OK")}, "", ""},
		{"does not parse", "reading", model.Example{Wire: []byte("READING 3 x C"), Is: reading}, RuleFails, "does not parse: value: "},
		{"other value", "reading", model.Example{Wire: []byte("READING 4 21.50 C"), Is: reading}, RuleFails, "channel is 4, not 3"},
		{"other scale", "reading", model.Example{Wire: []byte("READING 3 21.5 C"), Is: reading}, RuleFails, "value is 21.5, not 21.50"},
		{"unknown field", "literal", model.Example{Wire: []byte("OK"), Is: map[string]any{"x": "y"}}, RuleFails, "x: is not a field; there are none"},
		{"missing field", "reading", model.Example{Wire: []byte("READING 3 21.50 C"), Is: map[string]any{}}, RuleFails, "channel: is missing; value: is missing"},
		{"text for a number", "reading", model.Example{Wire: []byte("READING 3 21.50 C"), Is: map[string]any{"channel": "3", "value": reading["value"], "unit": "C"}}, RuleFails, "channel: must be uint8"},
		{"number for text", "nested", model.Example{Wire: []byte("N 1"), Is: map[string]any{"a": model.Number("1")}}, RuleFails, "a: must be word: put it in quotes"},
		{"not canonical", "reading", model.Example{Wire: []byte("READING 03 21.50 C"), Is: reading}, RuleNotCanonical, `written back as "READING 3 21.50 C"`},
		{"json may differ", "json", model.Example{
			Wire: []byte(`INFO {"tags": [], "max": 1, "new": 0, "verbose": false}`),
			Is:   map[string]any{"info": map[string]any{"max": model.Number("1"), "tags": []any{}}},
		}, "", ""},
		{"ignored may differ", "stop", model.Example{Wire: []byte("'a' 7.x"), Is: map[string]any{"t": "a"}}, "", ""},
		{"bad", "reading", model.Example{Wire: []byte("READING 3 warm C"), Bad: "value"}, "", ""},
		{"bad number, noticed behind it", "reading", model.Example{Wire: []byte("READING 3x 1 C"), Bad: "channel"}, "", ""},
		{"bad literal", "reading", model.Example{Wire: []byte("READING 3 21.50"), Bad: "literal"}, "", ""},
		{"bad length", "msg", model.Example{Wire: []byte("MSG a 1 5\r\nhell"), Bad: "length"}, "", ""},
		{"bad end", "literal", model.Example{Wire: []byte("OK!"), Bad: "end"}, "", ""},
		{"too large", "msg", model.Example{Wire: make([]byte, 5000), Bad: "length"}, "", ""},
		{"bad is good", "reading", model.Example{Wire: []byte("READING 3 21.50 C"), Bad: "value"}, RuleBadAccepted, "accepted"},
		{"bad elsewhere", "reading", model.Example{Wire: []byte("READING 3 warm C"), Bad: "unit"}, RuleFails, "refused at value, not at unit"},
		{"bad inside", "json", model.Example{Wire: []byte(`INFO {"max":"x"}`), Bad: "max"}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Verify(framing(), family()[tt.template], &tt.example)
			if tt.rule == "" {
				require.Nil(t, p)
				return
			}
			require.NotNil(t, p)
			require.Equal(t, tt.rule, p.Rule)
			require.Contains(t, p.Message, tt.message)
		})
	}
}
