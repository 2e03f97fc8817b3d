package runtime

import (
	"sync"

	"github.com/linewright/linewright/runtime/session"
)

// A client keeps its calls for reuse in a pool of its own and not in one of the package:
// a channel that was made in one testing/synctest bubble must not be used in another,
// and a client never leaves its bubble.

func (c *Client) getCall() *Call {
	if call, ok := c.calls().Get().(*Call); ok {
		call.free = false
		return call
	}
	return &Call{Call: new(session.Call), client: c, done: make(chan struct{}, 1)}
}

func (c *Client) putCall(call *Call) {
	clean(call.Call)
	call.woken, call.owned, call.free = false, false, true
	c.calls().Put(call)
}

// calls is made for the first of them: many clients have none.
func (c *Client) calls() *sync.Pool {
	if p := c.pool.Load(); p != nil {
		return p
	}
	c.pool.CompareAndSwap(nil, new(sync.Pool))
	return c.pool.Load()
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
