package session_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

func TestErrorPredicates(t *testing.T) {
	for _, c := range []struct {
		cause              error
		timeout, temporary bool
	}{
		{session.ErrTimeout, true, true},
		{session.ErrPeerSilent, true, true},
		{fmt.Errorf("%w: %w", session.ErrLinkLost, session.ErrPeerSilent), true, true},
		{context.DeadlineExceeded, true, true},
		{context.Canceled, false, true},
		{session.ErrNotReady, false, true},
		{session.ErrClosed, false, false},
		{session.ErrRefused, false, false},
		{fmt.Errorf("%w: %w", session.ErrClosed, session.ErrGaveUp), false, false},
	} {
		err := &session.Error{Op: "read", Fate: session.Unknown, Err: c.cause}
		require.Equal(t, c.timeout, err.Timeout(), c.cause)
		require.Equal(t, c.temporary, err.Temporary(), c.cause)
		require.ErrorIs(t, err, c.cause)
	}
	err := &session.Error{Op: "read", Fate: session.NotSent, Err: session.ErrNotReady}
	require.EqualError(t, err, "read: not sent: not ready")
}

func TestInvariant17SecretsStayOut(t *testing.T) {
	// Nothing that the session says of a refused login, a bad frame or a lost
	// link holds a parameter's or a message's text.
	say := func(r *rig) (text string) {
		for _, c := range r.changes {
			text += fmt.Sprint(c)
		}
		for _, n := range r.notes {
			text += fmt.Sprint(n)
		}
		return text + fmt.Sprint(r.s.Err())
	}
	for _, wire := range []string{"DENIED\n", "ERR 5 secret\n", "secret\n", "READING secret\n", "OK\nsecret\n"} {
		r := newRig(t, plantest.Acme())
		r.connect()
		r.recv(wire)
		require.NotContains(t, say(r), "secret", "after %q", wire)
	}
	r := newRig(t, plantest.Acme(plantest.Also(func(p *session.Plan) {
		p.Login[0].Encode = func([]byte, *session.Vars) ([]byte, error) {
			return nil, errors.New("secret does not fit: field secret")
		}
	})))
	r.connect()
	require.Equal(t, "backoff", r.state(), "a step that cannot be encoded ends the link")
	require.Empty(t, r.sent(), "an error before a byte is written")
}

func TestUnexpected(t *testing.T) {
	long := string(make([]byte, 5000)) + "\n"
	t.Run("bytes that form no frame are dropped", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Unexpected(session.Drop, session.Close, session.Close))).ready()
		r.recv(long + "READING 1 2 C\n")
		require.Equal(t, []string{"READING 1 2 C"}, r.events)
		require.Len(t, r.notes, 1)
	})
	t.Run("an unknown message is an event, or dropped", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Unexpected(session.Close, session.Deliver, session.Close))).ready()
		r.recv("WHAT\n")
		require.Equal(t, []string{"WHAT"}, r.events)
		r = newRig(t, plantest.Acme(plantest.Unexpected(session.Close, session.Drop, session.Close))).ready()
		r.recv("WHAT\n")
		require.Empty(t, r.events)
		require.EqualValues(t, 1, r.s.Stats().EventsUnknown)
	})
	t.Run("a reply that nobody awaits is dropped", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Unexpected(session.Close, session.Close, session.Drop))).ready()
		r.recv("OK\n")
		require.Zero(t, r.aborts)
		require.EqualValues(t, 1, r.s.Stats().RepliesUnawaited)
	})
	t.Run("an ack that nobody awaits is harmless", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.recv("HEARTBEAT_ACK\n")
		require.Zero(t, r.aborts)
	})
	t.Run("an event that closes", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.connect()
		r.recv("INFO {}\r\n")
		r.recv("PONG\r\n-ERR 'Stale Connection'\r\n")
		require.Equal(t, "backoff", r.state())
		require.Equal(t, []string{"INFO {}", "-ERR 'Stale Connection'"}, r.events)
	})
	t.Run("a reply that is an event too", func(t *testing.T) {
		p := plantest.Acme()
		p.Messages[plantest.Message(p, "reading")].Event = session.AlsoEvent
		r := newRig(t, p).ready()
		c := r.call(plantest.Read(p, 1))
		r.recv("READING 1 2 C\n")
		r.replied(c, "READING 1 2 C")
		require.Equal(t, []string{"READING 1 2 C"}, r.events)
	})
	t.Run("a reply that closes", func(t *testing.T) {
		p := plantest.Acme()
		p.Messages[plantest.Message(p, "fault")].Class = session.ClassClose
		r := newRig(t, p).ready()
		c := r.call(plantest.Set(p, 1, "2"))
		r.recv("ERR 1 x\n")
		r.replied(c, "ERR 1 x")
		require.Equal(t, session.ClassClose, c.Class)
		require.Equal(t, "backoff", r.state())
	})
}

func TestPlanThatCannotWork(t *testing.T) {
	for name, change := range map[string]plantest.Mod{
		"in flight":      func(p *session.Plan) { p.InFlight = 0 },
		"timeout":        func(p *session.Plan) { p.Timeouts.Write = 0 },
		"factor":         func(p *session.Plan) { p.Reconnect.Factor = 0.5 },
		"greeting":       func(p *session.Plan) { p.Greeting = []int{99} },
		"reply":          func(p *session.Plan) { p.Commands[0].Replies[0].Message = 99 },
		"error":          func(p *session.Plan) { p.Commands[1].Errors[0].Message = -1 },
		"step's command": func(p *session.Plan) { p.Login[0].Command = 99 },
		"step's encoder": func(p *session.Plan) { p.Login[0].Encode = nil },
		"answer":         func(p *session.Plan) { p.Answers = []session.Answer{{Message: 99, Step: p.Login[0]}} },
		"probe":          func(p *session.Plan) { p.Liveness.Probe.Misses = 0 },
	} {
		require.Panics(t, func() { session.New(plantest.Acme(change), session.Options{}) }, name)
	}
}
