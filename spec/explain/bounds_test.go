package explain

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/alone"
)

// scene is a client of a random document, ready, with its device.
type scene struct {
	r       *rand.Rand
	d       *device.Device
	c       *dynamic.Client
	callers *sync.WaitGroup
}

// faults are what each case is, done to a client.
var faults = map[Case]func(context.Context, scene){
	Closed: func(_ context.Context, s scene) {
		if s.r.IntN(2) == 0 {
			s.d.Reset()
		} else {
			s.d.CloseAll()
		}
	},
	Idle:   func(_ context.Context, s scene) { s.d.BlackHole() },
	Frozen: func(_ context.Context, s scene) { s.d.Silence() },
	Busy: func(ctx context.Context, s scene) {
		// Commands are sent one after the other, before and after the end.
		for _, command := range []string{"get", "slow", "hold", "get"} {
			if s.c.Protocol().Command(command) == nil {
				continue
			}
			pause := time.Duration(s.r.Int64N(int64(time.Second)))
			s.callers.Go(func() {
				for ctx.Err() == nil && s.c.State().Up() {
					_, _, _ = s.c.Call(ctx, command, dynamic.Map{"n": 1})
					time.Sleep(pause)
				}
			})
		}
		s.d.BlackHole()
	},
	MidWord: func(_ context.Context, s scene) {
		s.d.StallMidFrame(3)
		s.d.Emit("NOTE half of it")
	},
	Drips: func(_ context.Context, s scene) {
		s.d.Drip(500 * time.Millisecond)
		s.d.Emit("NOTE " + strings.Repeat("x", 900))
	},
	Deaf: func(ctx context.Context, s scene) {
		s.d.StopReading()
		s.callers.Go(func() {
			for ctx.Err() == nil && s.c.State().Up() {
				s.d.Emit("NOTE still there")
				time.Sleep(100 * time.Millisecond)
			}
		})
		s.callers.Go(func() {
			for ctx.Err() == nil {
				if _, _, err := s.c.Call(ctx, "say", dynamic.Map{"text": strings.Repeat("x", 900)}); err != nil {
					return
				}
			}
		})
	},
}

// gathering is how long a command that nothing answers may wait for others before it
// is written.
const gathering = 100 * time.Microsecond

// TestNeverLaterThanPrinted: whatever the numbers and whatever goes wrong, the client
// knows by when the report says so; and the report says no more than it must.
func TestNeverLaterThanPrinted(t *testing.T) {
	alone.Skip(t)                  // for long; that clients have no races, others look at
	latest := map[string]float64{} // of the bound, by case and by what notices
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		doc := random(t, r)
		for _, n := range noticing(doc.model) {
			if n.Worst == Never || n.By == "kernel" {
				continue // there is no kernel in memory
			}
			after := noticedAfter(t, r, doc, n.Case) - gathering
			require.LessOrEqual(t, after, time.Duration(n.Worst), "seed %d: %s, by %s: %s\n%s", seed, n.Case, n.By, n.Why, doc.source)
			key := fmt.Sprint(n.Case, " by ", n.By)
			latest[key] = max(latest[key], after.Seconds()/time.Duration(n.Worst).Seconds())
		}
	}
	for _, key := range []string{
		"busy by reply", "busy by probe", "busy by silence", "idle by probe", "idle by silence", "frozen by probe", "frozen by silence",
		"midword by frame", "midword by probe", "midword by silence", "drips by frame", "drips by probe", "deaf by write", "deaf by probe",
	} {
		t.Logf("%s: at the latest after %.0f %% of what is printed", key, 100*latest[key])
		require.Greater(t, latest[key], 0.9, key)
	}
}

// noticedAfter runs a client into a fault, and gives the time until it has lost the link.
func noticedAfter(t *testing.T, r *rand.Rand, doc opened, c Case) (after time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		d := doc.protocol.Device(device.WithBuffer(2 << 10))
		defer d.Close()
		for _, command := range []string{"get", "slow"} {
			d.Handle(command, func(*device.Request) {}) // asked, and never answered
		}
		client, err := doc.protocol.Dial(t.Context(), "device", nil, runtime.WithDialer(d.Dialer()))
		require.NoError(t, err)
		defer client.Close()
		ctx, cancel := context.WithCancel(t.Context())
		var callers sync.WaitGroup
		defer callers.Wait()
		defer cancel()
		time.Sleep(time.Duration(r.Int64N(int64(50 * time.Millisecond))))
		if !client.State().Up() {
			return
		}
		lost := make(chan time.Time, 1)
		callers.Go(func() {
			for ch := range client.States(ctx) {
				if !ch.To.Up() {
					lost <- time.Now()
					return
				}
			}
		})
		synctest.Wait()
		begun := time.Now()
		faults[c](ctx, scene{r, d, client, &callers})
		select {
		case at := <-lost:
			after = at.Sub(begun)
		case <-time.After(48 * time.Hour):
			after = 48 * time.Hour
		}
	})
	return after
}
