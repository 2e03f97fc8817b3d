package runtime

import (
	"sync/atomic"

	"github.com/linewright/linewright/runtime/session"
)

// receipt is of an event that is answered when it is handled: when each of the
// subscriptions that want it has seen its loop go on. One that drops it never
// says so, and it is not answered.
type receipt struct {
	client  *Client
	link    session.Epoch
	message int
	left    atomic.Int32 // subscriptions that have not handled it; and the router, until it has told all
}

// told is an event that all subscriptions have been told of.
type told struct {
	receipt *receipt
	frame   []byte
}

func newReceipt(c *Client, e *session.Arrival) *receipt {
	r := &receipt{client: c, link: e.Link, message: e.Message}
	r.left.Store(1)
	return r
}

// handled is told by a subscription, with its copy of the frame.
func (r *receipt) handled(frame []byte) {
	if r != nil && r.left.Add(-1) == 0 {
		r.client.handled(r.link, r.message, frame)
	}
}

// handled sends what answers an event.
func (c *Client) handled(link session.Epoch, message int, frame []byte) {
	c.mu.Lock()
	now := c.clock.now()
	c.s.Handled(now, link, message, frame)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
}
