package runtime

import (
	"context"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// lazy is by how much the session's deadline moves later before the alarm does.
const lazy = 200 * time.Millisecond

// alarm is the client's one timer. It is set lazily: only when the session's
// deadline moves before what is set, or much later. A deadline that moves a little
// later, as each received byte moves it, costs nothing; the timer then fires once for
// nothing.
//
// A link whose reader waits in the kernel's poller needs no timer beside: the reader
// wakes up at its read deadline, and does what the timer's function would.
type alarm struct {
	timer  *time.Timer // made at the first use, so that it belongs to the bubble of that use
	at     time.Duration
	place  int32 // in the engine's queue, from 1; 0: it has none
	set    bool
	linked bool // it is the link's read deadline
	rang   bool // as that it has passed, and still ends each read
}

// arm is called under the lock, at the end of each step.
func (c *Client) arm(now session.Now) {
	at, ok := c.s.Deadline()
	a, l := &c.alarm, c.waker()
	if a.linked != (l != nil) {
		a.stop()
		a.linked = l != nil
	}
	switch {
	case ok && a.set && a.at <= at && at-a.at < lazy, !ok && !a.rang:
	case c.cfg.engine != nil:
		a.at, a.set = at, true
		c.cfg.engine.set(c, at)
	case l != nil:
		a.at, a.set, a.rang = at, ok, false
		l.wakeAt(c.clock, at, ok)
	case ok:
		a.at, a.set = at, true
		a.ring(max(at-now.Mono, 0), c.tick)
	}
}

// waker is the link whose reader is the alarm; nil: a timer is.
func (c *Client) waker() *link {
	l := c.current.Load()
	if l == nil || l.securing || c.cfg.engine != nil {
		return nil // a handshake waits with deadlines of its own
	}
	if s := l.socket.Load(); s == nil || !s.tries() {
		return nil
	}
	return l
}

func (a *alarm) ring(after time.Duration, tick func()) {
	if a.timer == nil {
		a.timer = time.AfterFunc(after, tick)
	} else {
		a.timer.Reset(after)
	}
}

// disarm is called under the lock, once the client is Closed.
func (c *Client) disarm() {
	c.alarm.stop()
	if e := c.cfg.engine; e != nil {
		e.leave(c)
	}
}

func (a *alarm) stop() {
	if a.timer != nil {
		a.timer.Stop()
		a.timer = nil
	}
	a.set, a.rang = false, false
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
	c.alarm.set, c.alarm.rang = false, c.alarm.linked
	c.clock.sample(peeked) // the machine may have slept since the last step
	now := c.clock.now()
	c.s.Tick(now)
	l, batch := c.claim(now)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
	if l != nil {
		c.push(context.Background(), l, batch, nil)
	}
}
