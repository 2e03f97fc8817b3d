package session_test

import (
	"context"
	"fmt"
	"testing"
	"time"

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

func TestInvariant08NoCrossedReplies(t *testing.T) {
	t.Run("a cancelled command leaves a tombstone", func(t *testing.T) {
		p := plantest.Order()
		r := newRig(t, p)
		r.login(p)
		a, b := r.call(plantest.Get(p, "a")), r.call(plantest.Get(p, "b"))
		r.cancel(a)
		r.recv("$1\r\n1\r\n$1\r\n2\r\n")
		require.Empty(t, a.Reply)
		r.replied(b, "$1\r\n2")
	})
	t.Run("the tombstone keeps its deadline", func(t *testing.T) {
		p := plantest.Order()
		r := newRig(t, p)
		r.login(p)
		r.cancel(r.call(plantest.Get(p, "a")))
		require.Equal(t, p.Timeouts.Reply, r.dies(time.Hour))
	})
	t.Run("a timeout in order closes the link", func(t *testing.T) {
		p := plantest.Order()
		r := newRig(t, p)
		r.login(p)
		a := r.call(plantest.Incr(p, "a"))
		r.pass(time.Second)
		b := r.call(plantest.Incr(p, "b"))
		require.Equal(t, p.Timeouts.Reply-time.Second, r.dies(time.Hour))
		r.fails(a, session.Unknown, session.ErrTimeout)
		r.fails(b, session.Unknown, session.ErrLinkLost)
	})
	t.Run("swallow: the ack discards what is older", func(t *testing.T) {
		p := plantest.Order(plantest.Swallow())
		r := newRig(t, p)
		r.login(p)
		a := r.call(plantest.Incr(p, "a"))
		r.pass(p.Timeouts.Reply)
		r.fails(a, session.Unknown, session.ErrTimeout)
		r.pass(0)
		require.Contains(t, r.sent(), "PING", "the order is asked for at once")
		r.recv("+PONG\r\n")
		b := r.call(plantest.Incr(p, "b"))
		r.recv(":2\r\n")
		r.replied(b, ":2")
		require.Zero(t, r.aborts)
	})
	t.Run("swallow: a late reply is nobody's", func(t *testing.T) {
		p := plantest.Order(plantest.Swallow())
		r := newRig(t, p)
		r.login(p)
		r.call(plantest.Incr(p, "a"))
		r.pass(p.Timeouts.Reply)
		b := r.call(plantest.Incr(p, "b"))
		r.recv(":1\r\n+PONG\r\n:2\r\n")
		r.replied(b, ":2")
	})
	t.Run("echo tells a reply from an event", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		c := r.call(plantest.Read(r.plan, 3))
		r.recv("READING 4 1 C\n")
		require.False(t, r.done(c))
		require.Equal(t, []string{"READING 4 1 C"}, r.events)
		r.recv("READING 3 2 C\n")
		r.replied(c, "READING 3 2 C")
		require.Len(t, r.events, 1)
	})
	t.Run("a mismatch that is no event closes the link", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Unexpected(session.Close, session.Deliver, session.Drop))).ready()
		c := r.call(plantest.Watch(r.plan, 3))
		r.recv("WATCHING 4\n")
		require.Equal(t, 1, r.aborts)
		r.fails(c, session.Unknown, session.ErrProtocol)
	})
	t.Run("kind: the oldest gets it, echoes come in any order", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8))).ready()
		a, b := r.call(plantest.Read(r.plan, 1)), r.call(plantest.Read(r.plan, 2))
		c, d := r.call(plantest.Set(r.plan, 1, "x")), r.call(plantest.Set(r.plan, 2, "y"))
		r.recv("READING 2 2 C\nOK\nREADING 1 1 C\n")
		r.replied(a, "READING 1 1 C")
		r.replied(b, "READING 2 2 C")
		r.replied(c, "OK")
		require.False(t, r.done(d))
	})
	t.Run("kind: a late reply closes the link", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		a := r.call(plantest.Set(r.plan, 1, "x"))
		r.pass(r.plan.Timeouts.Reply)
		r.fails(a, session.Unknown, session.ErrTimeout)
		b := r.call(plantest.Set(r.plan, 2, "y"))
		r.recv("OK\n") // whose is it?
		require.Equal(t, 1, r.aborts)
		r.fails(b, session.Unknown, session.ErrProtocol)
	})
	t.Run("kind: a late reply is swallowed", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Swallow())).ready()
		r.call(plantest.Set(r.plan, 1, "x"))
		r.pass(r.plan.Timeouts.Reply)
		b := r.call(plantest.Set(r.plan, 2, "y"))
		r.recv("OK\nOK\n")
		r.replied(b, "OK")
	})
	t.Run("two replies for one command", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		c := r.call(plantest.Set(r.plan, 1, "x"))
		r.recv("OK\nOK\n")
		r.replied(c, "OK")
		require.Equal(t, 1, r.aborts)
		require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
	})
	t.Run("an unknown message while a command waits in order", func(t *testing.T) {
		p := plantest.Order(plantest.Unexpected(session.Close, session.Drop, session.Drop))
		r := newRig(t, p)
		r.login(p)
		r.recv("?\r\n")
		require.Zero(t, r.aborts)
		r.call(plantest.Get(p, "a"))
		r.recv("?\r\n")
		require.Equal(t, 1, r.aborts)
	})
}

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

