package lab_test

import (
	"time"

	"golang.org/x/sys/unix"
)

// monotonic is the machine's clock, which all processes share.
func monotonic() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		panic(err)
	}
	return time.Duration(now.Nano())
}

// control measures how late a bare timer is in this process: what no watchdog
// on this machine could do better.
type control struct {
	late  chan time.Duration
	reset chan struct{}
}

func newControl() control {
	c := control{make(chan time.Duration), make(chan struct{})}
	go c.run()
	return c
}

func (c control) run() {
	const period = 10 * time.Millisecond
	worst := time.Duration(0)
	for {
		start := time.Now()
		<-time.After(period)
		worst = max(worst, time.Since(start)-period)
		select {
		case c.late <- worst:
		case <-c.reset:
			worst = 0
		default:
		}
	}
}

// worst is the worst lateness since mark. It waits for the timer that is
// running now, which was late with us.
func (c control) worst() time.Duration { return <-c.late }

// mark begins anew.
func (c control) mark() { c.reset <- struct{}{} }
