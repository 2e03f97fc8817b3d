package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPadWith: any byte may fill a value up; at the padded end it is none of the
// value, and in the middle it is.
func TestPadWith(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", MaxLine: 64, Max: 64}
	for _, c := range []struct {
		value, wire string
		fill        byte
		left        bool
	}{
		{"ab", "ab\x00\x00\x00\x00", 0, false},
		{"ab", "\xff\xff\xff\xffab", 0xff, true},
		{"a*b", "a*b***", '*', false},
		{"a b ", "a b ..", '.', false},
		{"", "------", '-', true},
		{"abcdef", "abcdef", '-', false},
	} {
		w := NewWriter(nil, f)
		mark := w.Mark()
		w.Lit(c.value)
		w.Pad("x", mark, 6, c.left, c.fill)
		frame, err := w.End()
		require.NoError(t, err)
		require.Equal(t, c.wire+"\n", string(frame))
		r := NewReader([]byte(c.wire), f)
		pad := r.Pad("x", 6, c.left, c.fill)
		require.Equal(t, c.value, string(r.b[r.pos:]))
		r.Lit(c.value)
		r.Unpad("x", pad)
		require.NoError(t, r.Done())
	}
	for _, left := range []bool{true, false} {
		w := NewWriter(nil, f)
		mark := w.Mark()
		w.Lit("-a-")
		w.Pad("x", mark, 6, left, '-')
		_, err := w.End()
		require.ErrorContains(t, err, "has its filler at the padded end")
	}
}
