package runtime

import (
	"time"

	"golang.org/x/sys/unix"
)

// sleptSinceBoot is how long the machine slept since it was booted: boot time goes on
// during a suspend, the monotonic clock does not. Neither is ever set.
func sleptSinceBoot() time.Duration {
	var boot, mono unix.Timespec
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &boot) != nil || unix.ClockGettime(unix.CLOCK_MONOTONIC, &mono) != nil {
		return 0
	}
	return time.Duration(boot.Nano() - mono.Nano())
}

// ask tells how long the machine slept since base, where wall time has run ahead.
func (c *clock) ask(time.Duration) time.Duration { return sleptSinceBoot() - c.slept0 }
