package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// What comes while a sequence waits for its turn is known to it.
func TestASequenceKnowsWhatCameBeforeItsTurn(t *testing.T) {
	r := post(t, plantest.Also(func(p *session.Plan) {
		p.Liveness.Probe = nil
		pong := plantest.Message(p, "pong")
		p.Messages[pong].Event, p.Messages[pong].Capture = session.IsEvent, true
		ping := &p.Commands[plantest.Command(p, "ping")]
		ping.Replies = nil
		p.Sequences[0].Steps[0].Encode = func(dst []byte, v *session.Vars) ([]byte, error) {
			return append(append(append(dst, "FROM "...), v.Captured[pong]...), '\n'), nil
		}
	}))
	r.call(plantest.Count(r.plan))
	r.call(plantest.Send(r.plan, letter()))
	require.Equal(t, "COUNT\n", r.sent())
	r.recv("PONG\n")
	r.recv("COUNT 1\n")
	require.Equal(t, "FROM PONG\n", r.sent())
}
