package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Counted bytes behind fields on their line: on the first line, on another, and
// in items.
var toShapes = []Shape{
	{Prefix: "NET ", Block: true, Steps: []Step{
		{Kind: StepTo, Lead: 4, Lit: ":"}, {Kind: StepBytes, Count: countBetween("NET ", ":")}, {Kind: StepLine, Lit: ","},
	}},
	{Prefix: "TWO", Steps: []Step{
		{Kind: StepTo, Lit: " "}, {Kind: StepTo, Lit: "=="}, {Kind: StepBytes, Lead: 1, Count: countBetween("TWO\nid ", "==<")}, {Kind: StepLine, Lit: ">"},
	}},
	{Prefix: "ALL", Steps: []Step{
		{Kind: StepUntil, Lit: "END", Body: []Step{{Kind: StepTo, Lit: ":"}, {Kind: StepBytes, Count: countBetween("", ":")}, {Kind: StepLine}}},
		{Kind: StepLine, Lit: "END"},
	}},
}

// countBetween reads a count between two texts.
func countBetween(before, after string) func(frame []byte) (int, error) {
	return func(frame []byte) (int, error) {
		r := NewReader(frame, anyNewline)
		r.Lit(before)
		n := r.Uint("n", 64)
		r.Lit(after)
		return r.Counted(n)
	}
}

func TestDecoderTo(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"first line", "NET 5:a\n:b,,\n", []string{"0 NET 5:a\n:b,,"}},
		{"nothing counted", "NET 0:,\n", []string{"0 NET 0:,"}},
		{"no literal", "NET 5\n:\n", []string{"-1 NET 5", "-1 :"}},
		{"no number", "NET x:\n", []string{"-1 NET x:"}},
		{"two", "TWO\nid 3==<a\n=>\n", []string{"1 TWO\nid 3==<a\n=>"}},
		{"line ends before", "TWO\nid 3\n==<abc>\n", []string{"-1 TWO", "-1 id 3", "-1 ==<abc>"}},
		{"items", "ALL\n1:\n\n3:END\nEND\n", []string{"2 ALL\n1:\n\n3:END\nEND"}},
		{"goes on", "NET 9:a\n", []string{"pending"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, cuts := range []func(int) int{whole, bytewise} {
				require.Equal(t, tt.want, decodeAll(t, anyNewline, toShapes, nil, []byte(tt.in), cuts, false))
			}
		})
	}
}

// Neither a field without an end, nor bytes that no frame has room for, are
// waited for; however the stream is split.
func TestDecoderToIsBounded(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, Max: 60, MaxLine: 20}
	for in, want := range map[string]string{
		"TWO\n" + strings.Repeat("a", 30) + " \n": "error: a line is longer than 20 bytes",
		"TWO\n" + strings.Repeat("a", 90):         "error: a line is longer than 20 bytes",
		"NET 99:\n":                               "error: a frame is larger than 60 bytes",
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			require.Equal(t, []string{want}, decodeAll(t, f, toShapes, nil, []byte(in), cuts, false), "%q", in)
		}
	}
}
