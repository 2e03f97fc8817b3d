package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

func TestNewRefuses(t *testing.T) {
	plain := plantest.Acme(plantest.Also(func(p *session.Plan) { p.TLS = session.TLSNever }))
	for name, test := range map[string]struct {
		plan *session.Plan
		addr string
		opt  Option
		want string
	}{
		"address":  {plantest.Acme(), ":1", nil, "no usable host"},
		"failover": {plantest.Acme(), "a", WithFailover("b:x"), "not a number"},
		"tls":      {plain, "a", WithTLS(nil), "acme does not speak TLS"},
		"buffer":   {plantest.Acme(), "a", WithEventBuffer(0, DropOldest), "event buffer"},
		"overflow": {plantest.Acme(), "a", WithEventBuffer(1, 9), "overflow policy"},
		"waiting":  {plantest.Acme(), "a", WithMaxWaiting(-1), "waiting calls"},
	} {
		t.Run(name, func(t *testing.T) {
			var opts []Option
			if test.opt != nil {
				opts = append(opts, test.opt)
			}
			_, err := New(test.plan, test.addr, someone(), opts...)
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestDialCommandClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		c, err := Dial(t.Context(), r.plan, "device", someone(), WithDialer(r.device.Dialer()))
		require.NoError(t, err)
		require.Equal(t, Ready, c.State())
		require.ErrorIs(t, c.Run(t.Context()), ErrRunning)
		r.Client = c
		for channel := range uint8(20) {
			r.mustRead(channel)
		}
		st := c.Stats()
		require.EqualValues(t, 21, st.FramesSent)
		require.EqualValues(t, 21, st.FramesReceived)
		require.Zero(t, st.Waiting)
		require.EqualValues(t, 1, c.Count())
		require.EqualValues(t, 2, c.Count())
		r.close()
		require.Equal(t, Closed, c.State())
		require.NoError(t, c.Err(), "it ended as asked")
		_, err = r.read(t.Context(), 1)
		require.ErrorIs(t, err, ErrClosed)
		require.ErrorIs(t, c.Run(t.Context()), ErrRunning)
	})
}

func TestDialReturnsTheLastAttemptsError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		defer r.close()
		r.device.RefuseDial()
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := Dial(ctx, r.plan, "device", someone(), WithDialer(r.device.Dialer()))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, syscall.ECONNREFUSED)
		require.ErrorContains(t, err, "dial acme at device:1234: ")
		require.Equal(t, 3*time.Second, time.Since(r.start))
	})
}

func TestDialReturnsARefusalAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		defer r.close()
		r.device.RefuseLogin("DENIED")
		_, err := Dial(t.Context(), r.plan, "device", someone(), WithDialer(r.device.Dialer()))
		require.ErrorIs(t, err, ErrRefused)
		require.Zero(t, time.Since(r.start))
	})
}

func TestRunEndsWithItsContext(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- r.Run(ctx) }()
		r.await(Ready)
		cancel()
		require.Equal(t, context.Canceled, <-ended)
		require.Equal(t, Closed, r.State())
		_, err := r.read(t.Context(), 1)
		require.ErrorIs(t, err, ErrClosed)
	})
}

func TestRunReturnsWhyTheClientStopped(t *testing.T) {
	for name, test := range map[string]struct {
		end  func(r *rig)
		want error
	}{
		"close":    {func(r *rig) { _ = r.Close() }, nil},
		"shutdown": {func(r *rig) { require.NoError(r.t, r.Shutdown(r.t.Context())) }, nil},
		"refused":  {func(r *rig) { r.device.RefuseLogin("DENIED"); r.device.Reset() }, ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
				ended := make(chan error)
				go func() { ended <- r.Run(t.Context()) }()
				r.await(Ready)
				test.end(r)
				if err := <-ended; test.want == nil {
					require.NoError(t, err)
				} else {
					require.ErrorIs(t, err, test.want)
				}
			})
		})
	}
}

