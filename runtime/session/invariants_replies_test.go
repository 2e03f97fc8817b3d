package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

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
	t.Run("kind: a late reply that does not come either ends the link", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Swallow(), plantest.NoProbe())).ready()
		r.call(plantest.Set(r.plan, 1, "x"))
		r.pass(r.plan.Timeouts.Reply + time.Second)
		b := r.call(plantest.Set(r.plan, 2, "y"))
		require.Equal(t, r.plan.Timeouts.Reply-time.Second, r.dies(time.Hour))
		r.fails(b, session.Unknown, session.ErrLinkLost)
	})
	t.Run("kind: a late reply that would say whose it is need not come", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Swallow(), plantest.NoProbe(), plantest.Also(func(p *session.Plan) {
			p.Commands[plantest.Command(p, "read")].Errors = nil // which echo nothing
		}))).ready()
		r.call(plantest.Read(r.plan, 1))
		r.pass(time.Hour)
		b := r.call(plantest.Read(r.plan, 2))
		r.recv("READING 2 2 C\n")
		r.replied(b, "READING 2 2 C")
		require.Zero(t, r.aborts)
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

// TestStepsEcho: an event that has the shape of a probe's or a step's reply,
// and another key, stays an event.
func TestStepsEcho(t *testing.T) {
	p := plantest.Acme(plantest.AckOnly(), plantest.Also(func(p *session.Plan) {
		read := &p.Commands[plantest.Command(p, "read")]
		read.Echo = func(dst, frame []byte) ([]byte, error) {
			return append(dst, plantest.Read(p, frame[len("READ ")]-'0').Echo...), nil
		}
		step := &p.Liveness.Probe.Step
		step.Command = plantest.Command(p, "read")
		step.Encode = func(dst []byte, _ *session.Vars) ([]byte, error) { return append(dst, "READ 3\n"...), nil }
	}))
	r := newRig(t, p).ready()
	r.pass(10 * time.Second)
	require.Equal(t, "READ 3\n", r.sent())
	r.recv("READING 7 21.5 C\n")
	require.Equal(t, []string{"READING 7 21.5 C"}, r.events)
	require.Zero(t, r.s.Stats().RTT)
	r.pass(time.Second)
	r.recv("READING 3 21.5 C\n")
	require.Equal(t, time.Second, r.s.Stats().RTT)
	require.Len(t, r.events, 1, "the ack is none")
}
