package wire

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// besideLines are counted packets, with a checksum that is always wrong but for
// A, text between markers, and lines of which empty ones are dropped.
var besideLines = &Framing{
	Max: 40, Prefix: "$", Packet: &Packet{Extent: ExtentCount, Size: Size{At: 1, Width: 1}, Head: 2, Tail: 1, Sum: &Sum{Algorithm: mustSum("xor8"), At: -1, From: 2, To: -1, Width: 1}},
	Others: []Framing{
		{Max: 40, Prefix: "\x02", DropEmpty: true, Packet: &Packet{Starts: "\x02", Ends: []string{"\x03"}, Sends: "\x03"}},
		{Ends: []string{"\r\n", "\n"}, Max: 20, DropEmpty: true},
	},
}

func mustSum(name string) Checksum {
	c, ok := ChecksumNamed(name)
	if !ok {
		panic(name)
	}
	return c
}

// inPieces decodes a stream in pieces of a size; fail is what is done after an
// error.
func inPieces(f *Framing, in string, size int, fail func(*Decoder)) (out []string) {
	d := NewDecoder(f, NewDispatch(kindsShapes))
	var buf []byte
	for at := 0; at < len(in); {
		next := min(len(in), at+size)
		buf, at = append(bytes.Clone(buf), in[at:next]...), next
		for {
			frame, n, need, err := d.Next(buf, nil)
			if buf = buf[n:]; need > 0 {
				break
			}
			if err != nil {
				out = append(out, "error")
				fail(d)
				continue
			}
			out = append(out, string(frame.Bytes))
		}
	}
	return out
}

func TestSeveralKindsAreFoundAgain(t *testing.T) {
	const good = "$\x02AA"
	for _, test := range []struct {
		in           string
		resync, drop []string
	}{
		// A wrong checksum: the count was right.
		{"$\x03$A\n" + good, []string{"error", "error", good}, []string{"error", good}},
		{"$\x03\x02A\x03" + good, []string{"error", "A", good}, []string{"error", good}},
		{"$\x04x\r\nA" + good + "A1\n", []string{"error", "A" + good + "A1"}, []string{"error", good, "A1"}},
		// Larger than any frame.
		{"$\xffxx" + good, []string{"error", good}, []string{"error"}},
		// A marker that comes again, and one that ends what is too long.
		{"\x02" + strings.Repeat("x", 50) + "\x02A\x03", []string{"error", "A"}, []string{"error", "A"}},
		{"\x02" + strings.Repeat("x", 50) + "$\x02\x03A1\n", []string{"error", "A1"}, nil},
		// Empty frames are dropped; any kind may follow.
		{"\n\r\n" + good + "\x02\x03\n\x02\x03A1\n" + good, []string{good, "A1", good}, []string{good, "A1", good}},
	} {
		for size := 1; size <= len(test.in); size++ {
			if test.drop != nil {
				require.Equal(t, test.drop, inPieces(besideLines, test.in, size, (*Decoder).Drop)[:len(test.drop)], "%q in pieces of %d, dropped", test.in, size)
			}
			require.Equal(t, test.resync, inPieces(besideLines, test.in, size, (*Decoder).Resync), "%q in pieces of %d", test.in, size)
		}
	}
}
