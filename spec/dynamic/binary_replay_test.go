package dynamic_test

import (
	"bufio"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestBinaryReplay feeds transcripts of real servers to the decoder, byte by byte:
// every frame that was received is a message, every frame that was sent is a
// command, but for strangers that provoke an error, and all are written back as
// they were.
func TestBinaryReplay(t *testing.T) {
	for _, test := range []struct {
		document, transcript, link string
		received, sent, strangers  int
	}{
		{"../vendors/modbus", "modbus_tcp", "C", 7, 8, 1},
		{"../vendors/mqtt", "mosquitto", "C", 6, 5, 0},
		{"../vendors/mqtt", "mosquitto", "E", 1, 1, 0},
		{"../vendors/kiss", "direwolf_kiss_agw", "C", 0, 1, 0},
	} {
		t.Run(test.transcript+"/"+test.link, func(t *testing.T) {
			p := open(t, test.document+".yaml")
			in, out := hexTranscript(t, test.transcript, test.link)
			frames, strangers := replayBinary(t, p, in, true)
			require.Equal(t, test.received, frames)
			require.Zero(t, strangers)
			frames, strangers = replayBinary(t, p, out, false)
			require.Equal(t, test.sent, frames)
			require.Equal(t, test.strangers, strangers)
		})
	}
}

// hexTranscript gives what a link of a transcript received and sent.
func hexTranscript(t *testing.T, name, link string) (received, sent []byte) {
	t.Helper()
	f, err := os.Open("testdata/transcripts/" + name + ".txt")
	require.NoError(t, err)
	defer f.Close()
	var into *[]byte
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		_, what, event := strings.Cut(line, "] "+link+" ")
		switch {
		case event && strings.HasPrefix(what, ">>"):
			into = &sent
		case event && strings.HasPrefix(what, "<<"):
			into = &received
		case strings.HasPrefix(line, "["):
			into = nil
		case into != nil && strings.HasPrefix(line, "    "):
			digits, _, _ := strings.Cut(line[len("    0000  "):], "|")
			b, err := hex.DecodeString(strings.Join(strings.Fields(digits), ""))
			require.NoError(t, err)
			*into = append(*into, b...)
		}
	}
	return received, sent
}

// replayBinary counts the frames of a stream, and those that are not known. All
// others must be written back as they were.
func replayBinary(t *testing.T, p *dynamic.Protocol, stream []byte, received bool) (frames, strangers int) {
	t.Helper()
	var shapes []wire.Shape
	for _, m := range p.Plan().Messages {
		shapes = append(shapes, m.Shape)
	}
	if !received {
		shapes = nil
		for _, c := range p.Plan().Commands {
			shapes = append(shapes, c.Shape)
		}
	}
	framing := &p.Plan().Framing
	d := wire.NewDecoder(framing, wire.NewDispatch(shapes))
	var again []byte
	for from, to := 0, 0; to <= len(stream); {
		f, n, need, err := d.Next(stream[from:to], nil)
		require.NoErrorf(t, err, "frame %d", frames)
		from += n
		if need > 0 {
			to++
			continue
		}
		frames++
		before := len(again)
		if f.Message == wire.NoMessage {
			strangers++
			again = append(again, stream[from-n:from]...)
		} else if received {
			m := p.Model().Messages[f.Message]
			values, err := p.Decode(m.Name, f.Bytes)
			require.NoError(t, err)
			again, err = p.EncodeMessage(again, m.Name, values.Map())
			require.NoErrorf(t, err, "%s %v", m.Name, values)
		} else {
			c := p.Model().Commands[f.Message]
			values, err := p.DecodeCommand(c.Name, f.Bytes)
			require.NoError(t, err)
			again, err = p.Encode(again, c.Name, values.Map())
			require.NoErrorf(t, err, "%s %v", c.Name, values)
		}
		require.Equal(t, f.Bytes, framing.Content(again[before:]))
	}
	require.False(t, d.Pending())
	require.Equal(t, stream, again)
	return frames, strangers
}
