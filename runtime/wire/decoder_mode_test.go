package wire

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// inMode awaits everything in a mode.
type inMode int

func (inMode) Expects(int) bool { return true }

func (m inMode) InMode(modes []int) bool { return slices.Contains(modes, int(m)) }

// TestDecoderModes: what cannot come in a mode is no candidate there, and a kind of
// frames that is not there cuts nothing.
func TestDecoderModes(t *testing.T) {
	const (
		early = iota
		late
		always
		packet
	)
	dispatch := NewDispatch([]Shape{
		early:  {Prefix: "OK", In: []int{0}},
		late:   {Prefix: "OK", In: []int{1, 2}},
		always: {Prefix: "O"},
		packet: {Prefix: "K", Frame: 1, In: []int{3}},
	})
	f := &Framing{
		Ends: []string{"\n"}, SendEnd: "\n", Max: 100, MaxLine: 100, In: []int{0, 1, 2},
		Others: []Framing{{Max: 100, In: []int{3}, Packet: &Packet{Extent: ExtentCount, Size: Size{Width: 1}, Head: 1}}},
	}
	for _, test := range []struct {
		expects Expecter
		in      string
		message int
	}{
		{inMode(0), "OK\n", early},
		{inMode(1), "OK\n", late},
		{inMode(2), "OK\n", late},
		{inMode(0), "OX\n", always},
		{inMode(3), "\x02K\n", packet},
		{inMode(0), "\x02K\n", NoMessage},
		{forWhom{always: "O"}, "OK\n", always}, // where nobody knows the mode, what is awaited is first
	} {
		for split := range len(test.in) {
			d := NewDecoder(f, dispatch)
			_, _, need, err := d.Next([]byte(test.in[:split]), test.expects)
			require.NoError(t, err)
			require.Positive(t, need)
			frame, n, _, err := d.Next([]byte(test.in), test.expects)
			require.NoError(t, err)
			require.Equal(t, len(test.in), n, "%q", test.in)
			require.Equal(t, test.message, frame.Message, "%q in mode %v", test.in, test.expects)
		}
	}
	d := NewDecoder(f, dispatch)
	_, _, _, err := d.Next([]byte("OK\n"), inMode(4))
	require.Error(t, err, "a mode without frames")

	// A frame that has begun is the kind that it began as.
	d = NewDecoder(f, dispatch)
	_, _, need, err := d.Next([]byte("O"), inMode(0))
	require.NoError(t, err)
	require.Positive(t, need)
	frame, _, _, err := d.Next([]byte("OK\n"), inMode(3))
	require.NoError(t, err)
	require.Equal(t, "OK", string(frame.Bytes))
}
