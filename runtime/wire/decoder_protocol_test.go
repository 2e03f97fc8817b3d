package wire

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Messages of the tests' protocol: a mixture of redis, nats and a block.
const (
	mOK = iota
	mNil
	mValue
	mReading
	mReadingAny
	mMsg
	mBlock
	mBlob
	mRecord
)

var testShapes = []Shape{
	mOK:         {Prefix: "OK", Whole: true},
	mNil:        {Prefix: "$-1", Whole: true},
	mValue:      {Prefix: "$", Steps: []Step{{Kind: StepBytes, Count: countAfter("$")}, {Kind: StepLine}}, Check: lastLineEmpty},
	mReading:    {Prefix: "READING ", Check: checkReading},
	mReadingAny: {Prefix: "READING "},
	mMsg:        {Prefix: "MSG ", Steps: []Step{{Kind: StepBytes, Count: countAfter("MSG ")}, {Kind: StepLine}}},
	mBlock:      {Prefix: "BEGIN", Steps: []Step{{Kind: StepLine, Lit: "name: "}, {Kind: StepLine, Lit: "END"}}},
	mBlob:       {Prefix: "BLOB ", Steps: []Step{{Kind: StepBytes, Count: countAfter("BLOB ")}}},
	mRecord:     {Prefix: "BEGIN", Steps: []Step{{Kind: StepLine, Lit: "name: "}, {Kind: StepLine, Lit: "STOP"}}},
}

// countAfter reads the count between prefix and the line end.
func countAfter(prefix string) func(frame []byte) (int, error) {
	return func(frame []byte) (int, error) {
		r := NewReader(frame, anyNewline)
		r.Lit(prefix)
		n := r.Count("n")
		r.Break()
		return n, r.Done()
	}
}

// lastLineEmpty checks that nothing is between the body and the line end.
func lastLineEmpty(frame []byte) error {
	r := NewReader(frame, anyNewline)
	r.Lit("$")
	n := r.Uint("n", 32)
	r.Break()
	r.Bytes("x", n)
	return r.Done()
}

func checkReading(frame []byte) error {
	r := NewReader(frame, anyNewline)
	r.Lit("READING ")
	r.Uint("channel", 8)
	return r.Done()
}

type expectSet []int

func (e expectSet) Expects(message int) bool {
	for _, m := range e {
		if m == message {
			return true
		}
	}
	return false
}

// decodeAll feeds stream in pieces that end at cuts, as a session would: what
// is not consumed is put before the next piece. The result is one line a frame
// or error, "<message> <expected> <bytes>", and what is pending at the end. An
// error is followed by Resync, or ends the stream.
func decodeAll(t testing.TB, f *Framing, shapes []Shape, expects Expecter, stream []byte, cuts func(at int) int, resync bool) []string {
	t.Helper()
	d := NewDecoder(f, NewDispatch(shapes))
	var out []string
	var buf []byte
	for at := 0; at < len(stream); {
		next := min(len(stream), max(at+1, cuts(at)))
		buf = append(bytes.Clone(buf), stream[at:next]...) // a new place each time: nothing may depend on it
		at = next
		for {
			frame, n, need, err := d.Next(buf, expects)
			require.LessOrEqual(t, n, len(buf))
			buf = buf[n:]
			if err != nil {
				var fe *FrameError
				require.ErrorAs(t, err, &fe)
				require.False(t, d.Pending())
				out = append(out, "error: "+err.Error())
				if !resync {
					return out
				}
				d.Resync()
				continue
			}
			if need > 0 {
				require.Nil(t, frame.Bytes)
				break
			}
			require.Positive(t, n, "a frame has at least its terminator")
			require.Equal(t, len(frame.Bytes), cap(frame.Bytes), "appending to a frame must not write into the buffer")
			out = append(out, fmt.Sprintf("%d %s", frame.Message, frame.Bytes))
		}
	}
	if d.Pending() {
		out = append(out, "pending")
	}
	return out
}

func whole(int) int       { return math.MaxInt }
func bytewise(at int) int { return at + 1 }
