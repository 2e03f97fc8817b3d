//go:build !linux

package runtime

import "time"

// asleep is by how much wall time has run ahead of the monotonic clock: a
// sleep, or a clock that was set. The session only probes once after it, so
// taking one for the other does no harm.
func asleep(base time.Time, mono time.Duration) time.Duration {
	return time.Now().Round(0).Sub(base.Round(0)) - mono
}
