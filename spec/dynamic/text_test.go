package dynamic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// FuzzFromText types a text for a field of any type, with and without a secret
// in it. No error holds the secret, and a value that is taken and can be sent is
// received as it was.
func FuzzFromText(f *testing.F) {
	p := open(f, "testdata/constructs.yaml")
	var fields []*model.Field
	for _, m := range p.Model().Messages {
		for _, field := range m.Template.Fields {
			if k := field.Type.Kind; k != model.Bytes && (k != model.List || field.Type.Sep != "") { // which need a count
				fields = append(fields, field)
			}
		}
	}
	for i := range fields {
		for _, text := range []string{"1", "-2.50", "a b", "1,2", `{"id":1}`, `[{"id":1}]`, "true", "00ff", "info"} {
			f.Add(uint8(i), uint8(0), text)
		}
	}
	f.Fuzz(func(t *testing.T, which, at uint8, text string) {
		const secret = "s3cret"
		field := fields[int(which)%len(fields)]
		n := min(int(at), len(text))
		_, err := p.FromText(field.Type, text[:n]+secret+text[n:])
		if err != nil {
			require.NotContains(t, err.Error(), secret)
		}
		v, err := p.FromText(field.Type, text)
		if err != nil {
			return
		}
		alone := &model.Template{Fields: []*model.Field{field}, Ops: []*model.Op{{Kind: model.OpField, Field: field}}}
		values, err := p.Record(alone.Fields, map[string]any{field.Name: v})
		if err != nil {
			return
		}
		framing := p.Plan().Framing
		frame, err := codec.Append(nil, &framing, alone, values)
		if err != nil {
			return
		}
		got, err := codec.Parse(&framing, alone, frame[:len(frame)-len(framing.SendEnd)])
		require.NoError(t, err, "%s as %q", text, frame)
		require.True(t, codec.Equal(values, got), "%s, was %s", got.Map(), values.Map())
	})
}
