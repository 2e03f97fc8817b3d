package main

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// injector makes things go wrong with one device and its clients, one or two
// faults at a time.
type injector struct {
	*fleet
	stand  *stand
	random *rand.Rand
	counts []atomic.Uint64 // by fault
}

// injected is a fault that has begun.
type injected struct {
	fault
	scope *device.Scope
	conn  int // 0: the whole device
}

// run goes on until ctx ends; then nothing is wrong any more.
func (t *injector) run(ctx context.Context) {
	for pause(ctx, t.between(2*time.Second, 20*time.Second)) {
		done := []injected{t.begin()}
		if t.random.IntN(4) == 0 {
			done = append(done, t.begin())
		}
		if slices.ContainsFunc(done, func(f injected) bool { return !f.once }) {
			t.last(ctx, done, t.length(done[0]))
		}
		t.end(done, ctx.Err() != nil)
	}
}

// begin begins one fault: of one connection, or of the whole device.
func (t *injector) begin() injected {
	i, whole, which := t.faults[t.random.IntN(len(t.faults))], t.random.IntN(3) == 0, t.random.IntN(perDevice)
	t.counts[i].Add(1)
	f := injected{fault: faults[i], scope: &t.stand.plain().Scope}
	if open := t.stand.witness.open(false); !f.device && !whole && len(open) > 0 {
		f.conn = open[which%len(open)].conn
		f.scope = t.stand.plain().Conn(f.conn)
	}
	if f.doubles {
		t.stand.witness.doubt(f.conn)
	}
	f.fault.begin(f.scope, t)
	return f
}

// end ends them: first what leaves scars, so that no healed connection has any.
func (t *injector) end(done []injected, last bool) {
	for _, f := range done {
		if f.scars || f.lingers && last {
			f.scope.Reset()
		}
	}
	t.stand.plain().Heal()
	for _, conn := range t.stand.witness.sure() {
		t.stand.plain().Conn(conn).Reset() // it was opened between the two
	}
}

// length is how long a fault lasts: mostly a moment, now and then longer than
// any heartbeat's patience; a silence is more often that long.
func (t *injector) length(f injected) time.Duration {
	switch n := t.random.IntN(8); {
	case n < 4 && f.mutes:
		bound := t.stand.vendor.bound()
		return t.between(bound+2*time.Second, bound+10*time.Second)
	case n < 2:
		return t.between(10*time.Second, 35*time.Second)
	}
	return t.between(200*time.Millisecond, 6*time.Second)
}

// between is a length at random, less in a short run.
func (t *injector) between(least, most time.Duration) time.Duration {
	return t.moment(least + time.Duration(t.random.Int64N(int64(most-least))))
}

// reopen closes one of the device's clients, and opens another in its place.
func (t *injector) reopen() {
	members := t.stand.members
	t.fleet.reopen(members[t.random.IntN(len(members))], t.random.IntN(2) == 0)
}
