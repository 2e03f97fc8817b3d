package runtime

import (
	"context"
	"runtime"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Commands that nothing answers gather in the session. Who publishes much writes
// itself whenever gatherMax has come together; the rest is for a goroutine. It starts
// at once after a pause, and else lets the commands of gatherTime come together: for
// each write, of one command or of a thousand, the kernel and the server do the same.
const (
	gatherTime = 100 * time.Microsecond
	gatherMax  = 32 << 10
)

// post hands the session a command without a reply. It reports whether the caller may
// go; what was in the call is the session's then.
func (c *Client) post(call *Call) (detached bool) {
	c.mu.Lock()
	if !c.s.Post(call.Call) {
		return c.postAlone(call)
	}
	c.enlisted()
	return true
}

// enlisted sees to it that what the session has just taken is written. It is called
// under the lock, and unlocks.
func (c *Client) enlisted() {
	c.postal().begun++
	l, asked := c.current.Load(), c.s.Effects().Flush
	much := c.s.Queued() >= gatherMax && l.tries()
	if !asked && !(much && l.gathering) {
		c.mu.Unlock()
		return // somebody is at it, or about to be
	}
	now := c.clock.now()
	if !much && l != nil && !l.flushing {
		c.gather(l, now)
	}
	c.flushNow(now, much)
}

// flushNow is called under the lock, and unlocks. It makes the caller write what has
// gathered, if it may.
func (c *Client) flushNow(now session.Now, may bool) {
	var l *link
	var batch []byte
	if may {
		l, batch = c.claim(now)
	}
	w := c.take(now, nil)
	w.patient = true
	c.mu.Unlock()
	c.do(&w)
	if l != nil {
		c.push(context.Background(), l, batch, nil)
	}
}

// gather lets commands come together, and a goroutine write them; under the lock.
func (c *Client) gather(l *link, now session.Now) {
	c.s.Effects().Flush = false
	l.gathering = true
	if l.flushed != 0 && now.Mono-l.flushed < gatherTime {
		c.postal().gathering.begin(now.Mono, c)
		return
	}
	l.users++
	go c.gathered(l)
}

// gathered writes what has gathered, unless somebody else has.
func (c *Client) gathered(l *link) {
	runtime.Gosched() // others may join the batch
	c.mu.Lock()
	if !l.gathering {
		c.mu.Unlock()
		c.leave(l)
		return
	}
	c.writeGathered(l, c.clock.now())
}

// writeGathered is called under the lock, by a user of the link, and unlocks.
func (c *Client) writeGathered(l *link, now session.Now) {
	l.gathering, l.flushing = false, true
	if batch := c.next(l, now); batch != nil {
		c.write(l, batch)
	}
}

// gatherEnds is the timer's. Who publishes much holds the lock nearly all the time, and
// would have to wake whoever waits for it, again and again: so that somebody has written
// what the timer was set for, and more has come since, is seen without it.
func (c *Client) gatherEnds() {
	g := &c.postal().gathering
	if g.goesOn(c.clock.mono()) {
		return
	}
	c.mu.Lock()
	l, now := c.current.Load(), c.clock.now()
	if l == nil || !l.gathering {
		g.set = false
		c.mu.Unlock()
		return
	}
	if g.goesOn(now.Mono) {
		c.mu.Unlock()
		return
	}
	g.set = false
	l.users++
	c.writeGathered(l, now)
}

// postAlone is post for what the session keeps the call of: it was replaced by an empty
// one where the caller may go. It is called under the lock, and unlocks.
func (c *Client) postAlone(call *Call) (detached bool) {
	now := c.clock.now()
	inner := call.Call
	inner.Done = call.done
	detached = c.s.Submit(now, inner)
	if detached {
		inner.Done = nil // tells takeFinished that nobody waits
		c.postal().begun++
		c.replace(call)
	} else {
		c.awaited.Add(1)
	}
	w := c.take(now, nil)
	w.patient = detached
	c.mu.Unlock()
	c.do(&w)
	return detached
}
