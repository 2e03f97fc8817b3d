package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// countsLine reads a count that is all of a line behind a prefix.
func countsLine(skip int, prefix string) func(frame []byte) (int, error) {
	return func(frame []byte) (int, error) {
		r := NewReader(frame, anyNewline)
		for range skip {
			r.Text("line")
			r.Break()
		}
		r.Lit(prefix)
		n := r.Count("n")
		return n, r.Err()
	}
}

// A list of counted items, and one of lists of them.
var timesShapes = []Shape{
	{Prefix: "*", Steps: []Step{{Kind: StepTimes, Count: countsLine(0, "*"), Body: item}}},
	{Prefix: "%", Steps: []Step{
		{Kind: StepTimes, Count: countsLine(0, "%"), Body: []Step{
			{Kind: StepLine, Lit: "*"},
			{Kind: StepTimes, Count: countsLine(0, "*"), Body: item},
		}},
		{Kind: StepLine, Lit: "END"},
	}},
}

var item = []Step{
	{Kind: StepLine, Lit: "$"},
	{Kind: StepBytes, Count: countsLine(0, "$")},
	{Kind: StepLine},
}

func TestDecoderRepeats(t *testing.T) {
	tests := []struct {
		name, in string
		message  int
		frame    string
	}{
		{"none", "*0\r\n", 0, "*0"},
		{"two", "*2\r\n$1\r\na\r\n$4\r\n\r\n$9\r\n", 0, "*2\r\n$1\r\na\r\n$4\r\n\r\n$9"},
		{"empty item", "*1\n$0\n\n", 0, "*1\n$0\n"},
		{"nested", "%2\n*1\n$2\nab\n*2\n$0\n\n$1\nc\nEND\n", 1, "%2\n*1\n$2\nab\n*2\n$0\n\n$1\nc\nEND"},
		{"nested none", "%0\nEND\n", 1, "%0\nEND"},
		{"inner none", "%2\n*0\n*0\nEND\n", 1, "%2\n*0\n*0\nEND"},
		{"another item", "*1\n+OK\n", NoMessage, "*1"},
		{"no end", "%1\n*0\nFIN\n", NoMessage, "%1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, chunk := range []int{1, 3, len(tt.in)} {
				d := NewDecoder(anyNewline, NewDispatch(timesShapes))
				var buf []byte
				for from := 0; ; from += chunk {
					require.Less(t, from, len(tt.in), "no frame")
					buf = append(buf, tt.in[from:min(from+chunk, len(tt.in))]...)
					f, n, need, err := d.Next(buf, nil)
					require.NoError(t, err)
					if need == 0 {
						require.Equal(t, tt.message, f.Message)
						require.Equal(t, tt.frame, string(f.Bytes))
						require.LessOrEqual(t, len(tt.frame), n)
						break
					}
				}
			}
		})
	}
}

// A number of repetitions that no frame has room for is refused at once.
func TestDecoderRefusesTooManyTimes(t *testing.T) {
	for _, count := range []string{"99999", "9223372036854775807", strings.Repeat("9", 40)} {
		d := NewDecoder(anyNewline, NewDispatch(timesShapes))
		_, _, _, err := d.Next([]byte("*"+count+"\n"), nil)
		var fe *FrameError
		require.ErrorAs(t, err, &fe, count)
	}
}
