package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

func TestInvariant16BoundedMemory(t *testing.T) {
	t.Run("a line without end", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		for range 4096 {
			r.recv("x")
		}
		require.Zero(t, r.aborts)
		r.recv("xx") // longer than the line and a terminator
		require.Equal(t, 1, r.aborts)
	})
	t.Run("a body that does not fit", func(t *testing.T) {
		p := plantest.Order()
		r := newRig(t, p)
		r.login(p)
		r.call(plantest.Get(p, "a"))
		r.recv("$9223372036854775807\r\n")
		require.Equal(t, 1, r.aborts)
	})
	t.Run("waiters", func(t *testing.T) {
		r := newRig(t, plantest.Acme(), func(o *session.Options) { o.MaxWaiting = 10 })
		for range 10 {
			r.call(plantest.Set(r.plan, 1, "2"))
		}
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.fails(c, session.NotSent, session.ErrNotReady)
	})
	t.Run("what publishers may leave behind", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.connect()
		r.recv("INFO {}\r\n")
		r.recv("PONG\r\n")
		r.stuck = true
		body, detached := make([]byte, 1000), 0
		for range 1000 {
			if r.s.Submit(r.now, plantest.Pub(r.plan, "x", body)) {
				detached++
			}
			r.apply()
		}
		require.InDelta(t, 256, detached, 10, "256 KiB wait, then callers do")
	})
	t.Run("commands that are never answered", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(64))).ready()
		n := 0
		for r.aborts == 0 && n < 10_000 {
			for range 64 {
				r.call(plantest.Read(r.plan, uint8(n)))
				n++
			}
			r.pass(r.plan.Timeouts.Reply)
			r.recv("HEARTBEAT_ACK\n")
		}
		require.InDelta(t, 1024, n, 128)
	})
}
