package codec

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// randomValues gives values for a template: of the right types, but not always
// ones that can be written.
func randomValues(r *rand.Rand, fields []*model.Field) Values {
	var out Values
	for _, f := range fields {
		it := Item{Name: f.Name}
		if !f.Optional || r.IntN(2) == 0 {
			it.Value = randomValue(r, f.Type)
		}
		out = append(out, it)
	}
	return out
}

func randomValue(r *rand.Rand, t *model.Type) any {
	switch t.Kind {
	case model.Int:
		return int64(r.Uint64()) >> (64 - 1 - r.IntN(bits(t)))
	case model.Uint:
		return r.Uint64() >> (64 - 1 - r.IntN(bits(t)))
	case model.Digits, model.Hex:
		return r.Uint64N(10_000)
	case model.Decimal:
		return wire.Decimal{Coef: int64(r.Uint64()) >> r.IntN(63), Scale: uint8(r.IntN(18))}
	case model.Float:
		return math.Float64frombits(r.Uint64())
	case model.Bool:
		return r.IntN(2) == 0
	case model.Enum:
		v := t.Values[r.IntN(len(t.Values))]
		return Enum{v.Name, v.Wire}
	case model.List:
		items := make([]any, r.IntN(4))
		for i := range items {
			items[i] = randomValue(r, t.Elem)
		}
		return items
	case model.Padded:
		return randomValue(r, t.Elem)
	case model.JSONRaw:
		return []byte(`{"a":[1,"x"]}`)
	case model.Layout, model.JSON:
		if single(t) {
			return randomValue(r, t.Body.Fields[0].Type)
		}
		return randomValues(r, FieldsOf(t))
	case model.Bytes, model.HexBytes, model.Base64:
		return []byte(randomText(r, t.Width))
	default:
		return randomText(r, t.Width)
	}
}

// randomText is mostly harmless, and sometimes what a delimiter is made of.
func randomText(r *rand.Rand, width int) string {
	n := width
	if n == 0 {
		n = r.IntN(6)
	}
	from := "abcdefXYZ019._-"
	if r.IntN(4) == 0 {
		from = "a ,;='\"\\\r\n\x00\xff]$"
	}
	var b strings.Builder
	for range n {
		b.WriteByte(from[r.IntN(len(from))])
	}
	return b.String()
}

// TestRandomValues: whatever is written is read back as the same values, and
// written as the same bytes again; and most values can be written.
func TestRandomValues(t *testing.T) {
	const rounds = 3000
	for name, tpl := range family() {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, uint64(len(name))))
			written := 0
			for range rounds {
				want := randomValues(r, tpl.Fields)
				frame, err := Append(nil, framing(), tpl, want)
				if err != nil {
					require.Empty(t, frame)
					continue
				}
				written++
				checkBack(t, tpl, frame, want)
			}
			require.Greater(t, written, rounds/50)
		})
	}
}

func checkBack(t *testing.T, tpl *model.Template, frame []byte, want Values) {
	t.Helper()
	body, ok := strings.CutSuffix(string(frame), framing().SendEnd)
	require.True(t, ok)
	got, err := Parse(framing(), tpl, []byte(body))
	require.NoError(t, err, "frame %q of %s", frame, want)
	require.True(t, Equal(want, got), "frame %q: %s, was %s", frame, got, want)
	again, err := Append(nil, framing(), tpl, got)
	require.NoError(t, err)
	require.Equal(t, string(frame), string(again))
}

// FuzzCodec: no bytes make a parser panic, and what it accepts is stable:
// written and read again it is the same. Values that share the frame's memory
// would change with it.
func FuzzCodec(f *testing.F) {
	templates := family()
	var names []string
	for name := range templates {
		names = append(names, name)
	}
	slices.Sort(names)
	for i := range names {
		for _, frame := range seeds {
			f.Add(uint8(i), []byte(frame))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, frame []byte) {
		tpl := templates[names[int(which)%len(names)]]
		kept := slices.Clone(frame)
		got, err := Parse(framing(), tpl, frame)
		require.Equal(t, kept, frame)
		if err != nil {
			require.Nil(t, got)
			return
		}
		for i := range frame {
			frame[i] = '#'
		}
		again, err := Parse(framing(), tpl, kept)
		require.NoError(t, err)
		require.True(t, Equal(got, again), "the values changed with the frame: %s, %s", got, again)
		out, err := Append(nil, framing(), tpl, got)
		if err != nil {
			return // one of the few forms that are read and not written
		}
		checkBack(t, tpl, out, got)
	})
}

var seeds = []string{
	"OK", "READING 3 21.50 C", `ALARM 7 HIGH ON "a \"b\""`, "N a b", "B 1,-2;x", "MSG a.b 9 5\r\nhello", "HMSG 3 5\r\nabcde",
	"*3\r\n$3\r\nDEL\r\n$1\r\na\r\n$2\r\n\r\n", "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\n+OK", "-128 0042 00FF 1.5 300",
	"P[   -42][north   ][C   ]", "Fa b12\r\n\n\x00", "X 00FF aGk= ab-1", "L 1,2;a,,b", "S 7 x 7 x", "'it's' 0.",
	`INFO {"max":5,"user":"\"","tags":[],"verbose":false,"auth":{"pass":"p","n":1.50}}`, "P -1,2 1=a;2=b", "",
}
