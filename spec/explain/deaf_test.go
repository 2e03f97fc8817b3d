package explain

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestDeafUntilBuffersAreFull: what the report says of a device that reads nothing, as
// long as a write completes.
func TestDeafUntilBuffersAreFull(t *testing.T) {
	const never = 10 * time.Minute // that is looked at
	for _, c := range []struct {
		life, replies, says string
		idle, waits         time.Duration // until the link is lost
	}{
		{"probe: {send: ping, every: 10s, timeout: 5s}", "match: order", "a command that waits ends the link after its reply's time; while none does, what comes holds the heartbeat back: nothing is written and nothing noticed", never, 3 * time.Second},
		{"probe: {send: ping, every: 10s, timeout: 5s}", "match: kind", "a command that waits fails after its reply's time; while none does, what comes holds the heartbeat back: nothing is written and nothing noticed", never, never},
		{"silence: 10s", "match: kind", "a command that waits fails after its reply's time; while none does, nothing is written and nothing noticed", never, never},
		{"silence: 10s, beat: {send: alive, every: 10s}", "match: order", "a command that waits ends the link after its reply's time; while none does, nothing is noticed", never, 3 * time.Second},
		{"probe: {send: ping, every: 10s, timeout: 5s, when: always}", "match: kind", "a command that waits fails after its reply's time; while none does, nothing is noticed", never, never},
		{"probe: {send: ping, every: 10s, timeout: 5s, when: always}", "match: order", "a command that waits ends the link after its reply's time; a heartbeat without an answer ends the link", 15 * time.Second, 3 * time.Second},
		{"probe: {send: ping, every: 10s, timeout: 5s, when: always}", "match: order, late: swallow", "a command that waits fails after its reply's time; a heartbeat without an answer ends the link", 20 * time.Second, never},
	} {
		doc := open(t, fmt.Sprintf(skeleton, c.life, "{}", c.replies)+"timeouts: {reply: 3s, write: 2s}\n")
		rows := noticing(doc.model)
		row := rows[len(rows)-1]
		require.Equal(t, Deaf, row.Case)
		require.Equal(t, "it sends, but reads nothing: from when a write no longer completes", row.Words())
		require.Equal(t, "timeouts.write. Before that, "+c.says, row.Why)
		idle, _ := deafFor(t, doc, never, false)
		require.InDelta(t, c.idle.Seconds(), idle.Seconds(), 0.2, "%s, %s: idle", c.life, c.replies)
		waits, err := deafFor(t, doc, never, true)
		require.ErrorIs(t, err, runtime.ErrTimeout)
		if c.waits < never || c.idle == never {
			require.InDelta(t, c.waits.Seconds(), waits.Seconds(), 0.2, "%s, %s: a command waits", c.life, c.replies)
		}
	}
}

// deafFor is how long a link lasts whose device sends each second, and reads nothing.
// One command is called, or none; it fails after its reply's time.
func deafFor(t *testing.T, doc opened, most time.Duration, call bool) (lasts time.Duration, err error) {
	synctest.Test(t, func(t *testing.T) {
		d := doc.protocol.Device()
		defer d.Close()
		c, e := doc.protocol.Dial(t.Context(), "device", nil, runtime.WithDialer(d.Dialer()))
		require.NoError(t, e)
		defer c.Close()
		var callers sync.WaitGroup
		defer callers.Wait()
		d.StopReading()
		begun := time.Now()
		if call {
			callers.Go(func() {
				_, _, err = c.Call(t.Context(), "get", dynamic.Map{"n": 1})
				require.InDelta(t, 3, time.Since(begun).Seconds(), 0.01)
			})
		}
		for ; c.State().Up() && lasts < most; lasts = time.Since(begun) {
			if lasts%time.Second == 0 {
				d.Emit("NOTE still there")
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	return lasts, err
}
