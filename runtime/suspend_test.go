package runtime

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestSleepDoesNotKill: the machine sleeps while a probe is on its way, and the
// old verdict falls due soon after it wakes. The timer must not carry it out
// before the session has seen the jump.
func TestSleepDoesNotKill(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		var slept atomic.Int64
		r.clock.asleep = func() time.Duration { return time.Duration(slept.Load()) }
		r.up()
		r.device.BlackHole()
		<-time.After(14 * time.Second) // the probe is 4 s old, of 5
		slept.Store(int64(time.Hour))  // boot time went on, the monotonic clock did not
		<-time.After(1500 * time.Millisecond)
		r.device.Heal()
		<-time.After(time.Second)
		synctest.Wait()
		require.Equal(t, uint64(1), r.Stats().Links, "a jump alone never kills")
		require.True(t, r.State().Up())
	})
}
