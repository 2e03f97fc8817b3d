package simulate

import (
	"bytes"

	"github.com/linewright/linewright/runtime/session"
)

// obey does what the session asks for, until it asks for nothing.
func (c *Client) obey() {
	for {
		fx := c.Session.Effects()
		if fx.Abort {
			c.hangUp()
		}
		dial, tls, flush, halfClose := fx.Dial, fx.StartTLS, fx.Flush, fx.HalfClose
		var handled []session.Arrival
		for _, a := range fx.Events {
			if c.deliver(a); a.Link != 0 {
				handled = append(handled, session.Arrival{Message: a.Message, Frame: bytes.Clone(a.Frame), Link: a.Link})
			}
		}
		for _, call := range fx.Finished {
			c.finished(call)
		}
		for _, p := range fx.Posted {
			c.posted(p)
		}
		for _, ch := range fx.Changes {
			c.changed(ch)
		}
		for _, n := range fx.Notes {
			c.w.trace.add(c, KindNote, uint64(c.Session.Epoch()), "%s: %v", n.Text, n.Err)
		}
		fx.Reset()
		if dial != nil {
			c.dial(*dial)
		}
		if c.link != nil {
			if tls {
				c.link.secure()
			}
			if flush {
				c.link.flush()
			}
			if halfClose {
				c.link.conn.halfClose()
			}
		}
		for _, a := range handled { // at once: nobody here is slow
			c.Session.Handled(c.Moment(), a.Link, a.Message, a.Frame)
		}
		if !dirty(c.Session.Effects()) {
			c.Session.Rest()
			return
		}
	}
}

func dirty(fx *session.Effects) bool {
	return fx.Abort || fx.Dial != nil || fx.StartTLS || fx.Flush || fx.HalfClose ||
		len(fx.Events)+len(fx.Finished)+len(fx.Posted)+len(fx.Changes)+len(fx.Notes) > 0
}

// hangUp resets the connection, or stops dialling.
func (c *Client) hangUp() {
	if c.dialing != nil {
		c.dialing.abandon()
		c.dialing = nil
		last := c.links[len(c.links)-1]
		c.staleDial(last.Epoch)
		c.ended(last, "dial abandoned")
	}
	if c.link != nil {
		c.link.abort("abort")
		c.link = nil
	}
}

func (c *Client) deliver(a session.Arrival) {
	e := Event{At: c.w.now, Epoch: c.reading, Message: a.Message, Frame: bytes.Clone(a.Frame)}
	if !c.w.options.Quiet || c.w.options.Record {
		c.Events = append(c.Events, e)
	}
	c.w.trace.bytes(c, KindEvent, uint64(c.Session.Epoch()), "", e.Frame)
}

func (c *Client) changed(ch session.Change) {
	c.Changes = append(c.Changes, ch)
	c.Record.Changed = append(c.Record.Changed, c.w.now)
	c.w.trace.add(c, KindChange, uint64(ch.Epoch), "%v to %v, attempt %d, delay %v: %v",
		ch.From, ch.To, ch.Attempt, ch.Delay, ch.Err)
}
