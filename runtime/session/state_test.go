package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// okIsState makes the reply to set say what is, and nothing else an answer to it.
func okIsState(p *session.Plan) {
	p.Messages[plantest.Message(p, "ok")].Event = session.StateEvent
	p.Commands[plantest.Command(p, "set")].Errors = nil
}

// TestStateAnswersWhoWaits: it does, and is an event besides; late, it is only
// that, and takes no reply away from the next command.
func TestStateAnswersWhoWaits(t *testing.T) {
	for _, mods := range [][]plantest.Mod{{plantest.NoProbe()}, {plantest.NoProbe(), plantest.Swallow()}} {
		r := newRig(t, plantest.Acme(append(mods, plantest.Also(okIsState))...)).ready()
		before := len(r.events)
		a := r.call(plantest.Set(r.plan, 1, "2"))
		r.recv("OK\n")
		r.replied(a, "OK")
		require.Len(t, r.events, before+1)

		for range 3 {
			b := r.call(plantest.Set(r.plan, 2, "3"))
			r.pass(r.plan.Timeouts.Reply)
			r.fails(b, session.Unknown, session.ErrTimeout)
		}
		r.recv("OK\n")
		require.Len(t, r.events, before+2)
		c := r.call(plantest.Set(r.plan, 4, "5"))
		r.pass(r.plan.Timeouts.Reply - 1)
		r.recv("OK\n")
		r.replied(c, "OK")
		r.pass(time.Minute)
		require.Zero(t, r.aborts)
	}
}

// TestStateAcknowledgesTheHeartbeat, and a heartbeat that was given up takes no
// reply away.
func TestStateAcknowledgesTheHeartbeat(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Also(ackIsOK), plantest.Also(okIsState), plantest.Also(func(p *session.Plan) {
		p.Commands[p.Liveness.Probe.Step.Command].Errors = nil
	}))).ready()
	r.pass(10 * time.Second)
	require.Equal(t, "HEARTBEAT\n", r.sent())
	for range 6 {
		r.pass(time.Second)
		r.recv("READING 1 2 C\n")
	}
	a := r.call(plantest.Set(r.plan, 1, "2"))
	r.recv("OK\n")
	r.replied(a, "OK")
	require.Zero(t, r.aborts)
}
