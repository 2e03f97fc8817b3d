package wire

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// fuzzFramings are small, so that the limits are met often.
var fuzzFramings = []*Framing{
	{Ends: []string{"\n", "\r\n"}, SendEnd: "\n", Max: 40, MaxLine: 20},
	{Ends: []string{"\r\n", "\n"}, SendEnd: "\n", Max: 40, MaxLine: 20, DropEmpty: true},
	{Ends: []string{"\r\n"}, SendEnd: "\r\n", Max: 40, MaxLine: 20},
	{Ends: []string{"\n"}, SendEnd: "\n", Max: 40, MaxLine: 40},
	{Ends: []string{"##", "|"}, SendEnd: "##", Max: 40, MaxLine: 20},
	{Ends: []string{"a\nb"}, SendEnd: "a\nb", Max: 40, MaxLine: 20, DropEmpty: true},
	{Ends: []string{"\n"}, SendEnd: "\n", Max: 1, MaxLine: 1},
}

// However a stream is split, the frames and errors are the same.
func FuzzDecoder(f *testing.F) {
	for _, seed := range []string{
		"OK\nhello\r\n\r\n", "$5\r\na\nb\r\n\r\n$-1\r\nOK\n", "$9223372036854775808\r\nOK\n",
		"BEGIN\nname: a\nEND\nBEGIN\nname: b\nSTOP\n", "READING 3\nREADING warm\n", "BLOB 3\na\nbMSG 2\nab\n",
		"123456789012345678901234567890\r\nOK", "a#b##c|d###e##", "a\nba\na\nb", "*2\n$1\na\n$0\n\nOK\n", "%2\n*1\n$2\nab\n*0\nEND\n%1\n*9\n", "$30\n0123456789012345678901234567890123456789\n",
		"BEGIN\na\nEND x\nTREE\n[\n]\nEND\n", "GET\n$2\n.\n\n.\nHEAD\nb\n\n", "a\nACK b\nc\nOK\nOK\n",
		"NET 5:a\n:b,,\nTWO\nid 3==<a\n=>\nALL\n1:\n\nEND\n", "!3\n$-1\n$1\na\n[[\nx\n]\nEND\n$-1\n",
		`{"return":{"running":true}}` + "\n" + `{"event":"STOP"}` + "\r\n", `{"code":7,"ok":true}` + "\n" + ` {"o\u006b":true} ` + "\n" + `{"ok":tru` + "\n",
		"SEG 2\na\n\r\nSEG 2\nab \nSAY \n$x!y\n.\n",
	} {
		for i := range fuzzFramings {
			f.Add([]byte(seed), uint8(i), uint64(i), uint32(1<<mValue))
			f.Add([]byte(seed), uint8(i), uint64(i), uint32(math.MaxUint32))
		}
	}
	f.Fuzz(func(t *testing.T, stream []byte, framing uint8, seed uint64, expected uint32) {
		if len(stream) > 1<<12 {
			return
		}
		fr := fuzzFramings[int(framing)%len(fuzzFramings)]
		var expects expectSet
		shapes := slices.Concat(testShapes, timesShapes, untilShapes, oneOfShapes, toShapes, jsonShapes, wholeShapes)
		for m := range shapes {
			if expected>>(m%32)&1 != 0 {
				expects = append(expects, m)
			}
		}
		for _, resync := range []bool{true, false} {
			want := decodeAll(t, fr, shapes, expects, stream, whole, resync)
			require.Equal(t, want, decodeAll(t, fr, shapes, expects, stream, bytewise, resync), "byte by byte")
			r := rand.New(rand.NewPCG(seed, 0))
			pieces := func(at int) int { return at + 1 + r.IntN(12) }
			require.Equal(t, want, decodeAll(t, fr, shapes, expects, stream, pieces, resync), "in pieces")
		}
	})
}
