package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
)

// blocks are frames that end with a blank line.
var blocks = wire.Framing{
	Ends: []string{"\n", "\r\n"}, SendEnd: "\n", Max: 100, MaxLine: 100,
	Packet: &wire.Packet{Ends: []string{"\n\n"}, Sends: "\n\n"},
}

// namesOf reads a header, and names to the end of the frame.
func namesOf(frame string) (names []string, err error) {
	r := wire.NewReader([]byte(frame), &blocks)
	r.Lit("N")
	r.ToEnd()
	for !r.AtLine("", false) {
		names = append(names, r.Text("names"))
		r.Break()
	}
	return names, r.Done()
}

func TestLinesToTheEnd(t *testing.T) {
	tests := []struct {
		frame string
		names []string
		bad   bool
	}{
		{frame: "N"},
		{frame: "N\na", names: []string{"a"}},
		{frame: "N\r\na\nb", names: []string{"a", "b"}},
		{frame: "N\n", names: []string{""}},
		{frame: "N\na\n\nb\n", names: []string{"a", "", "b", ""}},
		{frame: "Na", bad: true},
		{frame: "M\na", bad: true},
	}
	for _, tt := range tests {
		names, err := namesOf(tt.frame)
		if tt.bad {
			require.Error(t, err, "%q", tt.frame)
			continue
		}
		require.NoError(t, err, "%q", tt.frame)
		require.Equal(t, tt.names, names, "%q", tt.frame)
	}
}

// An item of two lines must have both: the end of the frame ends one line, once.
func TestTheFrameEndsOneLine(t *testing.T) {
	r := wire.NewReader([]byte("N\na"), &blocks)
	r.Lit("N")
	r.ToEnd()
	for !r.AtLine("", false) {
		r.Text("key")
		r.Break()
		r.Text("value")
		r.Break()
	}
	require.Error(t, r.Done())
}

func TestLinesToTheEndAreWritten(t *testing.T) {
	for _, names := range [][]string{nil, {"a"}, {"a", "b"}} {
		w := wire.NewWriter([]byte("x"), &blocks)
		w.Lit("N")
		w.ToEnd()
		want := "xN"
		for _, name := range names {
			mark := w.Mark()
			w.Text("names", name)
			w.EndItem("names", mark, "", false)
			want += "\n" + name
		}
		w.EndTail()
		frame, err := w.End()
		require.NoError(t, err)
		require.Equal(t, want+"\n\n", string(frame))
	}
}

// A blank line among the lines would end the frame.
func TestABlankLineIsRefused(t *testing.T) {
	w := wire.NewWriter(nil, &blocks)
	w.Lit("N")
	w.ToEnd()
	for _, name := range []string{"a", "", "b"} {
		w.Text("names", name)
		w.EndLine("names", "", false)
	}
	w.EndTail()
	_, err := w.End()
	require.Error(t, err)
}
