package main

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// trouble makes things go wrong with one device, one or two at a time.
type trouble struct {
	*fleet
	stand  *stand
	random *rand.Rand
	counts []atomic.Uint64 // by fault
}

// mischief is a fault that has begun.
type mischief struct {
	fault
	scope *device.Scope
}

// run goes on until ctx ends; then nothing is wrong any more.
func (t *trouble) run(ctx context.Context) {
	for pause(ctx, t.between(2*time.Second, 20*time.Second)) {
		done := []mischief{t.begin()}
		if t.random.IntN(4) == 0 {
			done = append(done, t.begin())
		}
		if !done[0].once {
			pause(ctx, t.length())
		}
		t.end(done, ctx.Err() != nil)
	}
}

// begin begins one fault: of one connection, or of the whole device.
func (t *trouble) begin() mischief {
	i := t.random.IntN(len(faults))
	t.counts[i].Add(1)
	m := mischief{fault: faults[i], scope: &t.stand.plain().Scope}
	open := t.stand.witness.open(false)
	if !m.device && len(open) > 0 && t.random.IntN(3) > 0 {
		m.scope = t.stand.plain().Conn(open[t.random.IntN(len(open))].conn)
	}
	m.fault.begin(m.scope, t)
	return m
}

// end ends them: first what leaves scars, so that no healed connection has any.
func (t *trouble) end(done []mischief, last bool) {
	for _, m := range done {
		if m.scars || m.lingers && last {
			m.scope.Reset()
		}
	}
	t.stand.plain().Heal()
}

// length is how long a fault lasts: mostly a moment, now and then longer than
// any heartbeat's patience.
func (t *trouble) length() time.Duration {
	if t.random.IntN(4) == 0 {
		return t.between(10*time.Second, 35*time.Second)
	}
	return t.between(200*time.Millisecond, 6*time.Second)
}

// between is a length at random, less in a short run.
func (t *trouble) between(least, most time.Duration) time.Duration {
	return t.moment(least + time.Duration(t.random.Int64N(int64(most-least))))
}