// TestInvariant17SecretsStayInside prints a client in every way, and all that it logs.
func TestInvariant17SecretsStayInside(t *testing.T) {
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var names []string
	observer := Observer{
		Sent:     func(command string, _ int) { names = append(names, command) },
		Received: func(message string, _ int) { names = append(names, message) },
	}
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		r.mustRead(3)
		r.device.Reset()
		r.await(Backoff)
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			text := fmt.Sprintf(verb, r.Client)
			require.NotContains(t, text, someone().Secret)
			require.Contains(t, text, "acme client of device:1234 (backoff)")
		}
		r.close()
	}, WithLogger(logger), WithObserver(observer))
	require.NotContains(t, log.String(), someone().Secret)
	require.Contains(t, log.String(), `level=INFO msg="state changed" from=greeting to=ready addr=device:1234 link=1 vendor=acme`)
	require.Contains(t, log.String(), `level=WARN msg="state changed" from=ready to=backoff`)
	require.Equal(t, []string{"login", "ok", "read", "reading"}, names)
}

func TestObserverSeesRoundTrips(t *testing.T) {
	var rtts []time.Duration
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		r.device.Delay(70 * time.Millisecond)
		time.Sleep(25 * time.Second)
		require.Equal(t, 70*time.Millisecond, r.Stats().RTT)
	}, WithObserver(Observer{RTT: func(d time.Duration) { rtts = append(rtts, d) }}))
	require.Equal(t, []time.Duration{70 * time.Millisecond, 70 * time.Millisecond}, rtts)
}

func TestInvariant14StateChangesArriveInOrder(t *testing.T) {
	var seen changes
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		var got []StateChange
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for ch := range r.States(t.Context()) {
				got = append(got, ch)
			}
		}()
		synctest.Wait()
		r.up()
		r.device.Next().RefuseDial()
		r.device.Reset()
		r.await(Dialing)
		r.await(Ready)
		r.close()
		<-ended
		for i, ch := range got[1:] {
			require.Equal(t, got[i].To, ch.From, "change %d", i)
			require.Zero(t, ch.Coalesced)
		}
		want := []State{Dialing, Greeting, Ready, Backoff, Dialing, Backoff, Dialing, Greeting, Ready, Closed}
		require.Equal(t, want, seen.states())
		for i, ch := range got[1:] {
			require.Equal(t, want[i], ch.To)
		}
		require.ErrorIs(t, got[4].Err, ErrLinkLost)
		require.Positive(t, got[4].NextDelay)
		require.ErrorIs(t, got[6].Err, syscall.ECONNREFUSED)
		require.Equal(t, got[4].At.Add(got[4].NextDelay), got[5].At, "the announced delay is kept")
	}, WithObserver(Observer{State: seen.add}))
}

func TestReconnectNow(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.device.RefuseDial()
		require.NoError(t, r.start0())
		time.Sleep(5 * time.Minute) // the delay is at its maximum
		r.device.Heal()
		for r.State() != Backoff {
			time.Sleep(time.Millisecond)
		}
		before := time.Now()
		r.ReconnectNow()
		synctest.Wait()
		require.Equal(t, Ready, r.State())
		require.Zero(t, time.Since(before))
		r.ReconnectNow() // nothing to do
		r.mustRead(1)
	})
}

func (r *rig) start0() error { return r.Client.start() }

func TestFailover(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.device.Next().RefuseDial()
		r.up()
		require.Zero(t, time.Since(r.start), "the next address is dialled at once")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for ch := range r.States(ctx) {
			require.Equal(t, "second:9", ch.Address)
		}
	}, WithFailover("second:9"))
}

func TestErrorsAreTheSessions(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.device.RefuseDial()
		require.NoError(t, r.start0())
		_, err := r.read(t.Context(), 1)
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, NotSent, e.Fate)
		require.Equal(t, "read", e.Op)
		require.ErrorIs(t, err, ErrNotReady)
		require.ErrorIs(t, err, syscall.ECONNREFUSED)
		require.Equal(t, r.plan.Timeouts.Ready, time.Since(r.start))

		boom := errors.New("boom")
		call := r.Begin(plantest.Command(r.plan, "read"))
		err = call.Encoded(nil, boom)
		require.ErrorIs(t, err, boom)
		require.ErrorAs(t, err, &e)
		require.Equal(t, NotSent, e.Fate)
		require.ErrorIs(t, call.Do(t.Context()), errNotEncoded)
		call.Release()
		call.Release()
	})
}

func TestFailFast(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		_, err := r.read(t.Context(), 1)
		require.ErrorIs(t, err, ErrNotReady)
		require.Zero(t, time.Since(r.start))
		r.up()
		r.mustRead(1)
	}, WithFailFast())
}
