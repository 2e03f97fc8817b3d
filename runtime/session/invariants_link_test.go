package session_test

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/backoff"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

var errDown = errors.New("connection refused")

// addresses gives the client n of them.
func addresses(n int) func(*session.Options) {
	return func(o *session.Options) { o.Addresses = n }
}

// waits lets the delay pass until the next dial, and says how long it was.
func (r *rig) waits() time.Duration {
	r.t.Helper()
	require.Equal(r.t, "backoff", r.state())
	start := r.now.Mono
	for r.dial == nil {
		at, ok := r.s.Deadline()
		require.True(r.t, ok)
		r.to(max(at, r.now.Mono))
		r.s.Tick(r.now)
		r.apply()
	}
	return r.now.Mono - start
}

func TestInvariant01OneLink(t *testing.T) {
	// apply checks that nothing is dialled while a connection is open: here
	// every way in which a link can end is followed by the next dial.
	ends := map[string]func(r *rig){
		"end of stream":      func(r *rig) { r.eof() },
		"reset":              func(r *rig) { r.s.Lost(r.now, r.s.Epoch(), errDown); r.apply() },
		"silence":            func(r *rig) { r.dies(time.Hour) },
		"protocol violation": func(r *rig) { r.recv("OK\n") },
		"unknown message":    func(r *rig) { r.recv("WHAT\n") },
		"line without end":   func(r *rig) { r.recv(string(make([]byte, 5000))) },
		"write error": func(r *rig) {
			r.stuck = true
			r.call(plantest.Set(r.plan, 1, "2"))
			r.s.Wrote(r.now, r.s.Epoch(), errDown)
			r.apply()
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, plantest.Acme())
			for range 3 {
				r.stuck = false
				r.sent()
				r.ready()
				end(r)
				require.False(t, r.open, "the old connection is closed")
				r.waits()
			}
			require.Equal(t, 3, r.aborts, "each link was reset once")
		})
	}
}

func TestInvariant05DeadMeansGone(t *testing.T) {
	// The session asks for a reset on each end that it decides, and gives
	// what was handed over an unknown fate; the driver's test sees the reset.
	r := newRig(t, plantest.Acme()).ready()
	sent := r.call(plantest.Set(r.plan, 1, "2"))
	waits := r.call(plantest.Set(r.plan, 2, "3")) // one in flight: not handed over
	require.Equal(t, "SET 1 2\n", r.sent())
	r.recv("READING 1 2 C\nGARBAGE\n")
	require.Equal(t, 1, r.aborts)
	r.fails(sent, session.Unknown, session.ErrProtocol)
	require.False(t, r.done(waits), "it waits for the next link")
	r.waits()
	r.ready()
	require.Equal(t, "SET 2 3\n", r.sent())
}

func TestBatchOutlivesItsLink(t *testing.T) {
	// A write that has not noticed the end of its link may still read its
	// batch: the next link's bytes must not appear in it.
	r := newRig(t, plantest.Acme(plantest.InFlight(8))).ready()
	r.stuck = true
	r.s.Submit(r.now, plantest.Set(r.plan, 1, "1"))
	old := r.s.Batch(r.now, r.s.Epoch())
	require.Equal(t, "SET 1 1\n", string(old))
	r.eof()
	r.stuck = false
	r.sent()
	r.waits()
	r.ready()
	require.Equal(t, "SET 1 1\n", string(old))
}

