package session_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestNothingHolds the callers of a link that is READY for good.
func TestNothingHolds(t *testing.T) {
	endless := plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "set")].Timeout = -1 })
	t.Run("a cancelled command without a deadline", func(t *testing.T) {
		for _, late := range []plantest.Mod{plantest.Also(func(*session.Plan) {}), plantest.Swallow()} {
			r := newRig(t, plantest.Acme(plantest.NoProbe(), endless, late)).ready()
			r.cancel(r.call(plantest.Set(r.plan, 1, "2")))
			c := r.call(plantest.Read(r.plan, 3))
			r.sent()
			r.pass(r.plan.Timeouts.Reply)
			require.Equal(t, "READ 3\n", r.sent())
			r.recv("READING 3 2 C\n")
			r.replied(c, "READING 3 2 C")
			r.recv("OK\n") // late, as ever
			require.Equal(t, late != nil && r.plan.Late == session.LateClose, r.aborts == 1)
		}
	})
	t.Run("a probe in order that is never answered, beside a peer that speaks", func(t *testing.T) {
		p := plantest.Order(plantest.InFlight(1), plantest.Swallow(), plantest.Also(func(p *session.Plan) {
			p.Messages[plantest.Message(p, "integer")].Event = session.IsEvent
		}))
		r := newRig(t, p)
		r.login(p)
		r.pass(p.Liveness.Probe.Every)
		require.Contains(t, r.sent(), "PING")
		c := r.call(plantest.Put(p, "k", "v"))
		for start := r.now.Mono; r.aborts == 0 && r.now.Mono < start+time.Hour; {
			r.recv(":1\r\n")
			r.pass(time.Second)
		}
		require.Equal(t, 1, r.aborts, "the caller would wait for ever")
		require.False(t, r.done(c), "it waits for the next link")
	})
	t.Run("an answer is not held behind the replay", func(t *testing.T) {
		p := plantest.Acme(plantest.Also(func(p *session.Plan) {
			p.Answers = []session.Answer{{
				Message: plantest.Message(p, "heartbeat_ack"),
				Step: session.Step{Command: plantest.Command(p, "heartbeat"), Encode: func(b []byte, _ *session.Vars) ([]byte, error) {
					return append(b, "PONG\n"...), nil
				}},
			}}
			p.Commands = append([]session.Command(nil), p.Commands...)
			p.Commands[plantest.Command(p, "heartbeat")].Replies = nil
			p.Liveness.Probe = nil
		}))
		r := newRig(t, p).ready()
		for _, ch := range []uint8{1, 2, 3} {
			r.call(plantest.Watch(p, ch))
			r.recv("WATCHING " + string('0'+rune(ch)) + "\n")
		}
		r.eof()
		r.waits()
		r.connect()
		r.recv("OK\n")
		r.sent()
		r.recv("HEARTBEAT_ACK\n")
		require.Equal(t, "PONG\n", r.sent())
	})
}

// TestNoTicksWithoutEnd: a step that waits to be repeated when its link dies
// is forgotten with it.
func TestNoTicksWithoutEnd(t *testing.T) {
	p := plantest.Order(plantest.Also(func(p *session.Plan) {
		p.Login[1].RetryTimes, p.Login[1].RetryAfter = 5, 100*time.Millisecond
	}))
	r := newRig(t, p)
	r.connect()
	r.recv("+OK\r\n")
	r.recv("-LOADING\r\n")
	r.eof()
	r.waits()
	require.Equal(t, "dialing", r.state())
	at, ok := r.s.Deadline()
	require.True(t, ok)
	require.Equal(t, r.now.Mono+p.Timeouts.Connect, at)
}

// TestFateOfARepeatedCommand stays Unknown: an earlier link had it.
func TestFateOfARepeatedCommand(t *testing.T) {
	again := func(t *testing.T) (*rig, *session.Call) {
		r := newRig(t, plantest.Acme()).ready()
		c := r.call(plantest.Read(r.plan, 3))
		r.eof()
		require.False(t, r.done(c))
		return r, c
	}
	t.Run("its time runs out", func(t *testing.T) {
		r, c := again(t)
		r.waits()
		r.pass(r.plan.Timeouts.Ready)
		r.fails(c, session.Unknown, session.ErrNotReady)
	})
	t.Run("the client is closed", func(t *testing.T) {
		r, c := again(t)
		r.s.Close(r.now, nil)
		r.apply()
		r.fails(c, session.Unknown, session.ErrClosed)
	})
	t.Run("its context ends", func(t *testing.T) {
		r, c := again(t)
		err, ended := r.s.Cancel(r.now, c, context.Canceled)
		require.False(t, ended)
		require.Equal(t, session.Unknown, fateOf(t, err))
	})
}

// TestBytesThatWaitForTheLock are life, although Input has not seen them yet.
func TestBytesThatWaitForTheLock(t *testing.T) {
	for name, mod := range map[string]plantest.Mod{"idle": plantest.Misses(1), "always": plantest.Always()} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, plantest.Acme(mod)).ready()
			r.pass(14 * time.Second)
			r.s.Heard(r.now.Mono) // the reader has them, and waits for the lock
			r.to(r.now.Mono + time.Second)
			r.s.Tick(r.now) // which the timer got first
			r.apply()
			require.Zero(t, r.aborts)
			r.recv("READING 1 2 C\n")
			require.True(t, r.s.State().Up())
		})
	}
	t.Run("ack only: they may be the ack", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.AckOnly())).ready()
		r.pass(14 * time.Second)
		r.s.Heard(r.now.Mono)
		r.to(r.now.Mono + time.Second)
		r.s.Tick(r.now)
		r.apply()
		require.Zero(t, r.aborts)
		r.recv("HEARTBEAT_ACK\n")
		r.pass(0)
		require.True(t, r.s.State().Up())
	})
	t.Run("ack only: they were not", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.AckOnly())).ready()
		r.pass(14 * time.Second)
		r.s.Heard(r.now.Mono)
		r.to(r.now.Mono + time.Second)
		r.s.Tick(r.now)
		r.recv("READING 1 2 C\n")
		r.pass(0)
		require.Equal(t, 1, r.aborts)
	})
}

// TestFramesThatWereDropped leave no clock running for the next one.
func TestFramesThatWereDropped(t *testing.T) {
	p := plantest.Lasting(plantest.NoProbe(), plantest.Also(func(p *session.Plan) { p.Framing.DropEmpty = true }))
	r := newRig(t, p).lastingUp()
	r.recv("\r")
	for range 70 { // no empty line takes timeouts.frame
		r.pass(500 * time.Millisecond)
		r.recv("\n\r")
	}
	require.Equal(t, "ready", r.state())
}

// TestProbeAnsweredByClose ends the link, as it does when a caller gets it.
func TestProbeAnsweredByClose(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Also(func(p *session.Plan) {
		fault := plantest.Message(p, "fault")
		p.Messages[fault].Class = session.ClassClose
		p.Commands[plantest.Command(p, "heartbeat")].Errors = []session.Reply{{Message: fault}}
	}))).ready()
	r.pass(10 * time.Second)
	require.Equal(t, "HEARTBEAT\n", r.sent())
	r.recv("ERR 9 session expired\n")
	require.Equal(t, "backoff", r.state())
}
