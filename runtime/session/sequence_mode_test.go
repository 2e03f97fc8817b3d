package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// A sequence begins with its first command, not when it is first in the queue: what it
// finds then, it may leave behind.
func TestASequenceBeginsInTheModeOfItsFirstCommand(t *testing.T) {
	r := post(t, plantest.Also(func(p *session.Plan) {
		p.Sequences[0].Undo = nil
		p.Commands[plantest.Command(p, "from")].Shape.In = nil
		p.Commands[plantest.Command(p, "count")].Enters = plantest.ModeText
	}))
	r.call(plantest.Count(r.plan))
	send := r.call(plantest.Send(r.plan, letter()))
	r.says("COUNT\n", "COUNT 0\n")
	r.says("FROM a\n", "NO\n")
	require.True(t, r.done(send))
	require.Equal(t, "ready", r.state())
}
