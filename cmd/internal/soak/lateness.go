package main

import (
	"fmt"
	"sync"
	"time"
)

// latenesses are what is measured. The result keeps them, and not the fleet.
type latenesses struct {
	calls  lateness // behind the end of their contexts
	closes lateness // how long each Close took
	timer  lateness // the control timer
}

// lateness is how late something was, again and again, to the millisecond.
type lateness struct {
	mu     sync.Mutex
	counts [4096]uint64 // by whole milliseconds; the last one: that and more
	n      uint64
	worst  time.Duration
}

func (l *lateness) note(d time.Duration) {
	d = max(d, 0)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[min(int(d/time.Millisecond), len(l.counts)-1)]++
	l.n++
	l.worst = max(l.worst, d)
}

// most is what all but a hundredth were not later than.
func (l *lateness) most() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := l.n / 100
	for ms := len(l.counts) - 1; ms >= 0; ms-- {
		if l.counts[ms] > left {
			return min(time.Duration(ms+1)*time.Millisecond, l.worst)
		}
		left -= l.counts[ms]
	}
	return 0
}

func (l *lateness) count() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n
}

func (l *lateness) max() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.worst
}

// String has both.
func (l *lateness) String() string {
	return fmt.Sprintf("up to %v, 99 of 100 by up to %v", l.max().Round(time.Millisecond), l.most().Round(time.Millisecond))
}
