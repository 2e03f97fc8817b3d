package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

func TestSequenceAndHeartbeat(t *testing.T) {
	patient := func(p *session.Plan) { p.Timeouts.Reply = time.Minute }
	t.Run("the heartbeat goes on", func(t *testing.T) {
		r := post(t, plantest.InFlight(4), patient)
		r.call(plantest.Send(r.plan, letter("b")))
		r.says("FROM a\n", "OK\n")
		require.Equal(t, "TO b\n", r.sent())
		r.pass(10 * time.Second)
		r.says("PING\n", "OK\nPONG\n")
		require.Equal(t, "TEXT\n", r.sent())
	})
	t.Run("the heartbeat comes between, where its answer could be another's", func(t *testing.T) {
		r := post(t, patient, func(p *session.Plan) { p.Liveness.Probe.Always = true })
		send := r.call(plantest.Send(r.plan, letter("b")))
		r.says("FROM a\n", "OK\n")
		require.Equal(t, "TO b\n", r.sent())
		r.pass(11 * time.Second)
		r.says("", "OK\n")
		r.says("PING\n", "PONG\n")
		r.says("TEXT\n", "GO\n")
		r.says("hi\n", "OK\n")
		r.replied(send, "OK")
	})
}
