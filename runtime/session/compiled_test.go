package session

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPlansAreForgotten: what sessions of a plan share goes with the plan.
func TestPlansAreForgotten(t *testing.T) {
	known := func() (n int) {
		plans.Range(func(any, any) bool { n++; return true })
		return n
	}
	runtime.GC()
	before := known()
	plan := &Plan{InFlight: 1, Reconnect: Reconnect{Initial: 1, Max: 1, Factor: 1}}
	plan.Timeouts = Timeouts{Connect: 1, Greeting: 1, Login: 1, Ready: 1, Reply: 1, Write: 1, Frame: 1}
	one, other := New(plan, Options{}), New(plan, Options{})
	require.Same(t, one.compiled, other.compiled)
	_ = one.decoder() // another one's, or its own
	runtime.KeepAlive(plan)
	require.Eventually(t, func() bool { runtime.GC(); return known() <= before }, time.Minute, time.Millisecond)
}
