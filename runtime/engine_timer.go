package runtime

import (
	"slices"
	"time"
)

const (
	// spacing is how far apart an engine's wake-ups are at least: more at a time
	// cost less each.
	spacing = 500 * time.Microsecond
	// spacedFrom is how many clients make that worth while; fewer are on time.
	spacedFrom = 64
	// share is how many of those that are due one goroutine serves.
	share = 64
)

// set says when a client is due next; under the client's lock.
func (e *Engine) set(c *Client, at time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.queue.set(c, at)
	if !e.ticking {
		e.arm()
	}
}

// arm sets the timer, where it is not set for what is due next; under the lock.
func (e *Engine) arm() {
	at := e.queue.first()
	if at == never {
		return
	}
	if len(e.queue) >= spacedFrom {
		at = max(at, e.ticked+spacing)
	}
	if e.waits && e.wake <= at {
		return
	}
	e.wake, e.waits = at, true
	after := max(at-e.clock.mono(), 0)
	switch {
	case e.chime != nil:
		e.chime.set(after)
	case e.timer == nil:
		e.timer = time.AfterFunc(after, e.tick)
	default:
		e.timer.Reset(after)
	}
}

// silence leaves nothing that could wake the engine up; under the lock.
func (e *Engine) silence() {
	if e.timer != nil {
		e.timer.Stop()
	}
	if e.chime != nil {
		e.chime.stop()
		e.chime = nil
	}
	e.waits = false
}

// tick is the timer's function. It serves those that are due; where they are
// many, because a network has failed, others help.
func (e *Engine) tick() {
	var few [share]*Client
	now := e.clock.mono()
	due := e.due(now, few[:0])
	for ; len(due) == share; due = e.due(now, few[:0]) {
		go serve(slices.Clone(due))
	}
	serve(due)
	e.done(now)
}

// due takes some of those who are due.
func (e *Engine) due(now time.Duration, due []*Client) []*Client {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ticking, e.waits = true, false
	for len(due) < cap(due) && e.queue.first() <= now {
		c := e.queue[0].client
		e.queue.set(c, never)
		due = append(due, c)
	}
	return due
}

// done ends a wake-up.
func (e *Engine) done(now time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ticking, e.ticked = false, now
	e.arm()
}

// serve does what the timers of these clients would. Nobody waits for a client
// whose lock is taken: its tick gives the verdict before it waits, as without an engine.
func serve(due []*Client) {
	for _, c := range due {
		peeked := c.clock.peek()
		if c.mu.TryLock() {
			c.ticked(peeked)
		} else {
			go c.tick()
		}
	}
}
