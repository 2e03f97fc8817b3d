package runtime

import (
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// clock gives the moments of a client, or of all those of an engine, counted from its
// own base: a package-level one would make no sense under testing/synctest, where each
// bubble has a time of its own. It needs no lock.
//
// Now.Wall must go on while the machine sleeps. It is Mono plus the time that
// was slept since base, so that under virtual time (which boot time knows
// nothing of) it stays equal to Mono, and a clock that is set does not count as
// a sleep where the platform tells the two apart: only where it is set back by
// just as long as the machine sleeps, in that sleep, is this not noticed.
type clock struct {
	base    time.Time
	slept0  time.Duration        // what the platform said at base
	slept   atomic.Int64         // since base, as a time.Duration
	sampled atomic.Int64         // Mono of the last sample; see sampleEvery
	asleep  func() time.Duration // since base; nil but in tests
}

const (
	// sampleEvery bounds the cost of asking for the time slept, under load.
	sampleEvery = 10 * time.Millisecond
	// sleepGrain: less than this is not a sleep but the time between two
	// system calls.
	sleepGrain = 250 * time.Millisecond
)

func newClock() clock {
	return clock{base: time.Now(), slept0: sleptSinceBoot()}
}

// mono is the monotonic clock alone.
func (c *clock) mono() time.Duration { return time.Since(c.base) }

// peek is now, without sampling.
func (c *clock) peek() session.Now {
	mono := c.mono()
	return session.Now{Mono: mono, Wall: mono + c.since(mono)}
}

// since is how long the machine slept since base. The wall clock, which to read is no
// system call, goes on meanwhile: where it has not run ahead, nobody need be asked.
func (c *clock) since(mono time.Duration) time.Duration {
	if c.asleep != nil {
		return c.asleep()
	}
	known := time.Duration(c.slept.Load())
	ahead := time.Now().Round(0).Sub(c.base.Round(0)) - mono
	if d := ahead - known; -sleepGrain < d && d < sleepGrain {
		return known
	}
	return c.ask(ahead)
}

// now samples, where nobody has for a while.
func (c *clock) now() session.Now {
	mono := c.mono()
	if mono-time.Duration(c.sampled.Load()) >= sampleEvery {
		c.sample(session.Now{Mono: mono, Wall: mono + c.since(mono)})
	}
	return session.Now{Mono: mono, Wall: mono + time.Duration(c.slept.Load())}
}

// sample keeps what a moment says of the time slept. What was known is read before the
// sample is claimed: so an older moment never takes the place of what a later one said.
func (c *clock) sample(at session.Now) {
	known, last := c.slept.Load(), c.sampled.Load()
	if int64(at.Mono) < last || !c.sampled.CompareAndSwap(last, int64(at.Mono)) {
		return // somebody has looked since
	}
	if d := at.Wall - at.Mono - time.Duration(known); d >= sleepGrain || -d >= sleepGrain {
		c.slept.CompareAndSwap(known, int64(at.Wall-at.Mono))
	}
}

// time is the wall time of a moment, for people.
func (c *clock) time(mono time.Duration) time.Time { return c.base.Add(mono) }
