package explain

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/internal/alone"
)

// TestTypically: of many moments at which a device may vanish, half are noticed by the
// time that is printed.
func TestTypically(t *testing.T) {
	alone.Skip(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, life := range []string{
		"probe: {send: ping, every: 10s, timeout: 2s, misses: 2}",
		"probe: {send: ping, every: 10s, timeout: 2s, misses: 2, when: always}",
		"probe: {send: ping, every: 10s, timeout: 8s}, silence: 15s",
		"probe: {send: ping, every: 10s, timeout: 8s, when: always}, silence: 15s",
		"probe: {send: ping, every: 20s, timeout: 20s}", // later than a frame's time
	} {
		doc := open(t, fmt.Sprintf(skeleton, life, "{}", "match: order"))
		for _, n := range noticing(doc.model) {
			if n.Case != Idle && n.Case != Frozen && n.Case != MidWord {
				continue
			}
			var all []time.Duration
			for range 300 {
				all = append(all, vanishes(t, doc, faults[n.Case], time.Minute+time.Duration(r.Int64N(int64(20*time.Second)))))
			}
			slices.Sort(all)
			t.Logf("%s: %s: half after %v, printed %v", life, n.Case, all[150], n.Typical)
			require.InDelta(t, time.Duration(n.Typical).Seconds(), all[150].Seconds(), 1, "%s: %s", life, n.Case)
		}
	}
}

// vanishes lets the device of an idle client vanish, and gives the time until the
// client knows.
func vanishes(t *testing.T, doc opened, fault func(context.Context, scene), at time.Duration) (after time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		d := doc.protocol.Device()
		defer d.Close()
		c, err := doc.protocol.Dial(t.Context(), "device", nil, runtime.WithDialer(d.Dialer()))
		require.NoError(t, err)
		defer c.Close()
		time.Sleep(at)
		fault(t.Context(), scene{d: d, c: c})
		begun := time.Now()
		for ch := range c.States(t.Context()) {
			if !ch.To.Up() && ch.To != runtime.Dialing && ch.To != runtime.Greeting {
				after = ch.At.Sub(begun)
				return
			}
		}
	})
	return after
}
