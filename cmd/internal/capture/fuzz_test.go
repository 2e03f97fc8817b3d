package capture

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/decode"
)

// FuzzText reads whatever text there is: what is wrong with it is one line, and what comes of it
// comes in order.
func FuzzText(f *testing.F) {
	f.Add("> PING\n< PONG\n")
	f.Add("[ 1.5] C >> \"a\\r\\n\"\nC << 2 bytes 'ab'\nC close\n")
	f.Add(">> 2 bytes\n    0000  61 62  |ab|\n")
	f.Fuzz(func(t *testing.T, text string) { readable(t, []byte(text), Options{Form: Text}) })
}

// FuzzHex reads whatever hex there is.
func FuzzHex(f *testing.F) {
	f.Add("> 68 65\n6c\n")
	f.Add(">\n00000000: 6865  he\n*\n00000010: 0a  .\n")
	f.Add("<\n00000000  00 01  |..|\n00000002\n")
	f.Fuzz(func(t *testing.T, text string) { readable(t, []byte(text), Options{Form: Hex, Direction: "sent"}) })
}

// FuzzPackets reads whatever packets there are.
func FuzzPackets(f *testing.F) {
	events := []decode.Event{{Conn: 1, From: decode.Sent, Bytes: []byte("HEARTBEAT\n")}, {Conn: 1, Bytes: []byte("OK\n")}}
	f.Add(asPcap(f, events, plainly))
	f.Add(writeNg(f, packetsOf(events), linkLayer{link: 1, layers: frames(true, ip4, 0x800)}))
	f.Fuzz(func(t *testing.T, data []byte) { readable(t, data, Options{Form: Pcap}) })
}

// readable reads a capture, and looks at what comes of it.
func readable(t *testing.T, data []byte, o Options) {
	t.Helper()
	opened, bytesOf := map[int]bool{}, 0
	err := Read(bytes.NewReader(data), o, &Info{}, func(e decode.Event) error {
		require.Positive(t, e.Conn)
		require.GreaterOrEqual(t, e.At, decode.Untimed)
		require.GreaterOrEqual(t, e.Lost, int64(0))
		if e.Kind == decode.Opened {
			require.False(t, opened[e.Conn], "opened twice")
			opened[e.Conn] = true
		}
		if bytesOf += len(e.Bytes); bytesOf > 1<<24 {
			t.Skip("a star stands for much")
		}
		return nil
	})
	if err != nil {
		require.NotContains(t, err.Error(), "\n")
		require.Less(t, len(err.Error()), 1000)
		require.False(t, strings.HasSuffix(err.Error(), "."))
	}
}
