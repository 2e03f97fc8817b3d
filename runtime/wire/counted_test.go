package wire

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCounted(t *testing.T) {
	tests := []struct {
		name string
		n    uint64
		more int
		want int
	}{
		{"as it is", 5, 0, 5},
		{"more", 5, 2, 7},
		{"less", 5, -2, 3},
		{"less than nothing", 1, -2, -1},
		{"largest", math.MaxInt, 0, math.MaxInt},
		{"too large", math.MaxInt + 1, 0, math.MaxInt},
		{"too large with more", math.MaxInt - 1, 2, math.MaxInt},
		{"far too large", math.MaxUint64, -2, math.MaxInt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewReader([]byte("x"), anyNewline)
			n, err := r.Counted(tt.n, tt.more)
			require.NoError(t, err)
			require.Equal(t, tt.want, n)
		})
	}
	r := NewReader([]byte("x"), anyNewline)
	r.Lit("y")
	_, err := r.Counted(5, 0)
	require.Equal(t, r.Err(), err)
}

func TestWithin(t *testing.T) {
	number := func(n uint64) func(r *Reader) any {
		return func(r *Reader) any {
			var v int64
			r.Within("x", n, func(r *Reader) { v = r.Int("x", 16) })
			return v
		}
	}
	runReadTests(t, []readTest{
		{"all of it", nil, "-12rest", number(3), int64(-12), "rest", ""},
		{"no more than its bytes", nil, "-1234", number(3), int64(-12), "34", ""},
		{"error inside", nil, "warm", number(3), nil, "", "x: no digits (byte 3)"},
		{"fewer bytes", nil, "-1", number(3), nil, "", "length: x has fewer bytes than were counted"},
	})
	r := NewReader([]byte("12ab"), anyNewline)
	r.Within("x", 4, func(r *Reader) { r.Int("x", 16) })
	require.EqualError(t, r.Err(), "x: more bytes than the template has (byte 4)")
}

func TestMeasure(t *testing.T) {
	w := NewWriter([]byte("before"), anyNewline)
	value := func(w *Writer) { w.Text("x", "grüße") }
	w.Uint("n", uint64(w.Measure("x", value)), 64)
	w.Lit(" ")
	value(&w)
	b, err := w.End()
	require.NoError(t, err)
	require.Equal(t, "before7 grüße\n", string(b))

	w = NewWriter([]byte("before"), anyNewline)
	require.Zero(t, w.Measure("x", func(w *Writer) { w.Text("y", "\n") }))
	b, err = w.End()
	require.EqualError(t, err, "x.y: holds a line break")
	require.Equal(t, "before", string(b))
}
