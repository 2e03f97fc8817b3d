package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestRestKeepsWhatWasNotTaken: a driver that gives back too early loses nothing.
func TestRestKeepsWhatWasNotTaken(t *testing.T) {
	s := session.New(plantest.Acme(), session.Options{Params: &plantest.Params{}})
	s.Start(session.Now{})
	s.Rest()
	require.NotNil(t, s.Effects().Dial)
}

// TestAnIdleSessionIsSmall: there may be thousands. 288 bytes are a class of the
// allocator; the next one is 320.
func TestAnIdleSessionIsSmall(t *testing.T) {
	t.Logf("%d bytes", session.Size)
	require.LessOrEqual(t, int(session.Size), 288)
}

// TestAHeartbeatMakesNoGarbage: of thousands of idle sessions it would be the
// collector's only work.
func TestAHeartbeatMakesNoGarbage(t *testing.T) {
	r := newRig(t, plantest.Acme()).ready()
	e, fx := r.s.Epoch(), r.s.Effects()
	beats, ack := r.s.Stats().Probes, []byte("HEARTBEAT_ACK\n")
	beat := func() {
		at, _ := r.s.Deadline()
		r.now = r.moment(at)
		r.s.Tick(r.now)
		for b := r.s.Batch(r.now, e); b != nil; b = r.s.Batch(r.now, e) {
			r.s.Wrote(r.now, e, nil)
			r.s.Input(r.now, e, ack)
		}
		fx.Reset()
	}
	require.Zero(t, testing.AllocsPerRun(100, beat))
	require.GreaterOrEqual(t, r.s.Stats().Probes, beats+100)
}
