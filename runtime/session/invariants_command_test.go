package session_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// cancel is a caller whose context ends.
func (r *rig) cancel(c *session.Call) error {
	err, ended := r.s.Cancel(r.now, c, context.Canceled)
	require.False(r.t, ended)
	r.apply()
	return err
}

func fateOf(t *testing.T, err error) session.Fate {
	t.Helper()
	var e *session.Error
	require.ErrorAs(t, err, &e)
	return e.Fate
}

func TestInvariant07EveryCommandEndsOnce(t *testing.T) {
	once := func(r *rig) {
		r.t.Helper()
		seen := map[*session.Call]bool{}
		for _, c := range r.finished {
			require.False(r.t, seen[c], "ended twice")
			seen[c] = true
		}
	}
	t.Run("reply, error message, timeout, loss", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		a := r.call(plantest.Set(r.plan, 1, "2"))
		r.recv("OK\n")
		r.replied(a, "OK")
		b := r.call(plantest.Set(r.plan, 1, "2"))
		r.recv("ERR 7 too hot\n")
		r.replied(b, "ERR 7 too hot")
		require.Equal(t, session.ClassFailed, b.Class)
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.pass(r.plan.Timeouts.Reply)
		r.fails(c, session.Unknown, session.ErrTimeout)
		d := r.call(plantest.Read(r.plan, 1))
		e := r.call(plantest.Set(r.plan, 1, "2"))
		r.s.Close(r.now, nil)
		r.apply()
		r.fails(d, session.Unknown, session.ErrClosed)
		r.fails(e, session.NotSent, session.ErrClosed)
		once(r)
	})
	t.Run("not READY: waits, then not sent", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.pass(r.plan.Timeouts.Ready - 1)
		require.False(t, r.done(c))
		r.pass(1)
		r.fails(c, session.NotSent, session.ErrNotReady)
	})
	t.Run("not READY: sent once it is", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		r.call(plantest.Set(r.plan, 1, "2"))
		r.ready()
		require.Equal(t, "SET 1 2\n", r.sent())
	})
	t.Run("fail fast", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		c := plantest.Set(r.plan, 1, "2")
		c.FailFast = true
		r.call(c)
		r.fails(c, session.NotSent, session.ErrNotReady)
	})
	t.Run("idempotent commands are repeated once, others never", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8))).ready()
		set, read := r.call(plantest.Set(r.plan, 1, "2")), r.call(plantest.Read(r.plan, 3))
		r.sent()
		r.eof()
		r.fails(set, session.Unknown, session.ErrLinkLost)
		require.False(t, r.done(read))
		r.waits()
		r.ready()
		require.Equal(t, "READ 3\n", r.sent())
		r.eof()
		r.fails(read, session.Unknown, session.ErrLinkLost)
		once(r)
	})
	t.Run("what was cancelled is not repeated", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.cancel(r.call(plantest.Read(r.plan, 3)))
		require.Equal(t, "READ 3\n", r.sent())
		r.eof()
		r.waits()
		r.ready()
		require.Empty(t, r.sent())
		require.Zero(t, r.s.Stats().Repeated)
	})
	t.Run("without a reply: written", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		c := r.call(plantest.Pub(r.plan, "x", []byte("early")))
		r.connect()
		r.recv("INFO {}\r\n")
		require.False(t, r.done(c))
		r.recv("PONG\r\n")
		r.replied(c, "")
	})
	t.Run("without a reply: fate unknown once handed over", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		early := r.call(plantest.Pub(r.plan, "x", []byte("early")))
		r.connect()
		r.recv("INFO {}\r\n")
		r.stuck = true
		r.recv("PONG\r\n")
		late := plantest.Pub(r.plan, "x", []byte("late"))
		r.call(late)
		r.s.Close(r.now, nil)
		r.apply()
		r.fails(early, session.Unknown, session.ErrClosed)
		r.fails(late, session.NotSent, session.ErrClosed)
	})
	t.Run("fates of what waits, is being written and is written", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8))).ready()
		a := r.call(plantest.Set(r.plan, 1, "1"))
		r.stuck = true
		b := r.call(plantest.Set(r.plan, 2, "2"))
		c := r.call(plantest.Set(r.plan, 3, "3"))
		require.NoError(t, c.Err)
		r.s.Close(r.now, nil)
		r.apply()
		r.fails(a, session.Unknown, session.ErrClosed)
		r.fails(b, session.Unknown, session.ErrClosed)
		r.fails(c, session.NotSent, session.ErrClosed)
	})
	t.Run("cancelled before and after the hand-over", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		a, b := r.call(plantest.Set(r.plan, 1, "1")), r.call(plantest.Set(r.plan, 2, "2"))
		require.Equal(t, session.NotSent, fateOf(t, r.cancel(b)))
		require.Equal(t, session.Unknown, fateOf(t, r.cancel(a)))
		require.Equal(t, "SET 1 1\n", r.sent())
		r.recv("OK\n")
		require.Empty(t, r.finished, "nobody waits for it")
		require.Empty(t, r.sent(), "what was cancelled in time is never sent")
		_, ended := r.s.Cancel(r.now, &session.Call{}, context.Canceled)
		require.True(t, ended)
	})
}
