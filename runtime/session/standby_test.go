package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

const ping = "*1\r\n$4\r\nPING\r\n"

// standing is a client whose long poll waits.
func standing(t *testing.T, mods ...plantest.Mod) *rig {
	t.Helper()
	r := newRig(t, plantest.Polling(mods...))
	r.connect()
	r.recv("+OK\r\n")
	r.recv("+PONG\r\n")
	require.Equal(t, "ready", r.state())
	text := r.sent()
	require.Equal(t, "idle\r\n", text[len(text)-6:])
	return r
}

func TestStandby(t *testing.T) {
	t.Run("what happens is an event, and the poll is renewed", func(t *testing.T) {
		r := standing(t)
		r.recv("*changed player\r\n")
		require.Equal(t, []string{"*changed player"}, r.events)
		require.Equal(t, "idle\r\n", r.sent())
	})
	t.Run("a command interrupts it, and waits", func(t *testing.T) {
		r := standing(t)
		a, b := r.call(plantest.Get(r.plan, "a")), r.call(plantest.Get(r.plan, "b"))
		require.Equal(t, "noidle\r\n", r.sent(), "once")
		r.recv("*changed\r\n")
		require.Equal(t, string(a.Frame), r.sent())
		r.recv("$1\r\n1\r\n")
		r.replied(a, "$1\r\n1")
		require.Equal(t, string(b.Frame), r.sent())
		r.recv("$1\r\n2\r\n")
		r.replied(b, "$1\r\n2")
		require.Equal(t, "idle\r\n", r.sent())
	})
	t.Run("a command that comes before the poll is sent goes in its place", func(t *testing.T) {
		r := standing(t)
		r.s.Input(r.now, r.s.Epoch(), []byte("*changed player\r\n")) // the next poll waits to be fetched
		a := r.call(plantest.Get(r.plan, "a"))
		require.Equal(t, string(a.Frame), r.sent())
		r.recv("$1\r\n1\r\n")
		require.Equal(t, "idle\r\n", r.sent())
	})
	t.Run("a mode that has none is not polled in", func(t *testing.T) {
		r := standing(t, plantest.Also(func(p *session.Plan) {
			p.Modes = []string{"raw"}
			p.Commands[plantest.Command(p, "idle")].Shape.In = []int{session.ModeReady}
			get := &p.Commands[plantest.Command(p, "get")]
			get.Replies, get.Errors, get.Enters = nil, nil, session.ModeReady+1
		}))
		a := r.call(plantest.Get(r.plan, "a"))
		require.Equal(t, "noidle\r\n", r.sent())
		r.recv("*changed\r\n")
		require.Equal(t, string(a.Frame), r.sent())
	})
	t.Run("it lasts as long as nothing happens, and the heartbeat goes on", func(t *testing.T) {
		r := standing(t)
		for range 20 {
			r.pass(10 * time.Second)
			require.Equal(t, "noidle\r\n", r.sent())
			r.recv("*changed\r\n")
			require.Equal(t, "idle\r\n", r.sent(), "it lives: what a probe would ask is answered")
		}
		require.Zero(t, r.aborts)
	})
	t.Run("with life: probe the probe follows", func(t *testing.T) {
		r := standing(t, plantest.AckOnly())
		r.pass(10 * time.Second)
		require.Equal(t, "noidle\r\n", r.sent())
		r.recv("*changed\r\n")
		require.Equal(t, ping, r.sent())
		r.recv("+PONG\r\n")
		require.Equal(t, "idle\r\n", r.sent())
	})
	t.Run("the bound holds", func(t *testing.T) {
		r := standing(t)
		require.Equal(t, plantest.Bound(r.plan), r.dies(time.Hour))
		require.ErrorIs(t, r.lastErr(), session.ErrPeerSilent)
	})
	t.Run("its reply may take as long as that of a probe", func(t *testing.T) {
		r := standing(t, plantest.Also(func(p *session.Plan) { p.Timeouts.Reply = time.Second }))
		r.pass(10 * time.Second)
		require.Equal(t, "noidle\r\n", r.sent())
		r.pass(4 * time.Second)
		r.recv("*changed\r\n")
		require.Equal(t, "idle\r\n", r.sent())
		require.Equal(t, plantest.Bound(r.plan), r.dies(time.Hour))
		require.ErrorIs(t, r.lastErr(), session.ErrPeerSilent)
	})
	t.Run("one that does not end when interrupted ends the link", func(t *testing.T) {
		r := standing(t, plantest.NoProbe())
		a := r.call(plantest.Incr(r.plan, "a"))
		require.Equal(t, r.plan.Timeouts.Reply, r.dies(time.Hour))
		require.False(t, r.done(a), "it was not sent, and waits for the next link")
	})
	t.Run("an error ends the link, as it would come again at once", func(t *testing.T) {
		for text, want := range map[string]error{
			"-ERR unknown": session.ErrProtocol, "-LOADING": session.ErrNotReady, "-NOAUTH who": session.ErrRefused,
		} {
			r := standing(t)
			r.recv(text + "\r\n")
			require.ErrorIs(t, r.lastErr(), want, text)
			require.Empty(t, r.sent(), text)
			require.Empty(t, r.events, text)
		}
	})
	t.Run("a shutdown interrupts it", func(t *testing.T) {
		r := standing(t)
		r.s.Shutdown(r.now)
		r.apply()
		require.Equal(t, "noidle\r\n", r.sent())
		require.False(t, r.half)
		r.recv("*changed\r\n")
		require.True(t, r.half)
		require.Empty(t, r.sent())
	})
	t.Run("a command before it is handed over takes it back", func(t *testing.T) {
		r := standing(t)
		a := r.call(plantest.Get(r.plan, "a"))
		r.recv("*changed\r\n")
		r.sent()
		r.s.Input(r.now, r.s.Epoch(), []byte("$1\r\n1\r\n")) // the writer is about to fetch "idle"
		b := r.call(plantest.Get(r.plan, "b"))
		r.replied(a, "$1\r\n1")
		require.Equal(t, string(b.Frame), r.sent())
		r.recv("$1\r\n2\r\n")
		require.Equal(t, "idle\r\n", r.sent())
	})
	t.Run("a shutdown before it is handed over takes it back", func(t *testing.T) {
		r := standing(t)
		r.call(plantest.Get(r.plan, "a"))
		r.recv("*changed\r\n")
		r.sent()
		r.s.Input(r.now, r.s.Epoch(), []byte("$1\r\n1\r\n"))
		r.s.Shutdown(r.now)
		r.apply()
		require.True(t, r.half)
		require.Empty(t, r.sent())
	})
	t.Run("it is renewed behind a command that nothing answers", func(t *testing.T) {
		r := standing(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "set")].Replies = nil }))
		a := r.call(plantest.Put(r.plan, "a", "x"))
		r.sent()
		r.recv("*changed\r\n")
		require.True(t, r.done(a))
		require.Equal(t, string(a.Frame)+"idle\r\n", r.sent())
	})
	t.Run("it is renewed when who interrupted it has gone", func(t *testing.T) {
		r := standing(t, paced(gap(time.Second), "get"))
		a := r.call(plantest.Get(r.plan, "a"))
		r.sent()
		r.recv("*changed\r\n")
		require.Empty(t, r.sent())
		r.cancel(a)
		require.Equal(t, "idle\r\n", r.sent())
	})
	t.Run("one that is answered by an error is not asked again and again", func(t *testing.T) {
		r := standing(t, plantest.Also(func(p *session.Plan) {
			p.Commands[plantest.Command(p, "idle")].Errors = []session.Reply{{Message: plantest.Message(p, "error")}}
		}))
		r.recv("-ERR unknown command\r\n")
		require.Equal(t, 1, r.aborts)
		require.Empty(t, r.sent())
		require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
	})
	t.Run("a probe that was never answered does not keep it away", func(t *testing.T) {
		r := standing(t, plantest.AckOnly(), plantest.Misses(2), plantest.Also(func(p *session.Plan) { p.Match = session.MatchKind }))
		r.pass(10 * time.Second)
		require.Equal(t, "noidle\r\n", r.sent())
		r.recv("*changed\r\n")
		require.Equal(t, ping, r.sent())
		r.pass(5 * time.Second)
		require.Equal(t, ping, r.sent())
		r.pass(4 * time.Second)
		r.recv("+PONG\r\n") // one of two, so that one is missing from now on
		r.pass(time.Second)
		r.recv("+PONG\r\n")
		r.pass(10 * time.Second)
		require.Equal(t, ping+ping, r.sent())
		r.recv("+PONG\r\n")
		require.Equal(t, "idle\r\n", r.sent())
	})
	t.Run("a new link begins anew", func(t *testing.T) {
		r := standing(t)
		r.call(plantest.Get(r.plan, "a"))
		r.eof()
		r.sent()
		r.pass(time.Second)
		r.connect()
		r.recv("+OK\r\n")
		r.recv("+PONG\r\n")
		require.Contains(t, r.sent(), "GET")
		r.recv("$1\r\n1\r\n")
		require.Equal(t, "idle\r\n", r.sent())
	})
}
