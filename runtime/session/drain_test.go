package session_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

func (r *rig) shutdown() {
	r.s.Shutdown(r.now)
	r.apply()
}

// lastingUp takes a lasting plan to READY.
func (r *rig) lastingUp() *rig {
	r.t.Helper()
	r.connect()
	r.recv("INFO {}\r\n")
	r.recv("PONG\r\n")
	require.Equal(r.t, "ready", r.state())
	r.sent()
	return r
}

// TestShutdownGoesOn: whatever ends the last command, the end of the client
// follows.
func TestShutdownGoesOn(t *testing.T) {
	t.Run("after a command whose reply never came", func(t *testing.T) {
		for _, late := range []plantest.Mod{plantest.Also(func(*session.Plan) {}), plantest.Swallow()} {
			r := newRig(t, plantest.Acme(plantest.NoProbe(), late)).ready()
			c := r.call(plantest.Set(r.plan, 1, "2"))
			r.shutdown()
			r.pass(r.plan.Timeouts.Reply)
			r.fails(c, session.Unknown, session.ErrTimeout)
			require.True(t, r.half)
			r.eof()
			require.Equal(t, "closed", r.state())
			require.NoError(t, r.s.Err())
		}
	})
	t.Run("after the last call was cancelled before its hand-over", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.NoProbe())).ready()
		c := plantest.Set(r.plan, 1, "2")
		r.s.Submit(r.now, c) // its flush is asked for, and has not run yet
		r.s.Shutdown(r.now)
		require.True(t, r.s.Effects().Flush)
		_, ended := r.s.Cancel(r.now, c, context.Canceled)
		require.False(t, ended)
		r.apply()
		require.Empty(t, r.sent())
		require.True(t, r.half)
	})
	t.Run("a server that hangs up on the logout, as on any good-bye", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Logout("bye", "BYE\n"))).ready()
		r.shutdown()
		require.Equal(t, "BYE\n", r.sent())
		r.eof()
		require.Equal(t, "closed", r.state())
		require.NoError(t, r.s.Err())
	})
	t.Run("a link that breaks before the logout is a loss", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Logout("bye", "BYE\n"))).ready()
		r.call(plantest.Set(r.plan, 1, "2"))
		r.shutdown()
		r.eof()
		require.ErrorIs(t, r.s.Err(), session.ErrLinkLost)
		require.ErrorIs(t, r.s.Err(), io.EOF)
	})
}

// TestHalfClosed: nothing can be sent any more, and nothing that the peer still
// says matters.
func TestHalfClosed(t *testing.T) {
	half := func(t *testing.T, p *session.Plan) *rig {
		r := newRig(t, p).lastingUp()
		r.shutdown()
		require.True(t, r.half)
		return r
	}
	t.Run("its probes are not answered", func(t *testing.T) {
		r := half(t, plantest.Lasting())
		r.recv("PING\r\n")
		require.Empty(t, r.sent())
		require.Equal(t, "draining", r.state())
		r.eof()
		require.NoError(t, r.s.Err())
	})
	t.Run("nor is a beat or a probe sent", func(t *testing.T) {
		r := half(t, plantest.Lasting())
		r.pass(time.Hour)
		require.Empty(t, r.sent())
		require.Equal(t, "closed", r.state())
	})
	for _, last := range []string{"-ERR 'Stale Connection'\r\n", "PONG\r\n", "garbage\r\n", "-ERR 'Authorization Violation'\r\n"} {
		t.Run("it says "+last, func(t *testing.T) {
			p := plantest.Lasting()
			p.Reconnect.Refused = time.Minute
			r := half(t, p)
			r.recv(last)
			r.eof()
			require.Equal(t, "closed", r.state())
			require.NoError(t, r.s.Err())
		})
	}
}

// TestFarewell: a server may answer a logout by saying that it closes the
// connection, as well as by closing it.
func TestFarewell(t *testing.T) {
	r := newRig(t, plantest.Lasting(plantest.Logout("ping", "PING\r\n"))).lastingUp()
	r.shutdown()
	require.Equal(t, "PING\r\n", r.sent())
	r.recv("-ERR 'Stale Connection'\r\n")
	require.Equal(t, "closed", r.state())
	require.NoError(t, r.s.Err())
}

// TestClosingCommandWithoutReply: the end that it announces is no loss.
func TestClosingCommandWithoutReply(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Also(func(p *session.Plan) {
		p.Commands[plantest.Command(p, "bye")].Replies = nil
	}))).ready()
	c := r.call(&session.Call{Command: plantest.Command(r.plan, "bye"), Frame: []byte("BYE\n")})
	r.replied(c, "")
	r.eof()
	require.NoError(t, r.lastErr())
}
