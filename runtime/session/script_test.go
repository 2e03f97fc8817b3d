package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

func TestGreetingThenLogin(t *testing.T) {
	r := newRig(t, plantest.Lasting())
	r.connect()
	require.Empty(t, r.sent(), "the server speaks first")
	r.recv("INFO {}\r\n")
	require.Equal(t, "CONNECT user secret\r\nPING\r\n", r.sent(), "a step without reply is done once written")
	require.Equal(t, "greeting", r.state())
	r.recv("PONG\r\n")
	require.Equal(t, "ready", r.state())
	require.Equal(t, []string{"INFO {}"}, r.events, "the greeting is an event too where the spec says so")
}

func TestStartTLS(t *testing.T) {
	encrypted := func(o *session.Options) { o.TLS = true }
	t.Run("after the greeting", func(t *testing.T) {
		r := newRig(t, plantest.Lasting(), encrypted)
		require.False(t, r.dial.TLS)
		r.connect()
		r.recv("INFO {}\r\n")
		require.True(t, r.tls)
		require.Empty(t, r.sent(), "nothing in clear text")
		r.s.Secured(r.now, r.s.Epoch())
		r.apply()
		require.Equal(t, "CONNECT user secret\r\nPING\r\n", r.sent())
	})
	t.Run("an answer that waits goes out encrypted", func(t *testing.T) {
		r := newRig(t, plantest.Lasting(), encrypted)
		r.connect()
		r.stuck = true
		r.recv("PING\r\n") // its answer is being written
		r.recv("PING\r\n") // and this one's waits
		r.recv("INFO {}\r\n")
		require.False(t, r.tls, "not while something is being written")
		r.stuck = false
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		r.flush()
		require.True(t, r.tls)
		require.Empty(t, r.sent(), "nothing in clear text")
		r.s.Secured(r.now, r.s.Epoch())
		r.apply()
		require.Equal(t, "PONG\r\nCONNECT user secret\r\nPING\r\n", r.sent())
	})
	t.Run("bytes buffered before it close the link", func(t *testing.T) {
		r := newRig(t, plantest.Lasting(), encrypted)
		r.connect()
		r.recv("INFO {}\r\nPONG\r\n")
		require.Equal(t, 1, r.aborts)
		require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
		require.Empty(t, r.sent())
	})
	t.Run("bytes that come during it close the link", func(t *testing.T) {
		r := newRig(t, plantest.Lasting(), encrypted)
		r.connect()
		r.recv("INFO {}\r\n")
		r.recv("PING\r\n")
		require.Equal(t, 1, r.aborts)
	})
	t.Run("the handshake of an earlier link is none of this one's", func(t *testing.T) {
		r := newRig(t, plantest.Lasting(), encrypted)
		r.connect()
		r.recv("INFO {}\r\n")
		old := r.s.Epoch()
		r.eof()
		r.waits()
		r.connect()
		r.recv("INFO {}\r\n")
		r.s.Secured(r.now, old)
		r.apply()
		require.Empty(t, r.sent(), "nothing in clear text")
		r.s.Secured(r.now, r.s.Epoch())
		r.apply()
		require.Equal(t, "CONNECT user secret\r\nPING\r\n", r.sent())
	})
	t.Run("from the start", func(t *testing.T) {
		require.True(t, newRig(t, plantest.Acme(), encrypted).dial.TLS)
		require.False(t, newRig(t, plantest.Acme()).dial.TLS)
		never := plantest.Acme()
		never.TLS = session.TLSNever
		require.False(t, newRig(t, never, encrypted).dial.TLS)
		always := plantest.Acme()
		always.TLS = session.TLSAlways
		require.True(t, newRig(t, always).dial.TLS)
	})
	t.Run("the handshake takes too long", func(t *testing.T) {
		r := newRig(t, plantest.Lasting(), encrypted)
		r.connect()
		r.recv("INFO {}\r\n")
		require.Equal(t, r.plan.Timeouts.Login, r.dies(time.Hour))
	})
	t.Run("a refused certificate", func(t *testing.T) {
		r := newRig(t, plantest.Lasting(), encrypted)
		r.connect()
		r.recv("INFO {}\r\n")
		r.s.Refused(r.now, r.s.Epoch(), errDown)
		r.apply()
		require.ErrorIs(t, r.s.Err(), session.ErrRefused)
	})
}

func TestRetriedStep(t *testing.T) {
	p := plantest.Order()
	p.Login[1].RetryTimes, p.Login[1].RetryAfter = 2, time.Second
	r := newRig(t, p)
	r.connect()
	r.sent()
	r.recv("+OK\r\n")
	require.Equal(t, "*1\r\n$4\r\nPING\r\n", r.sent())
	for range 2 {
		r.recv("-LOADING not yet\r\n")
		r.pass(time.Second - 1)
		require.Empty(t, r.sent())
		r.pass(1)
		require.Equal(t, "*1\r\n$4\r\nPING\r\n", r.sent())
	}
	r.recv("-LOADING not yet\r\n")
	require.Equal(t, "backoff", r.state(), "it backs off, it is not refused")
}

