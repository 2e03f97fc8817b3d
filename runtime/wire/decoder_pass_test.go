package wire

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// wholeShapes are of messages that their steps tell all of: they have no check.
var wholeShapes = []Shape{
	{Prefix: "SEG ", Steps: []Step{{Kind: StepBytes, Count: countAfter("SEG ")}, {Whole: true}}},
	{Prefix: "SAY ", Steps: []Step{{Kind: StepBytes, Lead: 2}, {Lit: "!"}, {Lit: ".", Whole: true}}},
}

// A frame that is there at once goes through one pass, one that comes in parts
// through its steps: what follows counted bytes has to be all of its line in both.
func TestWholeLines(t *testing.T) {
	f := &Framing{Ends: []string{"\n", "\r\n"}, SendEnd: "\n", Max: 40, MaxLine: 20}
	for in, want := range map[string][]string{
		"SEG 2\na\n\r\nSEG 0\n\n":    {"0 SEG 2\na\n", "0 SEG 0\n"},
		"SEG 2\nab \nSEG 1\na\n":     {"-1 SEG 2", "-1 ab ", "0 SEG 1\na"},
		"SEG 2\nab":                  {"pending"},
		"SAY \n$x!y\n.\nSAY \n$\n\n": {"1 SAY \n$x!y\n.", "-1 SAY ", "-1 $", "-1 "},
		"SAY \n$x!y\n..\n":           {"-1 SAY ", "-1 $x!y", "-1 .."},
		"SEG 33\n" + strings.Repeat("a", 33) + "\nSEG 34\n":             {"0 SEG 33\n" + strings.Repeat("a", 33), "error: a frame is larger than 40 bytes"},
		strings.Repeat("a", 20) + "\n" + strings.Repeat("a", 21) + "\n": {"-1 " + strings.Repeat("a", 20), "error: a line is longer than 20 bytes"},
	} {
		for _, cuts := range []func(int) int{whole, bytewise} {
			require.Equalf(t, want, decodeAll(t, f, wholeShapes, nil, []byte(in), cuts, false), "%q", in)
		}
	}
}

// Words, texts and separators have a short way and a long one, which agree.
func TestShortWays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	framings := []*Framing{{Ends: []string{"\n", "\r\n"}}, {Ends: []string{"\r\n"}}, {Ends: []string{"\x01"}}, {Ends: []string{";"}}, {}}
	stops := [][]string{nil, {" "}, {","}, {"\t"}, {"; "}, {",", " "}, {""}}
	short := 0
	for range 200_000 {
		text := make([]byte, r.IntN(20))
		for i := range text {
			text[i] = "aB~!0 ,;\t\r\n\x01\x00\x7f\x80\xff"[min(r.IntN(16), r.IntN(40))]
		}
		f, stops := framings[r.IntN(len(framings))], stops[r.IntN(len(stops))]
		what := fmt.Sprintf("%q, ends %q, stops %q", text, f.Ends, stops)
		reader := NewReader(text, f)
		if n := reader.word(stops); n > 0 {
			short++
			require.Equal(t, reader.until(stops), n, what)
			require.Empty(t, notWord(string(text[:n])), what)
			require.Empty(t, ASCII.refuses(string(text[:n])), what)
		}
		if n := reader.separators("a"); n >= 0 {
			require.Equal(t, strings.Count(string(reader.rest()), "a"), n, what)
		}
	}
	require.Greater(t, short, 10_000)
}
