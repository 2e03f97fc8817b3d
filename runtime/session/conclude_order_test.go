package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// In order, a server that has not answered what came before has not answered this either.
func TestUntilClosedBehindWhatWasNotAnswered(t *testing.T) {
	for _, inOrder := range []bool{true, false} {
		mods := []plantest.Mod{plantest.Also(untilClosed), plantest.InFlight(4)}
		if inOrder {
			mods = append(mods, plantest.InOrder())
		}
		r := newRig(t, plantest.Acme(mods...)).ready()
		r.call(plantest.Read(r.plan, 1))
		c := r.call(plantest.Set(r.plan, 1, "on"))
		require.Equal(t, "READ 1\nSET 1 on\n", r.sent())
		r.eof()
		if inOrder {
			r.fails(c, session.Unknown, session.ErrLinkLost)
		} else {
			r.concluded(c)
		}
	}
}

// What comes without end, and is for nobody any more, does not keep others waiting.
func TestUntilClosedWithoutEnd(t *testing.T) {
	r, c := listing(t, plantest.NoProbe(), plantest.InOrder())
	read := r.call(plantest.Read(r.plan, 1))
	r.gone(c, session.Unknown)
	for range 5 {
		r.recv("WATCHING 1\n")
		r.pass(r.plan.Timeouts.Reply / 5)
	}
	require.Equal(t, "backoff", r.state())
	r.pass(time.Second)
	r.ready()
	require.False(t, r.done(read))
	require.Equal(t, "READ 1\n", r.sent())
}
