package runtime

import (
	"sync"

	"github.com/linewright/linewright/runtime/session"
)

// calling is what a client needs only where somebody calls.
type calling struct {
	// pool has the calls that are not in use. There is one a client and none in the
	// package: a channel that was made in one testing/synctest bubble must not be used
	// in another, and a client never leaves its bubble.
	pool   sync.Pool
	intake intake
}

func (c *Client) calls() *calling {
	if calls := c.calling.Load(); calls != nil {
		return calls
	}
	c.calling.CompareAndSwap(nil, new(calling))
	return c.calling.Load()
}

func (c *Client) getCall() *Call {
	if call, ok := c.calls().pool.Get().(*Call); ok {
		call.free = false
		return call
	}
	return &Call{Call: new(session.Call), client: c, done: make(chan struct{}, 1)}
}

func (c *Client) putCall(call *Call) {
	clean(call.Call)
	call.woken, call.owned, call.free = false, false, true
	c.calls().pool.Put(call)
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
