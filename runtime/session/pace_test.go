package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// paced changes the timing of commands by their names.
func paced(change func(c *session.Command), names ...string) plantest.Mod {
	return plantest.Also(func(p *session.Plan) {
		for _, name := range names {
			change(&p.Commands[plantest.Command(p, name)])
		}
	})
}

func gap(d time.Duration) func(*session.Command) { return func(c *session.Command) { c.Gap = d } }

func settle(d time.Duration) func(*session.Command) { return func(c *session.Command) { c.Settle = d } }

func TestPace(t *testing.T) {
	t.Run("a gap before each", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8), paced(gap(100*time.Millisecond), "read", "set"))).ready()
		r.call(plantest.Read(r.plan, 1))
		r.call(plantest.Read(r.plan, 2))
		r.call(plantest.Set(r.plan, 3, "x"))
		require.Empty(t, r.sent(), "so soon after the login")
		r.pass(100*time.Millisecond - 1)
		require.Empty(t, r.sent())
		r.pass(1)
		require.Equal(t, "READ 1\n", r.sent())
		r.pass(100 * time.Millisecond)
		require.Equal(t, "READ 2\n", r.sent())
		r.pass(time.Second)
		require.Equal(t, "SET 3 x\n", r.sent())
		r.call(plantest.Read(r.plan, 4))
		require.Equal(t, "READ 4\n", r.sent(), "there was a pause already")
	})
	t.Run("the gap runs from the end of a slow write", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8), paced(gap(100*time.Millisecond), "read"))).ready()
		r.stuck = true
		r.call(plantest.Set(r.plan, 3, "x"))
		r.call(plantest.Read(r.plan, 1))
		r.pass(time.Second)
		r.s.Wrote(r.now, r.writing, nil)
		r.stuck = false
		r.apply()
		r.flush()
		require.Empty(t, r.sent())
		r.pass(100 * time.Millisecond)
		require.Equal(t, "READ 1\n", r.sent())
	})
	t.Run("so does the pause after it", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8), paced(settle(time.Second), "set"))).ready()
		r.stuck = true
		r.call(plantest.Set(r.plan, 3, "x"))
		r.call(plantest.Read(r.plan, 1))
		r.pass(2 * time.Second)
		r.stuck = false
		r.s.Wrote(r.now, r.writing, nil)
		r.flush()
		require.Empty(t, r.sent())
		r.pass(time.Second)
		require.Equal(t, "READ 1\n", r.sent())
	})
	t.Run("nothing follows for a while", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8), paced(settle(time.Second), "set"))).ready()
		r.call(plantest.Read(r.plan, 1))
		r.call(plantest.Set(r.plan, 3, "x"))
		r.call(plantest.Read(r.plan, 2))
		require.Equal(t, "READ 1\nSET 3 x\n", r.sent())
		r.pass(900 * time.Millisecond)
		r.recv("OK\n")
		r.pass(999 * time.Millisecond)
		require.Empty(t, r.sent(), "its reply begins it anew")
		r.pass(time.Millisecond)
		require.Equal(t, "READ 2\n", r.sent())
	})
	t.Run("what is not answered settles too", func(t *testing.T) {
		p := plantest.Lasting(paced(settle(time.Second), "pub"))
		r := newRig(t, p)
		r.connect()
		r.recv("INFO 1 2\r\n")
		r.recv("PONG\r\n")
		r.sent()
		r.call(plantest.Pub(p, "a", nil))
		r.call(plantest.Pub(p, "b", nil))
		require.Equal(t, "PUB a 0\r\n\r\n", r.sent())
		r.pass(time.Second)
		require.Equal(t, "PUB b 0\r\n\r\n", r.sent())
	})
	t.Run("a probe that waits is not put off by what others send", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8), plantest.Always(), paced(gap(time.Second), "heartbeat"))).ready()
		r.pass(10*time.Second - 1)
		r.call(plantest.Read(r.plan, 1))
		r.sent()
		r.pass(1)
		r.call(plantest.Read(r.plan, 2))
		require.Empty(t, r.sent())
		r.pass(time.Second - 1)
		require.Equal(t, "HEARTBEAT\nREAD 2\n", r.sent())
	})
	t.Run("a new link begins at once", func(t *testing.T) {
		r := newRig(t, plantest.Acme(paced(settle(time.Hour), "login"), paced(gap(time.Hour), "login")))
		r.connect()
		require.Equal(t, "LOGIN user secret\n", r.sent())
		r.eof()
		r.pass(time.Second)
		r.connect()
		require.Equal(t, "LOGIN user secret\n", r.sent())
	})
	t.Run("the bound holds", func(t *testing.T) {
		r := newRig(t, plantest.Acme(paced(settle(time.Hour), "set"))).ready()
		r.call(plantest.Set(r.plan, 3, "x"))
		r.recv("OK\n")
		require.Equal(t, plantest.Bound(r.plan), r.dies(time.Hour))
	})
	t.Run("each frame is a write", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8), plantest.Also(func(p *session.Plan) { p.Stream.SingleWrites = true }))).ready()
		r.stuck = true
		r.call(plantest.Read(r.plan, 1))
		r.call(plantest.Read(r.plan, 2))
		r.call(plantest.Read(r.plan, 3))
		for _, want := range []string{"READ 2\n", "READ 3\n"} {
			r.s.Wrote(r.now, r.s.Epoch(), nil)
			r.apply()
			require.Equal(t, want, string(r.s.Batch(r.now, r.s.Epoch())))
		}
	})
}
