package main

import (
	"context"
	"sync/atomic"
	"time"
)

// control is a bare timer beside everything else: how late it is, the machine
// is, and no call can be blamed for as much.
type control struct {
	recent atomic.Int64 // the worst of the last seconds
	worst  atomic.Int64 // of all
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
		start := time.Now()
		if !pause(ctx, tick) {
			return
		}
		last[i%window] = time.Since(start) - tick
		most := time.Duration(0)
		for _, d := range last {
			most = max(most, d)
		}
		c.recent.Store(int64(most))
		c.worst.Store(max(c.worst.Load(), int64(most)))
	}
}

// allowance is what a return may be late now.
func (c *control) allowance() time.Duration { return late + time.Duration(c.recent.Load()) }
