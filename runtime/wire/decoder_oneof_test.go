package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Items of several forms, counted, and as the first line of a message.
var oneOfShapes = []Shape{
	{Prefix: "!", Steps: []Step{{Kind: StepTimes, Count: countsLine(0, "!"), Body: []Step{forms}}, {Kind: StepLine, Lit: "END"}}},
	{Block: true, Steps: []Step{forms}},
}

var forms = Step{Kind: StepOneOf, Cases: []Case{
	{Lit: "$-1", Body: line},
	{Lit: "$", Body: item},
	{Lit: "[[", Body: []Step{{Kind: StepLine, Lit: "[["}, {Kind: StepUntil, Lit: "]", Body: line}, {Kind: StepLine, Lit: "]"}}},
}}

func TestDecoderOneOf(t *testing.T) {
	all := expectSet{0, 1}
	tests := []struct {
		name, in string
		expects  expectSet
		want     []string
	}{
		{"each", "!4\n$-1\n$2\n\n\n\n[[x\na\n]\n$0\n\nEND\n", all, []string{"0 !4\n$-1\n$2\n\n\n\n[[x\na\n]\n$0\n\nEND"}},
		{"none of them", "!1\n?\n", expectSet{0}, []string{"-1 !1", "-1 ?"}},
		{"only its beginning", "!1\n[x\n", expectSet{0}, []string{"-1 !1", "-1 [x"}},
		{"first line", "$-1\n$1\na\n[[\n]\n", all, []string{"1 $-1", "1 $1\na", "1 [[\n]"}},
		{"goes on", "!1\n$", all, []string{"pending"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cuts := range []func(int) int{whole, bytewise} {
				require.Equal(t, tt.want, decodeAll(t, anyNewline, oneOfShapes, tt.expects, []byte(tt.in), cuts, false))
			}
		})
	}
}

// A form that begins where no frame has room for it is refused at once.
func TestDecoderOneOfIsBounded(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, Max: 40, MaxLine: 20}
	in := "!20\n" + strings.Repeat("$-1\n", 9) + "[["
	got := decodeAll(t, f, oneOfShapes, nil, []byte(in), bytewise, false)
	require.Equal(t, []string{"error: a frame is larger than 40 bytes"}, got)
}

func TestUnlike(t *testing.T) {
	w := NewWriter([]byte("$-1"), anyNewline)
	mark := w.Mark()
	w.Text("x", "$-")
	w.Unlike("x", mark, "$-1", "[[")
	require.NoError(t, w.Err())
	w.Text("x", "1")
	w.Unlike("x", mark, "[[", "$-1")
	require.Error(t, w.Err())
}
