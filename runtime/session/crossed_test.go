package session_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// ackIsOK makes the heartbeat and set have the same reply.
func ackIsOK(p *session.Plan) {
	p.Commands[p.Liveness.Probe.Step.Command].Replies[0].Message = plantest.Message(p, "ok")
}

// TestInvariant08LateAcks: the ack of a probe that was given up is nobody
// else's reply.
func TestInvariant08LateAcks(t *testing.T) {
	// lost is a link, alive by events, whose probe was not answered in time.
	lost := func(t *testing.T, mods ...plantest.Mod) *rig {
		r := newRig(t, plantest.Acme(append(mods, plantest.Also(ackIsOK))...)).ready()
		r.pass(10 * time.Second)
		require.Equal(t, "HEARTBEAT\n", r.sent())
		for range 6 {
			r.pass(time.Second)
			r.recv("READING 1 2 C\n")
		}
		return r
	}
	t.Run("close", func(t *testing.T) {
		r := lost(t)
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.recv("OK\n") // the heartbeat's
		require.Empty(t, c.Reply)
		require.Equal(t, 1, r.aborts)
	})
	t.Run("swallow", func(t *testing.T) {
		r := lost(t, plantest.Swallow())
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.recv("OK\n")
		require.False(t, r.done(c))
		r.recv("OK\n")
		r.replied(c, "OK")
	})
	t.Run("with nobody else waiting it harms nobody", func(t *testing.T) {
		r := lost(t)
		r.recv("OK\n")
		require.Zero(t, r.aborts)
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.recv("OK\n")
		r.replied(c, "OK")
	})
	t.Run("an ack that tells itself from all replies needs no tombstone", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		for range 2000 {
			r.pass(10 * time.Second)
			require.Equal(t, "HEARTBEAT\n", r.sent())
			r.recv("READING 1 2 C\n")
		}
		require.Zero(t, r.aborts)
	})
}

// TestInvariant08AckOrLateReply: in order, where a command has the same reply
// as the probe, its late reply is not taken for the ack.
func TestInvariant08AckOrLateReply(t *testing.T) {
	p := plantest.Order(plantest.Swallow())
	r := newRig(t, p)
	r.login(p)
	ping := func() *session.Call {
		return r.call(&session.Call{Command: plantest.Command(p, "ping"), Frame: []byte("*1\r\n$4\r\nPING\r\n")})
	}
	a := ping()
	r.pass(p.Timeouts.Reply)
	r.fails(a, session.Unknown, session.ErrTimeout)
	r.pass(0)
	require.Equal(t, 2, strings.Count(r.sent(), "PING"))
	r.recv("+PONG\r\n") // a's, late
	b := ping()
	r.recv("+PONG\r\n") // the probe's
	require.False(t, r.done(b), "that was not its reply")
	r.recv("+PONG\r\n")
	r.replied(b, "+PONG")
	require.Zero(t, r.aborts)
}

// TestInvariant08BytesThatWereDropped could be the reply that is awaited.
func TestInvariant08BytesThatWereDropped(t *testing.T) {
	for _, policy := range []session.Policy{session.Drop, session.Resync} {
		p := plantest.Order(plantest.Unexpected(policy, session.Close, session.Close))
		r := newRig(t, p)
		r.login(p)
		r.recv("$99999999\r\n")
		require.Zero(t, r.aborts, "nobody waits")
		a, b := r.call(plantest.Get(p, "a")), r.call(plantest.Get(p, "b"))
		r.recv("$99999999\r\n$1\r\nb\r\n")
		require.Empty(t, a.Reply, "it is b's")
		require.Empty(t, b.Reply)
		require.Equal(t, 1, r.aborts)
	}
}

// TestInvariant08LateError: an error without an echo is the next command's, if
// the one that it answers is forgotten.
func TestInvariant08LateError(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Swallow(), plantest.NoProbe())).ready()
	r.call(plantest.Read(r.plan, 1))
	r.pass(2 * r.plan.Timeouts.Reply)
	if r.aborts == 0 {
		b := r.call(plantest.Read(r.plan, 2))
		r.recv("ERR 7 channel 1 is broken\n")
		require.Empty(t, b.Reply)
	}
}

