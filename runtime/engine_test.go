package runtime

import (
	"errors"
	goruntime "runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// fleet is clients of one engine, all READY, each with a device of its own.
type fleet struct {
	*Engine
	clients []*Client
	devices []*device.Device
}

func newFleet(t *testing.T, n int) *fleet {
	t.Helper()
	f := &fleet{Engine: NewEngine()}
	plan := plantest.Acme()
	for range n {
		d := device.New(plan)
		answer(d, plan)
		c, err := Dial(t.Context(), plan, "device", someone(), WithDialer(d.Dialer()), WithEngine(f.Engine))
		require.NoError(t, err)
		f.clients, f.devices = append(f.clients, c), append(f.devices, d)
	}
	return f
}

func (f *fleet) close(t *testing.T) {
	t.Helper()
	require.NoError(t, f.Engine.Close())
	for _, d := range f.devices {
		require.NoError(t, d.Close())
	}
}

// TestInvariant03EngineHoldsTheBound of many clients at once, but for the spacing of its
// wake-ups; that of few is exact.
func TestInvariant03EngineHoldsTheBound(t *testing.T) {
	for name, test := range map[string]struct {
		clients int
		late    time.Duration
	}{
		"few":  {spacedFrom - 1, 0},
		"many": {10 * share, spacing},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFleet(t, test.clients)
				defer f.close(t)
				start := time.Now()
				for i, d := range f.devices {
					if i%3 > 0 {
						d.BlackHole()
					}
				}
				time.Sleep(plantest.Bound(f.clients[0].plan) - time.Nanosecond)
				for _, c := range f.clients {
					require.True(t, c.State().Up())
				}
				var all sync.WaitGroup
				for i, c := range f.clients {
					if i%3 == 0 {
						continue
					}
					all.Go(func() {
						for ch := range c.States(t.Context()) {
							if ch.To != Backoff {
								continue
							}
							late := ch.At.Sub(start) - plantest.Bound(c.plan)
							if late < 0 || late > test.late || !errors.Is(ch.Err, ErrPeerSilent) {
								t.Errorf("client %d: %v late, %v", i, late, ch.Err)
							}
							return
						}
					})
				}
				all.Wait()
				time.Sleep(time.Minute)
				for i, c := range f.clients {
					if i%3 == 0 {
						require.EqualValues(t, 1, c.Stats().Links, "client %d lives", i)
					}
				}
			})
		})
	}
}

// TestInvariant02EngineWaitsForNoLock: whoever holds the lock of a client delays neither its
// verdict, nor anything of another client.
func TestInvariant02EngineWaitsForNoLock(t *testing.T) {
	for held := range 2 {
		synctest.Test(t, func(t *testing.T) {
			f := newFleet(t, 2)
			defer f.close(t)
			for _, d := range f.devices {
				d.BlackHole()
			}
			time.Sleep(plantest.Bound(f.clients[0].plan) - time.Nanosecond)
			locked, other := f.clients[held], f.clients[1-held]
			dead := locked.current.Load()
			locked.mu.Lock()
			time.Sleep(time.Nanosecond) // the bound
			for range 1_000_000 {
				if dead.marks.has(aborted) && other.State() == Backoff {
					break
				}
				goruntime.Gosched() // no time passes while somebody waits for a lock
			}
			require.True(t, dead.marks.has(aborted))
			require.Equal(t, Backoff, other.State())
			locked.mu.Unlock()
		})
	}
}

// TestAnEarlierDeadlineIsKept: what is due before all that the engine waits for wakes it up.
func TestAnEarlierDeadlineIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := NewEngine()
		for range 2 {
			e.queue.add(&Client{cfg: &config{engine: e}})
		}
		one, other := e.queue[0].client, e.queue[1].client
		for _, set := range []struct {
			client   *Client
			at, wake time.Duration
		}{{one, 3, 3}, {other, 2, 2}, {other, 4, 2}, {one, 1, 1}} {
			e.set(set.client, set.at*time.Hour)
			require.Equal(t, set.wake*time.Hour, e.wake)
		}
		e.timer.Stop()
	})
}

// TestEngineSpacesItsWakeUps where they serve many.
func TestEngineSpacesItsWakeUps(t *testing.T) {
	for clients, want := range map[int]time.Duration{spacedFrom - 1: 1, spacedFrom: spacing} {
		synctest.Test(t, func(t *testing.T) {
			e := NewEngine()
			e.ticked = time.Hour
			for range clients {
				e.queue.add(&Client{cfg: &config{engine: e}})
			}
			e.set(e.queue[clients/2].client, e.ticked+1)
			require.Equal(t, e.ticked+want, e.wake)
			e.timer.Stop()
		})
	}
}

// TestEngineCloseClosesItsClients, and no others can be run.
func TestEngineCloseClosesItsClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(t, 100)
		waiting := make(chan error)
		f.devices[0].DropReplies("read", 1)
		go func() {
			_, err := f.clients[0].try(t.Context(), plantest.Read(f.clients[0].plan, 1))
			waiting <- err
		}()
		synctest.Wait()
		before := time.Now()
		require.NoError(t, f.Engine.Close())
		require.LessOrEqual(t, time.Since(before), 100*time.Millisecond)
		require.ErrorIs(t, <-waiting, ErrClosed)
		for _, c := range f.clients {
			require.Equal(t, Closed, c.State())
		}
		require.Empty(t, f.queue)
		require.False(t, f.waits, "a timer is left")
		_, err := Dial(t.Context(), f.clients[0].plan, "device", someone(), WithEngine(f.Engine))
		require.ErrorIs(t, err, ErrClosed)
		f.close(t)
	})
}