func TestInvariant09BackoffForgivesLate(t *testing.T) {
	within := func(t *testing.T, p *session.Plan, n int, d time.Duration) {
		t.Helper()
		c := p.Reconnect
		lo, hi := backoff.Schedule{Initial: c.Initial, Max: c.Max, Factor: c.Factor, Jitter: c.Jitter}.Range(n)
		require.GreaterOrEqual(t, d, lo, "delay %d", n)
		require.LessOrEqual(t, d, hi, "delay %d", n)
	}
	t.Run("the schedule, the first delay too", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		for n := range 12 {
			r.refuse(errDown)
			within(t, r.plan, n, r.waits())
		}
	})
	t.Run("accept then close sees the schedule", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		for n := range 12 {
			r.connect()
			r.eof()
			within(t, r.plan, n, r.waits())
		}
	})
	t.Run("READY alone does not forgive", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		for n := range 8 {
			r.sent()
			r.ready()
			r.eof()
			within(t, r.plan, n, r.waits())
		}
	})
	t.Run("stable READY forgives", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		for range 8 {
			r.refuse(errDown)
			r.waits()
		}
		r.sent()
		r.ready()
		r.pass(r.plan.Reconnect.StableAfter)
		r.eof()
		within(t, r.plan, 0, r.waits())
	})
	t.Run("connections in a minute of accept then close", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		end := r.now.Mono + time.Minute
		for r.now.Mono < end {
			r.connect()
			r.eof()
			r.waits()
		}
		t.Logf("%d connections in a minute", len(r.dials))
		// 0.25+0.5+1+…+15: at the least half of each delay.
		require.LessOrEqual(t, len(r.dials), 11)
	})
	t.Run("the next address at once, a delay after each pass", func(t *testing.T) {
		r := newRig(t, plantest.Acme(), addresses(3))
		for n := range 4 {
			seen := map[int]bool{}
			for range 3 {
				require.Equal(t, "dialing", r.state())
				seen[r.dial.Address] = true
				r.refuse(errDown)
			}
			require.Len(t, seen, 3)
			within(t, r.plan, n, r.waits())
		}
	})
	t.Run("the address that worked is tried first", func(t *testing.T) {
		r := newRig(t, plantest.Acme(), addresses(3))
		r.refuse(errDown)
		require.Equal(t, 1, r.dial.Address)
		r.ready()
		r.pass(r.plan.Reconnect.StableAfter)
		r.sent()
		r.recv("HEARTBEAT_ACK\n")
		r.eof()
		r.waits()
		require.Equal(t, 1, r.dial.Address)
	})
	t.Run("an address that lets us in and fails is not", func(t *testing.T) {
		r := newRig(t, plantest.Acme(), addresses(2))
		for n := range 6 {
			require.Equal(t, n%2, r.dial.Address)
			r.sent()
			r.ready()
			r.eof()
			r.waits()
		}
	})
	t.Run("ReconnectNow forgets the delay, not the count", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		for range 5 {
			r.refuse(errDown)
			r.waits()
		}
		r.refuse(errDown)
		r.s.ReconnectNow(r.now)
		r.apply()
		r.refuse(errDown)
		within(t, r.plan, 6, r.waits())
	})
	t.Run("the same seed waits the same", func(t *testing.T) {
		delays := func(seed uint64) (all []time.Duration) {
			r := newRig(t, plantest.Acme(), func(o *session.Options) { o.Seed = seed })
			for range 10 {
				r.refuse(errDown)
				all = append(all, r.waits())
			}
			return all
		}
		require.Equal(t, delays(7), delays(7))
		require.NotEqual(t, delays(7), delays(8))
	})
}

func TestInvariant11Deadlines(t *testing.T) {
	t.Run("connect", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		old := r.dial.Epoch
		require.Equal(t, r.plan.Timeouts.Connect, r.dies(time.Hour))
		require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
		require.False(t, r.s.Dialed(r.now, old), "a dial that comes too late is of no use")
	})
	t.Run("each address has its own", func(t *testing.T) {
		r := newRig(t, plantest.Acme(), addresses(2))
		require.Equal(t, 5*time.Second, r.dies(time.Hour))
		require.Equal(t, 5*time.Second, r.dies(time.Hour))
	})
	t.Run("greeting", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.connect()
		require.Equal(t, r.plan.Timeouts.Greeting, r.dies(time.Hour))
	})
	t.Run("login", func(t *testing.T) {
		p := plantest.Acme()
		p.Timeouts.Reply = time.Hour
		r := newRig(t, p)
		r.connect()
		require.Equal(t, p.Timeouts.Login, r.dies(time.Hour))
	})
	t.Run("a login step's reply", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		r.connect()
		require.Equal(t, r.plan.Timeouts.Reply, r.dies(time.Hour))
	})
}

