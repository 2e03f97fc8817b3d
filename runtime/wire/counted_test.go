package wire

import (
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
		want  int
		bad   bool
	}{
		{"5", 5, false},
		{"0", 0, false},
		{"18446744073709551615", math.MaxInt, false},
		{"9223372036854775807", math.MaxInt, false},
		{"x", 0, true},
		{"-1", 0, true},
	} {
		r := NewReader([]byte(tt.frame), countedFraming())
		n, err := r.Counted(r.Uint("n", 64))
		require.Equal(t, tt.bad, err != nil, tt.frame)
		require.Equal(t, tt.want, n, tt.frame)
	}
}
