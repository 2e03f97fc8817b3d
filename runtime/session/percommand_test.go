package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// resting is a client of a device that gives each command a connection, after the
// first, which shows that it is there.
func resting(t *testing.T, mods ...plantest.Mod) *rig {
	t.Helper()
	r := newRig(t, plantest.Acme(append([]plantest.Mod{plantest.PerCommand()}, mods...)...))
	r.connect()
	require.Equal(t, "LOGIN user secret\n", r.sent())
	r.recv("OK\n")
	require.True(t, r.half, "nobody has a command")
	require.Equal(t, "ready", r.state())
	r.half = false
	r.eof()
	require.Equal(t, "idle", r.state())
	require.Nil(t, r.dial)
	return r
}

// linked is the link of the next command.
func (r *rig) linked() {
	r.t.Helper()
	r.sent()
	r.connect()
	require.Equal(r.t, "LOGIN user secret\n", r.sent())
	r.recv("OK\n")
}

func TestPerCommand(t *testing.T) {
	t.Run("each has a link of its own", func(t *testing.T) {
		r := resting(t)
		r.pass(time.Hour)
		require.Equal(t, "idle", r.state())
		a, b := r.call(plantest.Read(r.plan, 1)), r.call(plantest.Read(r.plan, 2))
		r.linked()
		require.Equal(t, "READ 1\n", r.sent())
		require.False(t, r.half)
		r.recv("READING 1 5 C\n")
		r.replied(a, "READING 1 5 C")
		require.True(t, r.half)
		require.Empty(t, r.sent(), "the next one waits")
		r.half = false
		r.eof()
		r.linked()
		require.Equal(t, "READ 2\n", r.sent())
		r.recv("READING 2 5 C\n")
		r.replied(b, "READING 2 5 C")
		require.True(t, r.half)
		r.eof()
		require.Equal(t, "idle", r.state())
		require.Nil(t, r.dial)
	})
	t.Run("a server that does not close is not waited for long", func(t *testing.T) {
		r := resting(t)
		r.call(plantest.Read(r.plan, 1))
		r.linked()
		r.recv("READING 1 5 C\n")
		b := r.call(plantest.Read(r.plan, 2))
		r.pass(time.Second - 1)
		require.Nil(t, r.dial)
		r.pass(1)
		r.linked()
		r.recv("READING 2 5 C\n")
		r.replied(b, "READING 2 5 C")
	})
	t.Run("one without a reply is written first", func(t *testing.T) {
		r := resting(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "set")].Replies = nil }))
		r.call(plantest.Set(r.plan, 1, "2"))
		r.connect()
		r.stuck = true
		r.recv("OK\n")
		require.False(t, r.half)
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		r.apply()
		require.True(t, r.half)
	})
	t.Run("and no second one with it", func(t *testing.T) {
		r := resting(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "set")].Replies = nil }))
		r.call(plantest.Set(r.plan, 1, "2"))
		r.call(plantest.Set(r.plan, 2, "3"))
		r.linked()
		require.Equal(t, "SET 1 2\n", r.sent())
		require.True(t, r.half)
		r.eof()
		r.linked()
		require.Equal(t, "SET 2 3\n", r.sent())
	})
	t.Run("without a reply in time the link ends, and the next one comes", func(t *testing.T) {
		r := resting(t)
		a, b := r.call(plantest.Set(r.plan, 1, "2")), r.call(plantest.Read(r.plan, 2))
		r.linked()
		r.pass(5 * time.Second)
		r.fails(a, session.Unknown, session.ErrTimeout)
		require.True(t, r.half)
		r.eof()
		r.linked()
		r.recv("READING 2 5 C\n")
		r.replied(b, "READING 2 5 C")
	})
	t.Run("a caller who goes does not leave his link to others", func(t *testing.T) {
		r := resting(t)
		a := r.call(plantest.Read(r.plan, 1))
		r.linked()
		_, _ = r.s.Cancel(r.now, a, session.ErrTimeout)
		r.apply()
		require.False(t, r.half, "its reply may come")
		b := r.call(plantest.Read(r.plan, 2))
		r.recv("READING 1 5 C\n")
		require.True(t, r.half)
		require.Empty(t, r.sent()[len("READ 1\n"):])
		r.eof()
		r.linked()
		r.recv("READING 2 5 C\n")
		r.replied(b, "READING 2 5 C")
	})
	t.Run("a link that is lost is dialled again as any other", func(t *testing.T) {
		r := resting(t)
		a, b := r.call(plantest.Set(r.plan, 1, "2")), r.call(plantest.Read(r.plan, 2))
		r.linked()
		r.eof()
		r.fails(a, session.Unknown, session.ErrLinkLost)
		require.Equal(t, "backoff", r.state())
		r.pass(time.Second)
		r.linked()
		r.recv("READING 2 5 C\n")
		r.replied(b, "READING 2 5 C")
		r.eof()
		require.Equal(t, "idle", r.state())
		c := r.call(plantest.Set(r.plan, 1, "2"))
		r.linked()
		r.eof()
		r.fails(c, session.Unknown, session.ErrLinkLost)
		require.Equal(t, 1, r.changes[len(r.changes)-1].Attempt, "what went well between is forgiven")
	})
	t.Run("nobody waits longer than for READY", func(t *testing.T) {
		r := resting(t)
		a := r.call(plantest.Read(r.plan, 1))
		r.pass(5 * time.Second)
		r.fails(a, session.NotSent, session.ErrNotReady)
	})
	t.Run("who fails fast waits for a link that is made", func(t *testing.T) {
		r := resting(t)
		call := plantest.Read(r.plan, 1)
		call.FailFast = true
		a := r.call(call)
		require.False(t, r.done(a))
		r.linked()
		r.recv("READING 1 5 C\n")
		r.replied(a, "READING 1 5 C")
	})
	t.Run("it logs out each time", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.PerCommand(), plantest.Logout("bye", "BYE\n")))
		a := r.call(plantest.Read(r.plan, 1))
		r.linked()
		require.Equal(t, "READ 1\n", r.sent())
		r.recv("READING 1 5 C\n")
		r.replied(a, "READING 1 5 C")
		require.Equal(t, "BYE\n", r.sent())
		r.eof()
		require.Equal(t, "idle", r.state())
		b := r.call(plantest.Read(r.plan, 2))
		r.linked()
		r.recv("READING 2 5 C\n")
		r.replied(b, "READING 2 5 C")
		require.Equal(t, "READ 2\nBYE\n", r.sent(), "on this link, too")
	})
	t.Run("a shutdown waits for the command that is under way", func(t *testing.T) {
		r := resting(t)
		a, b := r.call(plantest.Read(r.plan, 1)), r.call(plantest.Read(r.plan, 2))
		r.linked()
		r.s.Shutdown(r.now)
		r.apply()
		require.Equal(t, "draining", r.state())
		r.recv("READING 1 5 C\n")
		r.replied(a, "READING 1 5 C")
		require.True(t, r.half)
		r.eof()
		require.Equal(t, "closed", r.state())
		r.fails(b, session.NotSent, session.ErrClosed)
	})
	t.Run("and ends one that rests at once", func(t *testing.T) {
		r := resting(t)
		r.s.Shutdown(r.now)
		r.apply()
		require.Equal(t, "closed", r.state())
	})
}
