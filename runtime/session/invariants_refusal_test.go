package session_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

func TestInvariant10RefusalIsNotLoss(t *testing.T) {
	t.Run("a refused login stops", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		r.connect()
		r.recv("DENIED\n")
		require.Equal(t, "closed", r.state())
		require.ErrorIs(t, r.s.Err(), session.ErrRefused)
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.fails(c, session.NotSent, session.ErrClosed)
		require.ErrorIs(t, c.Err, session.ErrRefused, "it says why")
	})
	t.Run("any other error in login counts as refused", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		r.connect()
		r.recv("ERR 5 no\n")
		require.ErrorIs(t, r.s.Err(), session.ErrRefused)
	})
	t.Run("the server's own error is the cause, and is not in the text", func(t *testing.T) {
		p := plantest.Acme()
		p.Messages[plantest.Message(p, "fault")].Failure = func(frame []byte) error { return vendorError(frame) }
		r := newRig(t, p)
		r.connect()
		r.recv("ERR 5 hunter2 is wrong\n")
		require.ErrorIs(t, r.s.Err(), session.ErrRefused)
		require.EqualError(t, r.s.Err(), "refused: login answered fault")
		var vendor vendorError
		require.ErrorAs(t, r.s.Err(), &vendor)
		require.EqualError(t, vendor, "ERR 5 hunter2 is wrong")
	})
	t.Run("a slow lane", func(t *testing.T) {
		p := plantest.Acme()
		p.Reconnect.Refused = time.Hour
		r := newRig(t, p)
		for range 3 {
			r.connect()
			r.recv("DENIED\n")
			d := r.waits()
			require.GreaterOrEqual(t, d, 30*time.Minute)
			require.LessOrEqual(t, d, time.Hour)
		}
	})
	t.Run("a refused certificate", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		r.s.DialFailed(r.now, r.dial.Epoch, errors.New("x509: unknown authority"), true)
		r.apply()
		require.ErrorIs(t, r.s.Err(), session.ErrRefused)
	})
	t.Run("unasked", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.connect()
		r.recv("INFO {}\r\n-ERR 'Authorization Violation'\r\n")
		require.ErrorIs(t, r.s.Err(), session.ErrRefused)
	})
	t.Run("unasked, when READY, and no event", func(t *testing.T) {
		for _, reply := range []session.Policy{session.Close, session.Drop} {
			r := newRig(t, plantest.Acme(plantest.Unexpected(session.Close, session.Close, reply))).ready()
			r.recv("DENIED\n")
			require.Equal(t, "closed", r.state(), "reply policy %d", reply)
			require.ErrorIs(t, r.s.Err(), session.ErrRefused)
		}
	})
	t.Run("the loss of a stable link is no failed attempt", func(t *testing.T) {
		p := plantest.Acme(plantest.Also(func(p *session.Plan) { p.Reconnect.GiveUpAttempts = 1 }))
		r := newRig(t, p).ready()
		for range 100 {
			r.pass(10 * time.Second)
			r.recv("HEARTBEAT_ACK\n")
		}
		r.eof()
		require.Equal(t, "backoff", r.state())
		r.waits()
		r.refuse(errDown)
		require.Equal(t, "closed", r.state())
	})
	t.Run("giving up without a cause", func(t *testing.T) {
		p := plantest.Acme(plantest.Also(func(p *session.Plan) {
			p.Reconnect.GiveUpAttempts = 1
			p.Commands[plantest.Command(p, "read")].Closes = true
		}))
		r := newRig(t, p).ready()
		r.call(plantest.Read(p, 1))
		r.recv("READING 1 20.0 C\n")
		r.eof() // it said that this comes
		require.EqualError(t, r.s.Err(), "gave up reconnecting after 1 attempts: not ready")
	})
	t.Run("what a server says to a command that ends the link need not be awaited", func(t *testing.T) {
		p := plantest.Acme(plantest.Also(func(p *session.Plan) {
			c := &p.Commands[plantest.Command(p, "set")]
			c.Closes, c.Replies, c.Errors = true, nil, nil
		}))
		for _, written := range []bool{true, false} {
			r := newRig(t, p).ready()
			r.stuck = !written
			r.call(plantest.Set(p, 1, "2"))
			r.recv("OK\n")
			require.Equal(t, "ready", r.state())
			if r.stuck = false; !written {
				r.s.Wrote(r.now, r.s.Epoch(), nil)
			}
			r.eof()
			require.NoError(t, r.lastErr())
		}
	})
	t.Run("giving up is off by default", func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		for range 10_000 {
			r.refuse(errDown)
			r.waits()
		}
	})
	t.Run("giving up after attempts is loud", func(t *testing.T) {
		p := plantest.Acme()
		p.Reconnect.GiveUpAttempts = 3
		r := newRig(t, p)
		r.refuse(errDown)
		r.waits()
		r.refuse(errDown)
		r.waits()
		r.refuse(errDown)
		require.Equal(t, "closed", r.state())
		require.ErrorIs(t, r.s.Err(), session.ErrGaveUp)
		require.ErrorIs(t, r.s.Err(), errDown)
	})
	t.Run("giving up after a time", func(t *testing.T) {
		p := plantest.Acme()
		p.Reconnect.GiveUpElapsed = time.Minute
		r := newRig(t, p)
		start := r.now.Mono
		for r.state() != "closed" {
			if r.dial != nil {
				r.refuse(errDown)
				continue
			}
			at, ok := r.s.Deadline()
			require.True(t, ok)
			r.to(at)
			r.s.Tick(r.now)
			r.apply()
		}
		require.Equal(t, time.Minute, r.now.Mono-start)
		require.ErrorIs(t, r.s.Err(), session.ErrGaveUp)
	})
}

// vendorError is an error message of a server.
type vendorError string

func (e vendorError) Error() string { return string(e) }