func TestInvariant19SubscriptionsReturn(t *testing.T) {
	t.Run("after each reconnect, before waiting callers", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8))).ready()
		for _, ch := range []uint8{1, 2, 3} {
			r.call(plantest.Watch(r.plan, ch))
			r.recv(fmt.Sprintf("WATCHING %d\n", ch))
		}
		r.call(plantest.Unwatch(r.plan, 2))
		r.recv("UNWATCHED 2\n")
		r.sent()
		for range 3 {
			r.eof()
			c := r.call(plantest.Set(r.plan, 9, "9"))
			r.waits()
			r.connect()
			require.Equal(t, "LOGIN user secret\n", r.sent())
			r.recv("OK\n")
			require.Equal(t, "WATCH 1\nWATCH 3\n", r.sent())
			require.Equal(t, "greeting", r.state(), "READY means that replay was answered")
			r.recv("WATCHING 1\nWATCHING 3\n")
			require.Equal(t, "ready", r.state())
			require.Equal(t, "SET 9 9\n", r.sent())
			r.recv("OK\n")
			r.replied(c, "OK")
		}
	})
	t.Run("one at a time where the device bears no more", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		for _, ch := range []uint8{1, 2} {
			r.call(plantest.Watch(r.plan, ch))
			r.recv(fmt.Sprintf("WATCHING %d\n", ch))
		}
		r.sent()
		r.eof()
		r.waits()
		r.connect()
		r.sent()
		r.recv("OK\n")
		require.Equal(t, "WATCH 1\n", r.sent())
		r.recv("WATCHING 1\n")
		require.Equal(t, "WATCH 2\n", r.sent())
		r.recv("WATCHING 2\n")
		require.Equal(t, "ready", r.state())
	})
	t.Run("a replay that was cut off begins anew, after the login", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		for _, ch := range []uint8{1, 2} {
			r.call(plantest.Watch(r.plan, ch))
			r.recv(fmt.Sprintf("WATCHING %d\n", ch))
		}
		for range 3 {
			r.eof()
			r.waits()
			r.sent()
			r.connect()
			require.Equal(t, "LOGIN user secret\n", r.sent())
			r.recv("OK\n")
			require.Equal(t, "WATCH 1\n", r.sent(), "the other one waits")
		}
	})
	t.Run("a refused entry is reported and skipped", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.call(plantest.Watch(r.plan, 1))
		r.recv("WATCHING 1\n")
		r.eof()
		r.waits()
		r.connect()
		r.recv("OK\n")
		r.recv("ERR 5 gone\n")
		require.Equal(t, "ready", r.state())
	})
	t.Run("without replies: written is enough", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.connect()
		r.recv("INFO {}\r\n")
		r.recv("PONG\r\n")
		r.call(plantest.Sub(r.plan, "a", 1))
		r.call(plantest.Sub(r.plan, "b", 2))
		r.call(plantest.Unsub(r.plan, 1))
		r.eof()
		r.waits()
		r.connect()
		r.recv("INFO {}\r\n")
		r.sent()
		r.recv("PONG\r\n")
		require.Equal(t, "SUB b 2\r\n", r.sent())
		require.Equal(t, "ready", r.state())
	})
	t.Run("a failed subscription is not remembered", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.call(plantest.Watch(r.plan, 1))
		r.recv("ERR 5 no\n")
		require.Zero(t, r.s.Lasting())
	})
	t.Run("undone while away", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.call(plantest.Watch(r.plan, 1))
		r.recv("WATCHING 1\n")
		r.eof()
		r.call(plantest.Unwatch(r.plan, 1))
		require.Zero(t, r.s.Lasting())
	})
	t.Run("undone before it was answered", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(8))).ready()
		r.call(plantest.Watch(r.plan, 1))
		r.call(plantest.Unwatch(r.plan, 1))
		again := r.call(plantest.Watch(r.plan, 2))
		r.recv("WATCHING 1\n")
		require.Zero(t, r.s.Lasting())
		r.recv("UNWATCHED 1\nWATCHING 2\n")
		r.replied(again, "WATCHING 2")
		require.Equal(t, 1, r.s.Lasting())
	})
	t.Run("ready steps are done again", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Ready("watch", "WATCH 7\n")))
		for range 2 {
			r.connect()
			r.sent()
			r.recv("OK\n")
			require.Equal(t, "WATCH 7\n", r.sent())
			require.Equal(t, "greeting", r.state())
			r.recv("WATCHING 7\n")
			require.Equal(t, "ready", r.state())
			r.eof()
			r.waits()
		}
	})
}