// TestInvariant08OneReplyIsLost: late replies are swallowed, but one that never
// comes does not put each command after it off by one: the server answers, and
// every call would run out of time.
func TestInvariant08OneReplyIsLost(t *testing.T) {
	swallow := func(t *testing.T) *rig {
		return newRig(t, plantest.Acme(plantest.Swallow(), plantest.NoProbe())).ready()
	}
	t.Run("the second of two ends the link", func(t *testing.T) {
		r := swallow(t)
		a := r.call(plantest.Set(r.plan, 1, "2"))
		r.pass(r.plan.Timeouts.Reply)
		r.fails(a, session.Unknown, session.ErrTimeout)
		b := r.call(plantest.Set(r.plan, 2, "3"))
		r.recv("OK\n") // b's
		r.pass(r.plan.Timeouts.Reply - 1)
		require.Zero(t, r.aborts)
		r.pass(1)
		require.Equal(t, 1, r.aborts)
		r.fails(b, session.Unknown, session.ErrTimeout)
		require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
	})
	t.Run("late replies of a slow server do not", func(t *testing.T) {
		r := swallow(t)
		r.call(plantest.Set(r.plan, 1, "2"))
		r.pass(r.plan.Timeouts.Reply)
		b := r.call(plantest.Set(r.plan, 2, "3"))
		r.recv("OK\nOK\n")
		r.replied(b, "OK")
		c := r.call(plantest.Set(r.plan, 3, "4"))
		r.pass(r.plan.Timeouts.Reply)
		r.fails(c, session.Unknown, session.ErrTimeout)
		require.Zero(t, r.aborts)
	})
	t.Run("nor does what is known of an earlier link", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Swallow(), plantest.NoProbe(), plantest.InFlight(8), plantest.Also(func(p *session.Plan) {
			p.Commands[plantest.Command(p, "set")].Idempotent = true
		}))).ready()
		r.call(plantest.Set(r.plan, 1, "2"))
		r.pass(r.plan.Timeouts.Reply)
		b := r.call(plantest.Set(r.plan, 2, "3"))
		r.recv("OK\n")
		r.eof()
		r.waits()
		r.sent()
		r.ready()
		require.Equal(t, "SET 2 3\n", r.sent(), "it is repeated")
		aborts := r.aborts
		r.pass(r.plan.Timeouts.Reply)
		r.fails(b, session.Unknown, session.ErrTimeout)
		require.Equal(t, aborts, r.aborts)
	})
	t.Run("nor does one that says whose it is", func(t *testing.T) {
		r := swallow(t)
		r.call(plantest.Read(r.plan, 1))
		r.pass(r.plan.Timeouts.Reply)
		r.call(plantest.Read(r.plan, 2))
		r.recv("READING 1 2 C\n")
		r.pass(r.plan.Timeouts.Reply)
		require.Zero(t, r.aborts)
	})
}

// TestInvariant16AnswersAreBounded: a server that asks, and does not read.
func TestInvariant16AnswersAreBounded(t *testing.T) {
	r := newRig(t, plantest.Lasting()).lastingUp()
	r.stuck = true
	for range 1000 {
		r.recv("PING\r\n")
	}
	require.Zero(t, r.aborts)
	r.recv(strings.Repeat("PING\r\n", 20_000))
	require.Equal(t, 1, r.aborts)
	require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
}

// TestRefusalInsteadOfAGreeting is a refusal, also where the message is no event.
func TestRefusalInsteadOfAGreeting(t *testing.T) {
	p := plantest.Acme(plantest.Also(func(p *session.Plan) { p.Greeting = []int{plantest.Message(p, "heartbeat_ack")} }))
	r := newRig(t, p)
	r.connect()
	r.recv("DENIED\n")
	require.Equal(t, "closed", r.state())
	require.ErrorIs(t, r.s.Err(), session.ErrRefused)
}
