package explain

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestMisfitsAsPrinted: what ends a link that fits nothing, while nothing is asked and
// while a command waits.
func TestMisfitsAsPrinted(t *testing.T) {
	const unknown, unawaited = "WHAT", "VALUE 1"
	for _, c := range []struct {
		replies, unexpected, line string
		misfit                    int
		says                      string
		idle, waits               bool // the link is ended
	}{
		{"order", "{message: close}", unknown, 0, "the link is ended", true, true},
		{"kind", "{message: close}", unknown, 0, "the link is ended", true, true},
		{"kind", "{message: event}", unknown, 0, "is handed to the program as it is", false, false},
		{"kind", "{message: drop}", unknown, 0, "is dropped", false, false},
		{"order", "{reply: close}", unawaited, 1, "the link is ended", true, true},
		{"order", "{reply: drop}", unawaited, 1, "is dropped; while a command waits, the link is ended", false, true},
		{"kind", "{reply: close}", unawaited, 1, "the link is ended; a late answer to the heartbeat is dropped", true, true},
		{"kind", "{reply: close}", "PONG", 1, "the link is ended; a late answer to the heartbeat is dropped", false, false},
		{"kind", "{reply: drop}", unawaited, 1, "is dropped; one to another request than that which waits ends the link", false, true},
	} {
		doc := open(t, fmt.Sprintf(skeleton, "probe: {send: ping, every: 10s, timeout: 5s}", "{}", "match: "+c.replies)+"unexpected: "+c.unexpected+"\n")
		m := misfits(doc.model)[c.misfit]
		require.Equal(t, c.says, m.Fate(), "%s, %s", c.replies, c.unexpected)
		require.Equal(t, c.idle, misfitEnds(t, doc, c.line, false), "%s, %s: idle", c.replies, c.unexpected)
		require.Equal(t, c.waits, misfitEnds(t, doc, c.line, true), "%s, %s: a command waits", c.replies, c.unexpected)
	}
}

// misfitEnds reports whether a line ends the link. The command that waits, if any, asks
// for the value of 2.
func misfitEnds(t *testing.T, doc opened, line string, waits bool) (ended bool) {
	synctest.Test(t, func(t *testing.T) {
		d := doc.protocol.Device()
		defer d.Close()
		d.Handle("get", func(*device.Request) {})
		c, err := doc.protocol.Dial(t.Context(), "device", nil, runtime.WithDialer(d.Dialer()))
		require.NoError(t, err)
		defer c.Close()
		if waits {
			go func() { _, _, _ = c.Call(t.Context(), "get", dynamic.Map{"n": 2}) }()
		}
		time.Sleep(time.Second)
		d.Emit(line)
		synctest.Wait()
		ended = !c.State().Up()
	})
	return ended
}
