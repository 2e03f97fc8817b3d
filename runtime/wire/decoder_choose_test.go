package wire

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// forWhom takes, of each message, the frames that hold its word.
type forWhom map[int]string

func (w forWhom) Expects(m int) bool { return w[m] != "" }

func (w forWhom) Takes(m int, frame []byte) bool { return bytes.Contains(frame, []byte(w[m])) }

// TestDecoderChooses: of awaited messages that fit a frame, the one that somebody
// takes is it, however the bytes come.
func TestDecoderChooses(t *testing.T) {
	blank := func(frame []byte) error {
		if !bytes.Contains(frame, []byte(" ")) {
			return errCount
		}
		return nil
	}
	const (
		short = iota
		long
		block
	)
	dispatch := NewDispatch([]Shape{
		short: {Prefix: "="},
		long:  {Prefix: "=a", Check: blank},
		block: {Prefix: "=", Steps: []Step{{Kind: StepLine, Lit: "."}}},
	})
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 100, MaxLine: 100}
	for _, test := range []struct {
		name    string
		expects Expecter
		in      string
		message int
		frame   string
	}{
		{"the most specific", forWhom{short: "1", long: "1", block: "1"}, "=a 1\n", long, "=a 1"},
		{"the one that is taken", forWhom{short: "2", long: "1"}, "=a 2\n", short, "=a 2"},
		{"one with more lines", forWhom{short: "1", long: "1", block: "2"}, "=b 2\n.\n", block, "=b 2\n."},
		{"nobody's is the most specific", forWhom{short: "1", long: "1"}, "=a 3\n", long, "=a 3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for split := range len(test.in) {
				d := NewDecoder(f, dispatch)
				_, n, need, err := d.Next([]byte(test.in[:split]), test.expects)
				require.NoError(t, err)
				require.Zero(t, n)
				require.Positive(t, need)
				frame, n, _, err := d.Next([]byte(test.in), test.expects)
				require.NoError(t, err)
				require.Equal(t, len(test.in), n)
				require.Equal(t, test.frame, string(frame.Bytes))
				require.Equal(t, test.message, frame.Message)
			}
		})
	}
}

// TestPacketsAreChosen: so it is with packets, where an id tells whose a reply is.
func TestPacketsAreChosen(t *testing.T) {
	d := NewDecoder(packetFramings["crc"], NewDispatch([]Shape{{Prefix: "A"}, {Prefix: "A"}}))
	w := NewWriter(nil, packetFramings["crc"])
	layoutOf(&w, packetFramings["crc"].Packet, []byte("A2"))
	frame, err := w.End()
	require.NoError(t, err)
	for want, expects := range []forWhom{{0: "2", 1: "1"}, {0: "1", 1: "2"}} {
		f, _, _, err := d.Next(frame, expects)
		require.NoError(t, err)
		require.Equal(t, want, f.Message)
	}
	f, _, _, err := d.Next(frame, forWhom{0: "3", 1: "3"})
	require.NoError(t, err)
	require.Equal(t, 0, f.Message)
}
