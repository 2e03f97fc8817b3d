package codec_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
	"github.com/linewright/linewright/spec/model"
)

// TestRandomValues: whatever is written is read back as the same values, and
// written as the same bytes again; and most values can be written.
func TestRandomValues(t *testing.T) {
	const rounds = 3000
	for name, tpl := range codec.Family() {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, uint64(len(name))))
			written := 0
			for range rounds {
				want := codectest.Values(r, tpl.Fields)
				frame, err := codec.Append(nil, codec.Framing(), tpl, want)
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

func checkBack(t *testing.T, tpl *model.Template, frame []byte, want codec.Values) {
	t.Helper()
	body := codec.Framing().Of(tpl.Frame).Content(frame)
	got, err := codec.Parse(codec.Framing(), tpl, body)
	require.NoError(t, err, "frame %q of %s", frame, want)
	require.True(t, codec.Equal(want, got), "frame %q: %s, was %s", frame, got, want)
	again, err := codec.Append(nil, codec.Framing(), tpl, got)
	require.NoError(t, err)
	require.Equal(t, string(frame), string(again))
}

// FuzzCodec: no bytes make a parser panic, and what it accepts is stable:
// written and read again it is the same. Values that share the frame's memory
// would change with it.
func FuzzCodec(f *testing.F) {
	templates := codec.Family()
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
		got, err := codec.Parse(codec.Framing(), tpl, frame)
		require.Equal(t, kept, frame)
		if err != nil {
			require.Nil(t, got)
			return
		}
		for i := range frame {
			frame[i] = '#'
		}
		again, err := codec.Parse(codec.Framing(), tpl, kept)
		require.NoError(t, err)
		require.True(t, codec.Equal(got, again), "the values changed with the frame: %s, %s", got, again)
		out, err := codec.Append(nil, codec.Framing(), tpl, got)
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
	`{"class":"TPV","mode":2,"lat":48.50,"speed":-1.5e-3,"id":[1],"fix":{"y":"ab","x":-3},"params":[1,"\u00e9",[]],"more":[7,[true]],"z":{"a":null}}`,
	"\x01\x80\x01\x02\x03\x04\x05", "\x54\x28\x08\x00abc", "\x00\x02\x06hi\x01\x00\x3f\x80\x00\x00\x00\x07\x63",
	"\xc0\x01\x01\x02\x03\x00\x00\x00\x00\x00\x00\x00\x09", "\x01\x05\x02abc\x01\x00",
}
