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
	c.clock.asleep = max(c.clock.asleep, c.w.now) + d
	c.clock.slept += d
	c.timer = 0
	c.arm()
}

// Stall takes the processor away: nothing of the client runs, both its clocks
// go on.
func (c *Client) Stall(d time.Duration) {
	c.w.trace.add(c, KindFault, 0, "stall %v", d)
	c.clock.stalled = max(c.clock.back(), c.w.now) + d
}

// JumpWall sets the wall clock forward, or back.
func (c *Client) JumpWall(d time.Duration) {
	c.w.trace.add(c, KindFault, 0, "jump wall %v", d)
	c.clock.jumped += d
}

// later runs a step of the client, once it is not away.
func (c *Client) later(at time.Duration, do func()) {
	c.w.agenda.add(at, func() {
		if back := c.clock.back(); c.w.now < back {
			c.later(back, do)
			return
		}
		do()
	})
}
