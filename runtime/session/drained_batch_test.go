package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// The last command that waits may end without being sent, in the batch itself.
func TestShutdownBehindACommandOfAnotherMode(t *testing.T) {
	r := modal(t, plantest.Logout("stop", "\x01q"), plantest.Also(func(p *session.Plan) {
		p.Commands[plantest.Command(p, "stop")].Shape.In = nil
	}))
	r.call(plantest.Fetch(r.plan, 1))
	peek := r.call(plantest.Peek(r.plan, 1))
	r.sent()
	r.s.Shutdown(r.now)
	r.apply()
	r.recv("VALUE 1\n")
	r.fails(peek, session.NotSent, session.ErrMode)
	require.False(t, r.s.Stalled())
	require.Equal(t, "\x01q", r.sent())
}
