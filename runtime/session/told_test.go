package session_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// told is an interval in the login's answer: WATCHING n, in seconds, at least two.
func told(p *session.Plan) session.Interval {
	watching := plantest.Message(p, "watching")
	return session.Interval{Unit: time.Second, AtLeast: 2 * time.Second, Of: func(v *session.Vars) (uint64, bool) {
		n, err := strconv.ParseUint(string(v.Captured[watching][len("WATCHING "):]), 10, 8)
		return n, err == nil && n > 0
	}}
}

// TestInvariant03TheBoundHoldsAsTold: a silent peer is given up by the interval
// that it told, within its bounds, and by that of its own link.
func TestInvariant03TheBoundHoldsAsTold(t *testing.T) {
	plan := func() *session.Plan {
		return plantest.Acme(plantest.Also(tokens), plantest.Also(func(p *session.Plan) { p.Liveness.Probe.Told = told(p) }))
	}
	for said, every := range map[string]time.Duration{
		"7": 7 * time.Second, "10": 10 * time.Second, "200": 10 * time.Second, "1": 2 * time.Second, "0": 10 * time.Second,
	} {
		r := newRig(t, plan())
		r.connect()
		r.recv("WATCHING " + said + "\n")
		require.Equal(t, every+5*time.Second, r.dies(time.Hour), said)
		r.pass(time.Second)
		r.connect()
		r.recv("WATCHING 3\n")
		require.Equal(t, 8*time.Second, r.dies(time.Hour), "on the next link")
	}
}

func TestBeatAsTold(t *testing.T) {
	r := newRig(t, plantest.Acme(plantest.Also(tokens), plantest.Beat(20*time.Second), plantest.Also(func(p *session.Plan) {
		p.Liveness.Beat.Told = told(p)
	})))
	r.connect()
	r.sent()
	r.recv("WATCHING 4\n")
	r.pass(4*time.Second - 1)
	require.Empty(t, r.sent())
	r.pass(1)
	require.Equal(t, "HEARTBEAT\n", r.sent())
}
