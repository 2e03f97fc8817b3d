package main

import (
	"context"
	"slices"
	"sync/atomic"
	"time"
)

// control is a bare timer beside everything else: how late it is, the machine
// is, and no call can be blamed for as much.
type control struct {
	due    atomic.Int64 // when it is to fire, in Unix nanoseconds
	recent atomic.Int64 // how late it was at worst in the last seconds
	worst  atomic.Int64 // and ever
}

// tick is how often the control timer fires, and window how many of its
// latenesses are recent.
const (
	tick   = 20 * time.Millisecond
	window = 250
)

// run goes on until ctx ends.
func (c *control) run(ctx context.Context) {
	var last [window]time.Duration
	for i := 0; ; i++ {
		due := time.Now().Add(tick)
		c.due.Store(due.UnixNano())
		if !pause(ctx, tick) {
			return
		}
		last[i%window] = time.Since(due)
		most := slices.Max(last[:])
		c.recent.Store(int64(most))
		c.worst.Store(max(c.worst.Load(), int64(most)))
	}
}

// allowance is what a return may be late now: twice what the control timer is,
// because a caller waits for a timer, and then for its turn behind everybody
// who waited for one.
func (c *control) allowance() time.Duration {
	pending := time.Duration(time.Now().UnixNano() - c.due.Load())
	return late + 2*max(pending, time.Duration(c.recent.Load()))
}
