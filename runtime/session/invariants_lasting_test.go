package session_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

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
		require.Len(t, r.notes, 1)
		require.ErrorIs(t, r.notes[0].Err, session.ErrRefused)
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
	t.Run("its link died while it was written or queued, its caller had gone", func(t *testing.T) {
		r := newRig(t, plantest.Lasting()).lastingUp()
		r.stuck = true
		require.True(t, r.s.Submit(r.now, plantest.Sub(r.plan, "a", 1)))
		r.apply()
		require.True(t, r.s.Submit(r.now, plantest.Pub(r.plan, "x", []byte("y"))))
		require.True(t, r.s.Submit(r.now, plantest.Sub(r.plan, "b", 2)))
		require.True(t, r.s.Submit(r.now, plantest.Sub(r.plan, "c", 3)))
		require.True(t, r.s.Submit(r.now, plantest.Unsub(r.plan, 3)))
		r.stuck = false
		r.eof()
		for _, c := range r.finished {
			require.NoError(t, c.Err, "the replay is its end")
		}
		r.waits()
		r.connect()
		r.recv("INFO {}\r\n")
		r.sent()
		r.recv("PONG\r\n")
		require.Equal(t, "SUB a 1\r\nSUB b 2\r\nPUB x 1\r\ny\r\nSUB c 3\r\nUNSUB 3\r\n", r.sent(), "what is lasting comes first, each once")
	})
	t.Run("its link died while it was written and what undoes it, too", func(t *testing.T) {
		r := newRig(t, plantest.Lasting()).lastingUp()
		r.stuck = true
		require.True(t, r.s.Submit(r.now, plantest.Sub(r.plan, "a", 1)))
		require.True(t, r.s.Submit(r.now, plantest.Unsub(r.plan, 1)))
		r.apply()
		r.eof()
		require.Len(t, r.finished, 2)
		for _, c := range r.finished {
			require.NoError(t, c.Err, "nobody wants it any more")
		}
		require.Zero(t, r.s.Lasting())
	})
	t.Run("a replay may take longer than a login, as long as it moves on", func(t *testing.T) {
		const watches = 30
		r := newRig(t, plantest.Acme()).ready()
		for i := range uint8(watches) {
			r.call(plantest.Watch(r.plan, i))
			r.recv(fmt.Sprintf("WATCHING %d\n", i))
		}
		r.eof()
		r.waits()
		r.connect()
		r.sent()
		r.recv("OK\n")
		for i := range watches {
			r.pass(500 * time.Millisecond)
			require.Equal(t, "greeting", r.state(), "after %d answers", i)
			r.recv(fmt.Sprintf("WATCHING %d\n", i))
		}
		require.Equal(t, "ready", r.state())
	})
	t.Run("a replay's reply echoes the request", func(t *testing.T) {
		p := plantest.Acme(plantest.Also(func(p *session.Plan) {
			p.Commands[plantest.Command(p, "watch")].Replies = p.Commands[plantest.Command(p, "read")].Replies
		}))
		r := newRig(t, p).ready()
		r.call(plantest.Watch(p, 1))
		r.recv("READING 1 20.0 C\n")
		r.eof()
		r.waits()
		r.connect()
		r.sent()
		r.recv("OK\n")
		require.Equal(t, "WATCH 1\n", r.sent())
		r.recv("READING 7 20.0 C\n") // of another channel: an event
		require.Equal(t, "greeting", r.state(), "the watch is not answered yet")
		require.Contains(t, r.events, "READING 7 20.0 C")
		r.recv("READING 1 20.0 C\n")
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
	t.Run("undone by a call that does not want to wait", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.call(plantest.Watch(r.plan, 1))
		r.recv("WATCHING 1\n")
		r.eof()
		c := plantest.Unwatch(r.plan, 1)
		c.FailFast = true
		r.fails(r.call(c), session.NotSent, session.ErrNotReady)
		require.Zero(t, r.s.Lasting())
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