func TestInvariant12Epochs(t *testing.T) {
	r := newRig(t, plantest.Acme()).ready()
	old := r.s.Epoch()
	r.eof()
	r.waits()
	r.ready()
	c := r.call(plantest.Set(r.plan, 1, "2"))

	n, _ := r.s.Input(r.now, old, []byte("OK\n"))
	require.Equal(t, 3, n, "consumed and dropped")
	r.s.Lost(r.now, old, io.EOF)
	r.s.Wrote(r.now, old, errDown)
	require.Nil(t, r.s.Batch(r.now, old))
	require.False(t, r.s.Dialed(r.now, old))
	r.s.DialFailed(r.now, old, errDown, false)
	r.s.Secured(r.now, old)
	r.apply()
	require.Equal(t, "ready", r.state())
	require.False(t, r.done(c), "the reply of another link is nobody's")

	r.recv("OK\n")
	r.replied(c, "OK")

	// Bytes of an old link are no life of this one.
	r.sent()
	r.pass(9 * time.Second)
	r.s.Input(r.now, old, []byte("OK\n"))
	r.apply()
	require.Equal(t, 6*time.Second, r.dies(time.Hour))
}

func TestInvariant12LateDials(t *testing.T) {
	// The first address took too long; what becomes of its dial is nothing to
	// the next one.
	r := newRig(t, plantest.Acme(), addresses(2))
	late := r.dial.Epoch
	r.dies(time.Hour)
	require.Equal(t, "dialing", r.state())
	require.NotEqual(t, late, r.dial.Epoch)
	require.False(t, r.s.Dialed(r.now, late))
	r.s.DialFailed(r.now, late, errDown, false)
	r.apply()
	require.Equal(t, "dialing", r.state())
	r.ready()
}

func TestInvariant12NothingCapturedStays(t *testing.T) {
	// What the server said on an old link, a challenge perhaps, is not answered
	// on the next one.
	var captured []string
	r := newRig(t, plantest.Lasting(plantest.Also(func(p *session.Plan) {
		info := plantest.Message(p, "info")
		connect := p.Login[1].Encode
		p.Greeting = nil // so that the login does not wait for it
		p.Login[1].Encode = func(dst []byte, v *session.Vars) ([]byte, error) {
			captured = append(captured, string(v.Captured[info]))
			return connect(dst, v)
		}
	})))
	for range 2 {
		r.connect()
		r.recv("INFO {}\r\nPONG\r\n")
		require.Equal(t, "ready", r.state())
		r.eof()
		r.waits()
	}
	require.Equal(t, []string{"", ""}, captured)
}

func TestInvariant14StateChangesInOrder(t *testing.T) {
	r := newRig(t, plantest.Acme()).ready()
	r.pass(13 * time.Second)
	r.recv("HEARTBEAT_ACK\n")
	r.sent()
	r.eof()
	r.waits()
	r.ready()
	r.s.Shutdown(r.now)
	r.apply()
	r.eof()
	at := session.Idle
	var seen []string
	for _, c := range r.changes {
		require.Equal(t, at, c.From, "no change is missing")
		at = c.To
		seen = append(seen, c.To.String())
	}
	require.Equal(t, []string{
		"dialing", "greeting", "ready", "suspect", "ready", "backoff",
		"dialing", "greeting", "ready", "draining", "closed",
	}, seen)
}

// TestTransitions lists every pair of state and cause.
func TestTransitions(t *testing.T) {
	var golden string
	for _, line := range session.TransitionTable() {
		golden += line + "\n"
	}
	require.Equal(t, `idle: started→dialing ended→closed
dialing: connected→greeting failedOne→dialing failedAll→backoff ended→closed
greeting: failedOne→dialing failedAll→backoff loggedIn→ready ended→closed
ready: failedAll→backoff unheard→suspect rested→idle shutDown→draining ended→closed
suspect: failedAll→backoff heard→ready shutDown→draining ended→closed
backoff: waited→dialing ended→closed
draining: ended→closed
closed:
`, golden)
}

func ExampleState() {
	fmt.Println(session.Ready, session.Ready.Up(), session.Backoff.Up())
	// Output: ready true false
}
