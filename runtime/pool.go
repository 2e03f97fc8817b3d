package runtime

import (
	"sync"

	"github.com/linewright/linewright/runtime/session"
)

// poolRoom bounds the calls that a client keeps for reuse.
const poolRoom = 1024

// pool keeps a client's calls for reuse. There is one a client and none in the
// package: a channel that was made in one testing/synctest bubble must not be
// used in another, and a client never leaves its bubble.
type pool struct {
	mu    sync.Mutex
	calls []*Call
}

func (p *pool) get() *Call {
	p.mu.Lock()
	if n := len(p.calls); n > 0 {
		call := p.calls[n-1]
		p.calls = p.calls[:n-1]
		p.mu.Unlock()
		call.free = false
		return call
	}
	p.mu.Unlock()
	return &Call{Call: new(session.Call), done: make(chan struct{}, 1)}
}

func (p *pool) put(call *Call) {
	clean(call.Call)
	call.woken, call.owned, call.free = false, false, true
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.calls) < poolRoom {
		p.calls = append(p.calls, call)
	}
}

// clean empties a call for its next use, keeping its buffers.
func clean(c *session.Call) {
	c.Frame, c.Echo = kept(c.Frame), kept(c.Echo)
	c.Lasting, c.Reply = kept(c.Lasting), kept(c.Reply)
	c.Items.Clear(maxKept)
	c.Command, c.Message, c.Class = session.None, session.None, session.ClassNone
	c.Err, c.Done, c.FailFast, c.ID, c.Encode = nil, nil, false, 0, nil
	c.Sequence, c.Args = nil, nil
}

func kept(b []byte) []byte {
	if cap(b) > maxKept {
		return nil
	}
	return b[:0]
}
