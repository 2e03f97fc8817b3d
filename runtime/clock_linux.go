package runtime

import (
	"time"

	"golang.org/x/sys/unix"
)

// asleep is how long the machine slept since it was booted: boot time goes on
// during a suspend, the monotonic clock does not. Neither is ever set.
func asleep(time.Time, time.Duration) time.Duration {
	var boot, mono unix.Timespec
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &boot) != nil || unix.ClockGettime(unix.CLOCK_MONOTONIC, &mono) != nil {
		return 0
	}
	return time.Duration(boot.Nano() - mono.Nano())
}
