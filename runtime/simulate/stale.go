package simulate

import (
	"bytes"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// stale lets goroutines that had not noticed yet tell the session later what
// they had, as they do that waited for its lock: the reader, the writer, the one
// that shook hands, the one that dialled.
func (l *link) stale() {
	if !l.c.w.options.Stale {
		return
	}
	c, had := l.c, append(bytes.Clone(l.held), l.conn.unread()...)
	c.afterwards(func(now session.Now) {
		c.reading = l.epoch
		c.Session.Secured(now, l.epoch)
		c.Session.Input(now, l.epoch, had)
		c.Session.Wrote(now, l.epoch, errReset)
		c.Session.Refused(now, l.epoch, errForged)
		c.Session.Lost(now, l.epoch, errReset)
	})
}

// staleDial does the same for a dial that was abandoned.
func (c *Client) staleDial(e session.Epoch) {
	if !c.w.options.Stale {
		return
	}
	c.afterwards(func(now session.Now) {
		if c.Session.Dialed(now, e) {
			panic("simulate: the session wants the connection of a dial that it has abandoned")
		}
		c.Session.DialFailed(now, e, errForged, true)
	})
}

// afterwards is a step that comes late.
func (c *Client) afterwards(do func(now session.Now)) {
	c.later(c.w.now+c.w.Between(0, time.Second), func() { c.step(do) })
}
