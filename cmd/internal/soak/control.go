package main

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// control is a bare timer beside everything else: how late it is, the machine
// is, and no call can be blamed for as much.
type control struct {
	*lateness
	due    atomic.Int64 // when it is to fire, in Unix nanoseconds
	recent atomic.Int64 // how late it was at worst in the last seconds
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
		late := time.Since(due)
		last[i%window] = late
		c.recent.Store(int64(slices.Max(last[:])))
		c.note(late)
	}
}

// now is how late the timer is now, or was at worst a moment ago.
func (c *control) now() time.Duration {
	pending := time.Duration(time.Now().UnixNano() - c.due.Load())
	return max(pending, time.Duration(c.recent.Load()))
}

// What a single return may be late in real time, and what 99 of 100 may: the
// system can take any thread from its processor, but not that many.
const (
	oneLate  = time.Second
	mostLate = 50 * time.Millisecond
	enough   = 1000 // returns, to say that of
)

// tooBusy is how late one of a hundred control timers may be before the rules
// about time say little of the clients.
const tooBusy = 200 * time.Millisecond

// allowance is what a return may be late now. In virtual time that is nothing.
// In real time it is more than twice what the control timer is, because a caller
// waits for a timer, and then for its turn behind everybody who waited for one.
func (f *fleet) allowance() time.Duration {
	if f.virtual {
		return 0
	}
	return oneLate + 2*f.control.now()
}

// judgeLate checks that it is few calls that make use of that.
func (f *fleet) judgeLate() {
	if f.late.calls.count() < enough {
		return
	}
	most, control := f.late.calls.most(), f.control.most()
	f.book.Check(ledger.InTime, most <= mostLate+2*control, func() string {
		return fmt.Sprintf("one call of 100 returns more than %v after its context; the control timer is late by %v", most, control)
	})
}
