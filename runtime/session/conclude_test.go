package session_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// untilClosed lets set be answered with any number of WATCHING until the server
// closes the link.
func untilClosed(p *session.Plan) {
	set := &p.Commands[plantest.Command(p, "set")]
	set.Each, set.Replies, set.Closes = []session.Reply{{Message: plantest.Message(p, "watching")}}, nil, true
}

// listing is a client that waits for the answers to set.
func listing(t *testing.T, mods ...plantest.Mod) (*rig, *session.Call) {
	t.Helper()
	r := newRig(t, plantest.Acme(append([]plantest.Mod{plantest.Also(untilClosed)}, mods...)...)).ready()
	c := r.call(plantest.Set(r.plan, 1, "on"))
	require.Equal(t, "SET 1 on\n", r.sent())
	require.False(t, r.done(c), "the link is still there")
	return r, c
}

// reset is a link that does not end in order.
func (r *rig) reset() {
	r.s.Lost(r.now, r.s.Epoch(), errors.New("connection reset by peer"))
	r.apply()
}

// concluded checks that a call ended with its link, and with what came on it.
func (r *rig) concluded(c *session.Call, all ...string) {
	r.t.Helper()
	r.replied(c, "")
	require.Equal(r.t, session.None, c.Message)
	require.Equal(r.t, session.ClassNone, c.Class)
	require.Equal(r.t, all, items(c))
}

func TestUntilClosed(t *testing.T) {
	for name, mod := range map[string]plantest.Mod{"by kind": plantest.InFlight(1), "in order": plantest.InOrder()} {
		t.Run(name, func(t *testing.T) {
			r, c := listing(t, mod)
			r.recv("WATCHING 1\nWATCHING 2\n")
			require.False(t, r.done(c))
			r.eof()
			r.concluded(c, "WATCHING 1", "WATCHING 2")
			require.Equal(t, "backoff", r.state())
			r.waits()
			r.connect()
		})
	}
	t.Run("nothing came", func(t *testing.T) {
		r, c := listing(t)
		r.eof()
		r.concluded(c)
	})
	t.Run("an error", func(t *testing.T) {
		r, c := listing(t)
		r.recv("WATCHING 1\nERR 1 no\n")
		r.replied(c, "ERR 1 no")
		require.Equal(t, session.ClassFailed, c.Class)
		require.Equal(t, []string{"WATCHING 1"}, items(c))
		r.eof()
		require.Equal(t, "backoff", r.state())
	})
	t.Run("a reset", func(t *testing.T) {
		r, c := listing(t)
		r.recv("WATCHING 1\n")
		r.reset()
		r.fails(c, session.Unknown, session.ErrLinkLost)
	})
	t.Run("the end within a frame", func(t *testing.T) {
		r, c := listing(t)
		r.recv("WATCHING 1\nWATCH")
		r.eof()
		r.fails(c, session.Unknown, session.ErrLinkLost)
	})
	t.Run("sent again", func(t *testing.T) {
		r, c := listing(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "set")].Idempotent = true }))
		r.recv("WATCHING 1\n")
		r.reset()
		require.False(t, r.done(c))
		r.waits()
		r.ready()
		require.Equal(t, "SET 1 on\n", r.sent())
		r.recv("WATCHING 2\n")
		r.eof()
		r.concluded(c, "WATCHING 2")
	})
	t.Run("shut down", func(t *testing.T) {
		r, c := listing(t)
		r.s.Shutdown(r.now)
		r.apply()
		r.recv("WATCHING 1\n")
		require.False(t, r.half, "it goes on")
		r.eof()
		r.concluded(c, "WATCHING 1")
		require.Equal(t, "closed", r.state())
		require.NoError(t, r.s.Err())
	})
}

func TestUntilClosedInTime(t *testing.T) {
	calm := plantest.NoProbe()
	t.Run("each gives it its time again", func(t *testing.T) {
		r, c := listing(t, calm)
		wait := r.plan.Timeouts.Reply
		for range 3 {
			r.pass(wait - time.Millisecond)
			r.recv("WATCHING 1\n")
		}
		require.False(t, r.done(c))
		r.pass(wait)
		r.fails(c, session.Unknown, session.ErrTimeout)
		require.Equal(t, 1, r.aborts, "nobody waits for the rest")
	})
	t.Run("its caller has gone", func(t *testing.T) {
		r, c := listing(t, calm)
		other := r.call(plantest.Set(r.plan, 2, "on"))
		_, ended := r.s.Cancel(r.now, c, errors.New("gone"))
		require.False(t, ended)
		r.recv("WATCHING 1\n")
		require.Empty(t, r.sent(), "the server is still at it")
		r.eof()
		r.waits()
		r.ready()
		require.Equal(t, "SET 2 on\n", r.sent())
		r.eof()
		r.concluded(other)
	})
}

// TestUntilClosedPerCommand: the link was the command's own, so its end is no
// loss.
func TestUntilClosedPerCommand(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.PerCommand(), plantest.Also(untilClosed), plantest.Logout("bye", "BYE\n")))
	r.connect()
	r.recv("OK\n")
	r.recv("OK\n")
	require.Equal(t, "LOGIN user secret\nBYE\n", r.sent())
	r.eof()
	require.Equal(t, "idle", r.state())
	a, b := r.call(plantest.Set(r.plan, 1, "on")), r.call(plantest.Read(r.plan, 2))
	r.linked()
	require.Equal(t, "SET 1 on\n", r.sent())
	r.recv("WATCHING 1\n")
	require.False(t, r.half)
	r.eof()
	r.concluded(a, "WATCHING 1")
	require.Empty(t, r.sent(), "there is nobody to say goodbye to")
	r.linked()
	require.Equal(t, "READ 2\n", r.sent())
	r.recv("READING 2 5 C\n")
	r.replied(b, "READING 2 5 C")
}

// TestClosedBeforeItIsWritten: a server that ends the link as it was told may be
// faster than our own kernel says that it has the command.
func TestClosedBeforeItIsWritten(t *testing.T) {
	silent := plantest.Also(func(p *session.Plan) {
		bye := &p.Commands[plantest.Command(p, "bye")]
		bye.Replies, bye.Errors = nil, nil
	})
	bye := func(p *session.Plan) *session.Call {
		return &session.Call{Command: plantest.Command(p, "bye"), Frame: []byte("BYE\n")}
	}
	t.Run("one link for all", func(t *testing.T) {
		r := newRig(t, plantest.Acme(silent)).ready()
		r.stuck = true
		c := r.call(bye(r.plan))
		require.False(t, r.done(c))
		r.eof()
		require.True(t, r.done(c))
		require.NoError(t, c.Err)
		require.Equal(t, "backoff", r.state())
	})
	t.Run("one for each", func(t *testing.T) {
		r := resting(t, silent)
		c := r.call(bye(r.plan))
		r.connect()
		r.stuck = true
		r.recv("OK\n")
		require.False(t, r.done(c))
		r.eof()
		require.True(t, r.done(c))
		require.NoError(t, c.Err)
		require.Equal(t, "idle", r.state())
	})
}
