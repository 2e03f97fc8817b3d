package wire

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func countedFraming() *Framing {
	return &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 1 << 10, MaxLine: 1 << 10}
}

func TestCounted(t *testing.T) {
	for _, tt := range []struct {
		frame string
		more  int
		want  int
		bad   bool
	}{
		{"5", 0, 5, false},
		{"5", 2, 7, false},
		{"0", 0, 0, false},
		{"18446744073709551615", 0, math.MaxInt, false},
		{"9223372036854775807", 1, math.MaxInt, false},
		{"x", 0, 0, true},
		{"-1", 0, 0, true},
	} {
		r := NewReader([]byte(tt.frame), countedFraming())
		n, err := r.Counted(r.Uint("n", 64), tt.more)
		require.Equal(t, tt.bad, err != nil, tt.frame)
		require.Equal(t, tt.want, n, tt.frame)
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		frame string
		n     uint64
		want  uint64
		field string // of the error
	}{
		{"12rest", 2, 12, ""},
		{"123rest", 2, 12, ""}, // only what was counted is seen
		{"1xrest", 2, 0, "v"},  // and all of it must be used
		{"12", 3, 0, PartLength},
		{"12", math.MaxUint64, 0, PartLength},
	} {
		r := NewReader([]byte(tt.frame), countedFraming())
		var got uint64
		r.Within("v", tt.n, func(r *Reader) { got = r.Uint("v", 64) })
		if tt.field == "" {
			require.NoError(t, r.Err(), tt.frame)
			require.Equal(t, tt.want, got, tt.frame)
			require.Equal(t, int(tt.n), r.Offset())
			continue
		}
		var e *FieldError
		require.ErrorAs(t, r.Err(), &e, tt.frame)
		require.Equal(t, tt.field, e.Field, tt.frame)
	}
}

// TestWithinAfterAnError reads nothing.
func TestWithinAfterAnError(t *testing.T) {
	r := NewReader([]byte("12"), countedFraming())
	r.Fail("first", "reason")
	r.Within("v", 1, func(*Reader) { t.Error("called") })
	require.ErrorContains(t, r.Err(), "first")
}

func TestMeasure(t *testing.T) {
	w := NewWriter(nil, countedFraming())
	n := w.Measure("v", func(w *Writer) { w.HexBytes("v", []byte{1, 2, 3}) })
	require.Equal(t, 6, n)
	w.Uint("v", uint64(n), 64)
	frame, err := w.End()
	require.NoError(t, err)
	require.Equal(t, "6\n", string(frame))

	w = NewWriter([]byte("kept"), countedFraming())
	w.Measure("v", func(w *Writer) { w.Fail("inner", "does not fit") })
	frame, err = w.End()
	require.Equal(t, "kept", string(frame))
	require.True(t, errors.As(err, new(*FieldError)))
	require.ErrorContains(t, err, "v")
}
