package runtime

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// alarm is the client's one timer. It is set lazily: only when the session's
// deadline moves before what is set. A deadline that moves later, as each
// received byte moves it, costs nothing; the timer then fires once for nothing.
type alarm struct {
	timer *time.Timer // made at the first use, so that it belongs to the bubble of that use
	at    time.Duration
	set   bool
	place int32 // in the engine's queue, from 1; 0: it has none
}

// arm is called under the lock, at the end of each step.
func (c *Client) arm(now session.Now) {
	at, ok := c.s.Deadline()
	a := &c.alarm
	if !ok || a.set && a.at <= at {
		if e := c.cfg.engine; e != nil && ok && at-a.at >= lazy {
			a.at = at // moving it costs less than waking up for nothing
			e.set(c, at)
		}
		return
	}
	a.at, a.set = at, true
	if e := c.cfg.engine; e != nil {
		e.set(c, at)
		return
	}
	after := max(at-now.Mono, 0)
	if a.timer == nil {
		a.timer = time.AfterFunc(after, c.tick)
	} else {
		a.timer.Reset(after)
	}
}

// disarm is called under the lock, once the client is Closed.
func (c *Client) disarm() {
	a := &c.alarm
	if a.timer != nil {
		a.timer.Stop()
	}
	if e := c.cfg.engine; e != nil {
		e.leave(c)
	}
	a.set = false
}

// tick is the timer's function. A dead peer's link is reset before the lock is
// taken: a crowd of callers, or a write that is stuck, must not delay that.
func (c *Client) tick() {
	peeked := c.clock.peek()
	c.verdict(peeked)
	c.mu.Lock()
	c.ticked(peeked)
}

// verdict resets the link of a dead peer.
func (c *Client) verdict(peeked session.Now) {
	if l := c.current.Load(); l != nil && c.s.Dead(peeked) {
		l.abort()
	}
}

// ticked is called under the lock, and unlocks.
func (c *Client) ticked(peeked session.Now) {
	c.alarm.set = false
	c.clock.sample(peeked) // the machine may have slept since the last step
	now := c.clock.now()
	c.s.Tick(now)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
}
