package runtime

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// clock gives a client's moments, counted from its own base: a package-level
// one would make no sense under testing/synctest, where each bubble has a time
// of its own.
//
// Now.Wall must go on while the machine sleeps. It is Mono plus the time that
// was slept since base, so that under virtual time (which boot time knows
// nothing of) it stays equal to Mono, and a clock that is set does not count as
// a sleep where the platform tells the two apart.
type clock struct {
	base    time.Time
	asleep  func(base time.Time, mono time.Duration) time.Duration // the platform's, but in tests
	slept0  time.Duration                                          // what asleep said at base
	slept   time.Duration                                          // since base
	sampled time.Duration                                          // Mono of the last sample; see sampleEvery
}

const (
	// sampleEvery bounds the cost of asking for the time slept, under load.
	sampleEvery = 10 * time.Millisecond
	// sleepGrain: less than this is not a sleep but the time between two
	// system calls.
	sleepGrain = 250 * time.Millisecond
)

func newClock() clock {
	base := time.Now()
	return clock{base: base, asleep: asleep, slept0: asleep(base, 0)}
}

// mono is the monotonic clock alone; it needs no lock.
func (c *clock) mono() time.Duration { return time.Since(c.base) }

// peek is now without the lock, and without sampling.
func (c *clock) peek() session.Now {
	mono := c.mono()
	return session.Now{Mono: mono, Wall: mono + c.asleep(c.base, mono) - c.slept0}
}

// now is called under the client's lock.
func (c *clock) now() session.Now {
	mono := c.mono()
	if mono-c.sampled >= sampleEvery {
		c.sample(session.Now{Mono: mono, Wall: mono + c.asleep(c.base, mono) - c.slept0})
	}
	return session.Now{Mono: mono, Wall: mono + c.slept}
}

// sample keeps what a moment says of the time slept; under the client's lock.
func (c *clock) sample(at session.Now) {
	if at.Mono < c.sampled {
		return // somebody has looked since
	}
	c.sampled = at.Mono
	if slept := at.Wall - at.Mono; slept-c.slept >= sleepGrain || c.slept-slept >= sleepGrain {
		c.slept = slept
	}
}

// time is the wall time of a moment, for people.
func (c *clock) time(mono time.Duration) time.Time { return c.base.Add(mono) }
