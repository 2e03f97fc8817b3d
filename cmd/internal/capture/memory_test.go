package capture

import (
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/decode"
)

// TestMemoryIsBounded: of a capture of 100 MB, with segments that never come and connections
// that never end, little is kept.
func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100 MB")
	}
	p := open(t, "acme")
	most := uint64(0)
	d := decode.New(p, func(decode.Record) error { return nil })
	var info Info
	n := 0
	err := Read(&endless{t: t}, Options{Port: serverPort}, &info, func(e decode.Event) error {
		if n++; n%20_000 == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		return d.Take(e)
	})
	require.NoError(t, err)
	require.NoError(t, d.End(info.Last))
	totals := d.Totals()
	require.Greater(t, totals.Bytes, int64(80<<20))
	require.Greater(t, totals.Connections, 40_000)
	require.Positive(t, totals.BytesLost)
	require.Zero(t, totals.Unknown)
	require.Less(t, most, uint64(96<<20), "bytes of heap")
	t.Logf("%d frames, %d MiB at most", totals.Frames, most>>20)
}

// endless is a capture that is made as it is read: a long connection of which each hundredth
// segment is missing, and after each other segment a connection that says little and never ends.
type endless struct {
	t   *testing.T
	buf bytes.Buffer
	n   int
	seq uint32
}

var reading = []byte("ERR 3 " + strings.Repeat("no such channel ", 80) + "\n")

func (e *endless) Read(b []byte) (int, error) {
	for e.buf.Len() == 0 {
		if e.n++; e.n > 80_000 {
			return 0, io.EOF
		}
		w := pcapgo.NewWriter(&e.buf)
		if e.n == 1 {
			require.NoError(e.t, w.WriteFileHeader(1<<18, plainly.link))
		}
		at := time.Duration(e.n) * 2 * time.Millisecond
		long := sentPacket{conn: 1, from: decode.Received, seq: e.seq, ack: true, payload: reading, at: at}
		if e.seq += uint32(len(reading)); e.n%100 != 0 {
			e.write(w, long)
		}
		if e.n%2 == 0 {
			e.write(w, sentPacket{conn: 2 + e.n/2, from: decode.Sent, seq: uint32(e.n), syn: true, at: at})
			e.write(w, sentPacket{conn: 2 + e.n/2, from: decode.Sent, seq: uint32(e.n) + 1, ack: true, payload: []byte("HEARTBEAT\n"), at: at})
		}
	}
	return e.buf.Read(b)
}

func (e *endless) write(w *pcapgo.Writer, p sentPacket) {
	data, ci := p.bytesOf(e.t, plainly)
	require.NoError(e.t, w.WritePacket(ci, data))
}
