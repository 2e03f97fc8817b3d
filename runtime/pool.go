package runtime

import (
	"sync"
	"sync/atomic"

	"github.com/linewright/linewright/runtime/session"
)

// usage is what a client needs only where somebody uses it: of many, hardly anybody does.
type usage struct {
	// pool has the calls that are not in use. There is one a client and none in the
	// package: a channel that was made in one testing/synctest bubble must not be used
	// in another, and a client never leaves its bubble.
	pool   sync.Pool
	intake intake

	router     atomic.Pointer[router] // nil: nobody has subscribed yet
	unclaimed  atomic.Uint64          // events that nobody wanted
	dispatcher *dispatcher            // nil: nobody is told anything
	watchers   watchers
	posted     posted // guarded by the client's mu

	over  signal // in state Closed
	quiet signal // Closed, and no link is left
}

func (c *Client) uses() *usage {
	if u := c.used.Load(); u != nil {
		return u
	}
	c.used.CompareAndSwap(nil, new(usage))
	return c.used.Load()
}

func (c *Client) getCall() *Call {
	if call, ok := c.uses().pool.Get().(*Call); ok {
		call.free = false
		return call
	}
	return &Call{Call: new(session.Call), client: c, done: make(chan struct{}, 1)}
}

func (c *Client) putCall(call *Call) {
	clean(call.Call)
	call.woken, call.owned, call.free = false, false, true
	c.uses().pool.Put(call)
}

// clean empties a call for its next use, keeping its buffers.
func clean(c *session.Call) {
	for _, b := range [...]*[]byte{&c.Frame, &c.Echo, &c.Lasting, &c.Reply} {
		if cap(*b) > maxKept {
			*b = nil
		}
		*b = (*b)[:0]
	}
	c.Items.Clear(maxKept)
	c.Class, c.ID = session.ClassNone, 0
	c.Err, c.Done, c.Encode, c.Sequence, c.Args = nil, nil, nil, nil, nil
}
