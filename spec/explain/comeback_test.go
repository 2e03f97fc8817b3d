package explain

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/internal/alone"
)

// seen is what a device saw of an outage.
type seen struct {
	back    []time.Duration // by client, from the end of the outage; sorted; 0: its link went on
	refused []time.Duration // from the begin
}

// goes takes the server away from the real clients of a document, for a while.
func goes(t *testing.T, doc opened, clients int, begin, length time.Duration, silent bool) (s seen) {
	synctest.Test(t, func(t *testing.T) {
		d := doc.protocol.Device(device.WithHistory(1 << 20))
		defer d.Close()
		for range clients {
			c, err := doc.protocol.Dial(t.Context(), "device", nil, runtime.WithDialer(d.Dialer()))
			require.NoError(t, err)
			defer c.Close()
			time.Sleep(25 * time.Millisecond) // their heartbeats are not at the same time
		}
		time.Sleep(begin)
		began := d.Elapsed()
		if silent {
			d.BlackHole()
			d.HangDial()
		} else {
			d.RefuseDial()
			d.CloseAll()
		}
		time.Sleep(length)
		d.Heal()
		time.Sleep(10 * time.Minute)
		for _, r := range d.History().Since(began) {
			switch r.Kind {
			case device.Refused:
				s.refused = append(s.refused, r.At-began)
			case device.Connected:
				s.back = append(s.back, max(0, r.At-began-length))
			}
		}
	})
	for len(s.back) < clients {
		s.back = append(s.back, 0)
	}
	slices.Sort(s.back)
	return s
}

// TestReadyAgainInTime: real clients, random schedules and outages, never later than
// the worst.
func TestReadyAgainInTime(t *testing.T) {
	alone.Skip(t)
	closest := 0.0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		doc := random(t, r)
		silent := r.IntN(2) == 0
		length := time.Duration(1+r.IntN(120)) * time.Second
		worst := worstComeback(doc.model, length, silent)
		if worst == Never || doc.model.Liveness.Silence > 0 {
			continue // the device says nothing by itself: such links end all the time
		}
		got := goes(t, doc, 20, time.Minute+time.Duration(r.Int64N(int64(time.Minute))), length, silent)
		last := got.back[len(got.back)-1]
		require.LessOrEqual(t, last, time.Duration(worst), "seed %d, silent %v for %v\n%s", seed, silent, length, doc.source)
		if worst > 0 {
			closest = max(closest, last.Seconds()/time.Duration(worst).Seconds())
		}
	}
	t.Logf("at the latest after %.0f %% of what is printed", 100*closest)
	require.Greater(t, closest, 0.9)
}

// TestSimulatedAsReal: what is simulated is what real clients do.
func TestSimulatedAsReal(t *testing.T) {
	alone.Skip(t)
	const clients = 400
	doc := open(t, fmt.Sprintf(skeleton, "probe: {send: ping, every: 10s, timeout: 5s}", "{initial: 500ms, max: 20s, stable_after: 10s}", "match: order"))
	for _, silent := range []bool{false, true} {
		real := goes(t, doc, clients, time.Minute, time.Minute, silent)
		c := comeback(doc.model, Options{Seed: 1, Samples: 2_000}, time.Minute, silent)
		t.Logf("silent %v: half after %v, printed %v; 95 %% after %v, printed %v", silent, real.back[clients/2], c.Median, real.back[clients*95/100], c.P95)
		late := 1500 * time.Millisecond
		if silent { // a dial in memory is answered when the network is back, one of the kernel's when it asks next
			late = 4 * time.Second
		}
		for _, q := range []struct{ printed, real time.Duration }{
			{time.Duration(c.Median), real.back[clients/2]}, {time.Duration(c.P95), real.back[clients*95/100]},
		} {
			require.Greater(t, q.printed, q.real-1500*time.Millisecond)
			require.Less(t, q.printed, q.real+late)
		}
		if silent {
			continue
		}
		load := restart(doc.model, Options{Clients: clients}, time.Minute)
		t.Logf("at most %d connections a second, printed %d; %d refused, printed %d", densest(real.back), load.Peak, densest(real.refused), load.Refused)
		require.InEpsilon(t, load.Peak, densest(real.back), 0.3)
		require.InEpsilon(t, load.Refused, densest(real.refused), 0.15)
	}
}
