package runtime

import (
	"context"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// places are ways to bring a client into each state.
var places = []struct {
	name  string
	state State
	bring func(r *rig)
}{
	{"idle", Idle, func(*rig) {}},
	{"dialing", Dialing, func(r *rig) {
		r.device.HangDial()
		require.NoError(r.t, r.start0())
	}},
	{"greeting", Greeting, func(r *rig) {
		r.device.Silence()
		require.NoError(r.t, r.start0())
	}},
	{"ready", Ready, (*rig).up},
	{"ready with a command", Ready, func(r *rig) {
		r.up()
		r.device.Silence()
		go func() { _, _ = r.read(context.Background(), 1) }()
	}},
	{"ready with a stuck write", Ready, func(r *rig) {
		r.up()
		r.device.BlackHole()
		r.flood()
	}},
	{"suspect", Suspect, func(r *rig) {
		r.up()
		r.device.BlackHole()
		r.await(Suspect)
	}},
	{"backoff", Backoff, func(r *rig) {
		r.device.RefuseDial()
		require.NoError(r.t, r.start0())
	}},
	{"draining", Draining, func(r *rig) {
		r.up()
		r.device.Silence()
		go func() { _, _ = r.read(context.Background(), 1) }()
		synctest.Wait()
		go func() { _ = r.Shutdown(context.Background()) }()
	}},
	{"closed", Closed, func(r *rig) { require.NoError(r.t, r.Close()) }},
}

// flood fills the peer's buffer, so that a write blocks.
func (r *rig) flood() {
	for range 10 {
		go func() {
			request := plantest.Set(r.plan, 1, string(make([]byte, 2000)))
			for i := range request.Frame[len("SET 1 "):] {
				request.Frame[len("SET 1 ")+i] = 'x'
			}
			request.Frame[len(request.Frame)-1] = '\n'
			_, _ = r.try(context.Background(), request)
		}()
	}
}

func inEveryState(t *testing.T, test func(t *testing.T, r *rig)) {
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			virtual(t, plantest.Acme(plantest.InFlight(100)), func(t *testing.T, r *rig) {
				place.bring(r)
				synctest.Wait()
				require.Equal(t, place.state, r.State())
				test(t, r)
			})
		})
	}
}

func TestCloseInEveryState(t *testing.T) {
	inEveryState(t, func(t *testing.T, r *rig) {
		r.device.Silence()
		waiting := make(chan error, 1)
		go func() {
			_, err := r.read(context.Background(), 2)
			waiting <- err
		}()
		synctest.Wait()
		before := time.Now()
		require.NoError(t, r.Close())
		require.Zero(t, time.Since(before), "nothing was left to wait for")
		require.Equal(t, Closed, r.State())
		require.ErrorIs(t, <-waiting, ErrClosed)
		require.NoError(t, r.Close())
	})
}

func TestShutdownInEveryState(t *testing.T) {
	inEveryState(t, func(t *testing.T, r *rig) {
		before, ready := time.Now(), r.State() == Ready || r.State() == Suspect || r.State() == Draining
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		err := r.Shutdown(ctx)
		require.Equal(t, Closed, r.State())
		if !ready {
			require.NoError(t, err)
			require.Zero(t, time.Since(before), "there was nothing to drain")
		}
		require.Less(t, time.Since(before), time.Minute, "the session's own deadlines ended it")
	})
}

func TestShutdownObeysItsContext(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		r.device.Silence()
		waiting := make(chan error, 1)
		go func() {
			_, err := r.read(context.Background(), 2)
			waiting <- err
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		before := time.Now()
		require.ErrorIs(t, r.Shutdown(ctx), context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(before))
		var e *Error
		require.ErrorAs(t, <-waiting, &e)
		require.Equal(t, Unknown, e.Fate)
	})
}

// TestShutdownIsInOrder: the peer reads our last word, then the end of the
// stream, and no reset.
func TestShutdownIsInOrder(t *testing.T) {
	virtual(t, plantest.Acme(plantest.Logout("set", "SET 1 off\n")), func(t *testing.T, r *rig) {
		r.up()
		require.NoError(t, r.Shutdown(t.Context()))
		require.Zero(t, time.Since(r.start))
		require.NoError(t, r.Err())
		synctest.Wait()
		h := r.device.History()
		require.Len(t, h.Commands("set"), 1)
		require.Len(t, h.Of(device.HalfClosed), 1)
		require.Len(t, h.Of(device.Ended), 1)
		require.NotErrorIs(t, h.Of(device.Ended)[0].Err, errConnReset)
	})
}

// TestCloseFromCallbacks: from a log handler or observer, from a state loop,
// from an event loop, and from a dial hook.
func TestCloseFromCallbacks(t *testing.T) {
	const atMost = 100 * time.Millisecond
	var c *Client
	var took chan time.Duration // of the bubble
	closeIt := func() {
		before := time.Now()
		_ = c.Close()
		_ = c.Close()
		took <- time.Since(before)
	}
	t.Run("observer", func(t *testing.T) {
		virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
			c, took = r.Client, make(chan time.Duration, 1)
			require.NoError(t, r.start0())
			require.LessOrEqual(t, <-took, atMost)
		}, WithObserver(Observer{State: func(ch StateChange) {
			if ch.To == Ready {
				closeIt()
			}
		}}))
	})
	t.Run("states", func(t *testing.T) {
		virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
			c, took = r.Client, make(chan time.Duration, 1)
			go func() {
				for ch := range r.States(context.Background()) {
					if ch.To == Ready {
						closeIt()
					}
				}
			}()
			require.NoError(t, r.start0())
			require.LessOrEqual(t, <-took, atMost)
		})
	})
	t.Run("events", func(t *testing.T) {
		virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
			c, took = r.Client, make(chan time.Duration, 1)
			s := r.Subscribe(Filter{})
			r.up()
			r.device.Emit("READING 1 2 C")
			n := 0
			for range s.Frames(t.Context()) {
				n++
				closeIt()
			}
			require.Equal(t, 1, n)
			require.LessOrEqual(t, <-took, atMost)
		})
	})
	t.Run("dial hook", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			hook := func(context.Context, string, string) (net.Conn, error) {
				closeIt()
				return nil, errors.New("no")
			}
			var err error
			took = make(chan time.Duration, 1)
			c, err = New(plantest.Acme(), "device", someone(), WithDialer(hook))
			require.NoError(t, err)
			require.ErrorIs(t, c.Run(t.Context()), nil)
			require.LessOrEqual(t, <-took, atMost)
		})
	})
}

func TestNothingIsDialledAfterClose(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.device.RefuseDial()
		require.NoError(t, r.start0())
		time.Sleep(time.Minute)
		require.NoError(t, r.Close())
		before := len(r.device.History())
		r.device.Heal()
		r.ReconnectNow()
		time.Sleep(time.Hour)
		require.Len(t, r.device.History(), before)
		require.Equal(t, session.Closed, r.State())
	})
}
