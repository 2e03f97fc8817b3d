package dynamic_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
	"github.com/linewright/linewright/spec/model"
)

// injected are values that try to end their field, line or frame and to begin
// another: behind # stands what the receiver would take for a command.
var injected = []string{
	"x\n#\n", "x\r\n#\r\n", "x\r#", "\n", "\r", "x\x00#", "\x00", "x #", "x;#", "x,#", "x|#", "x=#", "x]#", "x'#", "x\"#", "x\" #", "x\\", "x\\\"",
	"x\"}#", "x\",\"y\":\"#", "x]} #", "x/#", "x!!\r\n#", "$3\r\nabc", "x\u2028#", "x\x85#", "x\xff#", " x", "x ", "\t", "", "END", "x\nEND\n#",
}

// TestNoValueEndsItsFrame puts each of these in each field of each command and
// message, of every document at hand: text of all types, in lists, layouts,
// padding and JSON. It is refused before a byte is written, or what is written
// is one frame, which means that value and nothing else.
func TestNoValueEndsItsFrame(t *testing.T) {
	alone.Skip(t)
	eachFrame(t, inject)
}

func inject(t *testing.T, p *dynamic.Protocol, f frames, i int) {
	framing := f.receiving(p)
	d := wire.NewDecoder(&framing, wire.NewDispatch(f.shapes[i:i+1]))
	r := rand.New(rand.NewPCG(9, seed(f.names[i])))
	for range 12 {
		values := valid(r, &framing, f.templates[i])
		require.NotNil(t, values, "nothing was tried")
		for _, leaf := range leaves(values) {
			was := *leaf
			for _, s := range injected {
				*leaf = as(was, strings.ReplaceAll(s, "#", "RESET"))
				frame, err := codec.Append(nil, &framing, f.templates[i], values)
				if err != nil {
					require.Empty(t, frame)
					continue
				}
				got := next(t, d, frame, only{}, len(frame))
				require.Equal(t, string(framing.Of(f.templates[i].Frame).Content(frame)), string(got.Bytes))
				back, err := codec.Parse(&framing, f.templates[i], got.Bytes)
				require.NoError(t, err, "%q", frame)
				require.True(t, codec.Equal(values, back), "%q: %s, was %s", frame, back.Map(), values.Map())
			}
			*leaf = was
		}
	}
}

// valid are values that can be written.
func valid(r *rand.Rand, f *wire.Framing, tpl *model.Template) codec.Values {
	for range 200 {
		values := codectest.Values(r, tpl.Fields)
		if _, err := codec.Append(nil, f, tpl, values); err == nil {
			return values
		}
	}
	return nil
}

// leaves are the places of text and bytes inside values.
func leaves(values codec.Values) (list []*any) {
	for i := range values {
		list = append(list, inside(&values[i].Value)...)
	}
	return list
}

func inside(v *any) (list []*any) {
	switch x := (*v).(type) {
	case string, []byte, codec.Enum:
		return []*any{v}
	case codec.Values:
		return leaves(x)
	case []any:
		for i := range x {
			list = append(list, inside(&x[i])...)
		}
	}
	return slices.Clip(list)
}

// as is text as a value of the kind of v.
func as(v any, s string) any {
	switch v.(type) {
	case []byte:
		return []byte(s)
	case codec.Enum:
		return codec.Enum{Wire: s}
	}
	return s
}
