package simulate

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// clock is a client's view of time. While it is away, nothing of the client
// runs.
type clock struct {
	slept   time.Duration // that the monotonic clock missed, the present sleep included
	jumped  time.Duration // that the wall clock was set by
	asleep  time.Duration // until
	stalled time.Duration // until
}

// at is what the client's clocks show at a time of the world.
func (c *clock) at(now time.Duration) session.Now {
	return session.Now{Mono: max(now, c.asleep) - c.slept, Wall: now + c.jumped}
}

// back is when the client runs again.
func (c *clock) back() time.Duration { return max(c.asleep, c.stalled) }

// Moment is what this client's clocks show.
func (c *Client) Moment() session.Now { return c.clock.at(c.w.now) }

// Suspend puts the machine to sleep: nothing of the client runs, its
// monotonic clock stops, its wall clock and the rest of the world go on. What
// is asked of the client meanwhile happens when it wakes.
func (c *Client) Suspend(d time.Duration) {
	c.w.trace.add(c, KindFault, 0, "suspend %v", d)
	from := c.Moment()
	c.clock.asleep = max(c.clock.asleep, c.w.now) + d
	c.clock.slept += d
	c.away(from)
	c.timer = 0
	c.arm()
}

// Stall takes the processor away: nothing of the client runs, both its clocks
// go on.
func (c *Client) Stall(d time.Duration) {
	c.w.trace.add(c, KindFault, 0, "stall %v", d)
	from := c.Moment()
	c.clock.stalled = max(c.clock.back(), c.w.now) + d
	c.away(from)
}

// JumpWall sets the wall clock forward, or back.
func (c *Client) JumpWall(d time.Duration) {
	c.w.trace.add(c, KindFault, 0, "jump wall %v", d)
	c.clock.jumped += d
}

// later runs a step of the client, once it is not away.
func (c *Client) later(at time.Duration, do func()) {
	c.w.agenda.add(at, func() {
		if c.w.now < c.clock.back() {
			c.postpone(do)
			return
		}
		do()
	})
}

// postpone keeps a step until the client is back. They run in their order,
// also where the client stays away for longer than it seemed at first.
func (c *Client) postpone(do func()) {
	c.postponed = append(c.postponed, do)
	if len(c.postponed) == 1 {
		c.w.agenda.add(c.clock.back(), c.wake)
	}
}

func (c *Client) wake() {
	if c.w.now < c.clock.back() {
		c.w.agenda.add(c.clock.back(), c.wake)
		return
	}
	for len(c.postponed) > 0 {
		do := c.postponed[0]
		c.postponed = c.postponed[1:]
		do()
	}
}

// Back is when the client runs again; a past time where it is not away.
func (c *Client) Back() time.Duration { return c.clock.back() }
