package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime/backoff"
)

// What must happen while a fault goes on, and nothing else is wrong.

// last lets faults go on for a time.
func (t *injector) last(ctx context.Context, done []injected, d time.Duration) {
	switch f := done[0]; {
	case len(done) > 1:
		pause(ctx, d)
	case f.mutes:
		t.mute(ctx, f.conn, d)
	case f.refuses:
		t.refuse(ctx, d)
	default:
		pause(ctx, d)
	}
}

// mute is a device that says nothing, on a connection or, with 0, on all: its
// clients notice within their bound.
func (t *injector) mute(ctx context.Context, conn int, d time.Duration) {
	who := slices.DeleteFunc(slices.Clone(t.stand.members), func(m *member) bool {
		return conn != 0 && conn != t.stand.witness.on(m)
	})
	bound := t.stand.vendor.bound()
	noticed := bound + time.Millisecond + t.allowance()
	if d < noticed || !pause(ctx, noticed) {
		pause(ctx, d)
		return
	}
	for _, m := range who {
		// In this order: a client that is READY on another connection has named
		// itself there before.
		state, on := m.now().State(), t.stand.witness.on(m)
		t.book.Check(ledger.Noticed, !state.Up() || conn != 0 && conn != on, func() string {
			return fmt.Sprintf("%v is %v, though its device has been silent for more than %v", m, state, bound)
		})
	}
	pause(ctx, d-noticed)
}

// refuse is a device that lets nobody in: its clients keep to the schedule.
func (t *injector) refuse(ctx context.Context, d time.Duration) {
	before, start := make([]uint64, len(t.stand.members)), time.Now()
	for i, m := range t.stand.members {
		before[i] = m.stats().Dials
	}
	pause(ctx, d)
	for i, m := range t.stand.members {
		dials := m.stats().Dials - before[i]
		took := time.Since(start)
		t.book.Check(ledger.Paced, dials <= t.stand.vendor.dials(took), func() string {
			return fmt.Sprintf("%v dialled %d times in %v, at most %d times by its schedule", m, dials, took, t.stand.vendor.dials(took))
		})
	}
}

// bound is when a client notices at the latest that its device is silent.
func (v *vendor) bound() time.Duration {
	p := v.plan.Liveness.Probe
	return p.Every + time.Duration(p.Misses)*p.Timeout
}

// dials is how often a client dials at most within a time in which no dial leads
// anywhere: one may be due at once.
func (v *vendor) dials(within time.Duration) (n uint64) {
	p := v.plan.Reconnect
	s := backoff.Schedule{Initial: p.Initial, Max: p.Max, Factor: p.Factor, Jitter: p.Jitter}
	for at := time.Duration(0); at <= within; n++ {
		least, _ := s.Range(int(n))
		at += least
	}
	return n
}