func TestExpectFailRefuse(t *testing.T) {
	expect := func(kind session.StepKind) *session.Plan {
		p := plantest.Acme()
		p.Login = append(
			p.Login,
			session.Step{Kind: session.StepExpect, Message: plantest.Message(p, "watching")},
			session.Step{Kind: kind, Reason: "wrong firmware", When: func(v *session.Vars) bool { return kind != session.StepDo }},
		)
		p.Login[len(p.Login)-1].Encode = p.Login[0].Encode
		return p
	}
	r := newRig(t, expect(session.StepDo))
	r.connect()
	r.recv("OK\n")
	require.Equal(t, "greeting", r.state())
	r.recv("WATCHING 5\n")
	require.Equal(t, "ready", r.state())

	r = newRig(t, expect(session.StepFail))
	r.connect()
	r.recv("OK\nWATCHING 5\n")
	require.Equal(t, "backoff", r.state())
	require.ErrorContains(t, r.lastErr(), "wrong firmware")

	r = newRig(t, expect(session.StepRefuse))
	r.connect()
	r.recv("OK\nWATCHING 5\n")
	require.ErrorIs(t, r.s.Err(), session.ErrRefused)
}

func TestAnswersToTheServersProbe(t *testing.T) {
	r := newRig(t, plantest.Lasting())
	r.connect()
	r.recv("PING\r\nINFO {}\r\n")
	require.Equal(t, "PONG\r\nCONNECT user secret\r\nPING\r\n", r.sent())
	r.recv("PONG\r\nPING\r\nPING\r\n")
	require.Equal(t, "PONG\r\nPONG\r\n", r.sent())
}

// TestAnswersWhereTheyAreDue: when and unless of an answer look at what it answers.
func TestAnswersWhereTheyAreDue(t *testing.T) {
	r := newRig(t, plantest.Lasting(plantest.Also(func(p *session.Plan) {
		p.Messages[plantest.Message(p, "ping")].Shape = wire.Shape{Prefix: "PING"}
		p.Answers[0].Step.When = func(v *session.Vars) bool { return string(v.Request) == "PING now" }
	})))
	r.connect()
	r.recv("INFO {}\r\nPING\r\n")
	require.Equal(t, "CONNECT user secret\r\nPING\r\n", r.sent())
	r.recv("PING now\r\nPING later\r\n")
	require.Equal(t, "PONG\r\n", r.sent())
	require.Zero(t, r.s.Stats().RepliesUnawaited)
}

func TestBeat(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Beat(10*time.Second))).ready()
	r.pass(9 * time.Second)
	r.call(plantest.Set(r.plan, 1, "2"))
	r.recv("OK\n")
	r.sent()
	r.pass(9 * time.Second)
	require.Empty(t, r.sent(), "ten seconds from our last frame")
	r.pass(time.Second)
	require.Equal(t, "HEARTBEAT\n", r.sent())
	r.pass(20 * time.Second)
	require.Equal(t, "HEARTBEAT\nHEARTBEAT\n", r.sent())
}

func TestRoundTripTime(t *testing.T) {
	r := newRig(t, plantest.Acme()).ready()
	r.pass(10 * time.Second)
	r.pass(30 * time.Millisecond)
	r.recv("HEARTBEAT_ACK\n")
	require.Equal(t, 30*time.Millisecond, r.s.Stats().RTT)
}

// TestTLSIsNeverLeftOut though a condition says so: someone on the path could
// have made it false.
func TestTLSIsNeverLeftOut(t *testing.T) {
	p := plantest.Lasting(plantest.Also(func(p *session.Plan) {
		p.Login[0].When = func(*session.Vars) bool { return false }
	}))
	require.Equal(t, session.StepStartTLS, p.Login[0].Kind)
	r := newRig(t, p, func(o *session.Options) { o.TLS = true })
	r.connect()
	r.recv("INFO {}\r\n")
	require.Empty(t, r.sent(), "no secret in clear")
	require.Equal(t, "backoff", r.state())

	r = newRig(t, p) // who did not ask for TLS gets none
	r.connect()
	r.recv("INFO {}\r\n")
	require.Equal(t, "CONNECT user secret\r\nPING\r\n", r.sent())
}

// An event that is answered when it is handled, is answered on its link only.
func TestAnswersWhatWasHandled(t *testing.T) {
	p := plantest.Lasting()
	ping := p.Answers[0].Message
	p.Answers[0].Handled = true
	require.Panics(t, func() { newRig(t, p) }, "a ping is no event: nobody handles it")
	p.Messages[ping].Event = session.IsEvent
	wanted := true
	p.Answers[0].Step.When = func(v *session.Vars) bool { return wanted && string(v.Request) == "PING" }
	r := newRig(t, p)
	r.connect()
	r.recv("INFO {}\r\nPONG\r\n")
	r.sent()
	r.recv("PING\r\n")
	require.Empty(t, r.sent(), "not handled yet")
	link := r.due
	r.handled(link, ping, "PING")
	require.Equal(t, "PONG\r\n", r.sent())

	wanted = false
	r.recv("PING\r\n")
	require.Zero(t, r.due, "its condition does not hold")
	wanted = true
	r.eof()
	r.pass(time.Second)
	r.connect()
	r.recv("INFO {}\r\nPONG\r\n")
	r.sent()
	r.handled(link, ping, "PING")
	require.Empty(t, r.sent(), "this link did not bring it")
}
