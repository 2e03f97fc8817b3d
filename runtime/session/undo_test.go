package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestUndoInEveryOrder: what was taken back does not return, and what was made
// again after it does, wherever the calls were when they crossed.
func TestUndoInEveryOrder(t *testing.T) {
	again := func(r *rig) string {
		r.t.Helper()
		r.eof()
		r.waits()
		r.connect()
		r.recv("INFO {}\r\n")
		r.sent()
		r.recv("PONG\r\n")
		return r.sent()
	}
	t.Run("undone while its write is stuck", func(t *testing.T) {
		r := newRig(t, plantest.Lasting()).lastingUp()
		r.stuck = true
		r.call(plantest.Sub(r.plan, "a", 1))
		r.call(plantest.Unsub(r.plan, 1))
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		r.stuck = false
		r.apply()
		r.flush()
		require.Empty(t, again(r))
	})
	t.Run("undone and made again, all waiting", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.call(plantest.Sub(r.plan, "a", 1))
		r.call(plantest.Unsub(r.plan, 1))
		r.call(plantest.Sub(r.plan, "b", 1))
		r.lastingUp()
		require.Equal(t, "SUB b 1\r\n", again(r))
	})
	t.Run("undone while the replay runs", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.call(plantest.Watch(r.plan, 1))
		r.recv("WATCHING 1\n")
		r.eof()
		r.waits()
		r.connect()
		r.sent()
		r.recv("OK\n")
		r.call(plantest.Unwatch(r.plan, 1))
		require.Equal(t, "WATCH 1\n", r.sent())
		r.recv("WATCHING 1\n")
		require.Equal(t, "UNWATCH 1\n", r.sent())
		require.Zero(t, r.s.Lasting())
	})
	t.Run("undone while it is in flight", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(2))).ready()
		w, u := r.call(plantest.Watch(r.plan, 1)), r.call(plantest.Unwatch(r.plan, 1))
		r.recv("WATCHING 1\nUNWATCHED 1\n")
		r.replied(w, "WATCHING 1")
		r.replied(u, "UNWATCHED 1")
		require.Zero(t, r.s.Lasting())
	})
}
