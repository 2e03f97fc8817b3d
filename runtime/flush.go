package runtime

import (
	"context"
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// spareRoom bounds the calls of commands without a reply that are kept: as many
// as the session queues without making their callers wait.
const spareRoom = 8192

// posted are the commands without a reply whose callers have gone.
type posted struct {
	begun, done uint64
	lost        error // the first that ended badly since the last Flush
	waiting     []flusher
	spare       []*session.Call
	gathering   gathering
}

// postal is what there is of them; under the lock.
func (c *Client) postal() *posted { return &c.uses().posted }

// flusher is one Flush that waits.
type flusher struct {
	until uint64 // for this many to be done
	done  chan struct{}
}

// ended is called under the lock, when so many have.
func (p *posted) ended(commands int, err error) {
	p.done += uint64(commands)
	if err != nil && p.lost == nil {
		p.lost = err
	}
	kept := p.waiting[:0]
	for _, f := range p.waiting {
		if p.done >= f.until {
			close(f.done)
		} else {
			kept = append(kept, f)
		}
	}
	p.waiting = kept
}

// Flush waits until the commands without a reply that were done before it are
// handed to the kernel, at most until ctx ends. A lasting one counts as handed
// over when its link dies: it is sent again on the next; so does one that was taken
// back meanwhile, and what takes it back. It returns the first error of
// such a command since the last Flush, an [*Error] with its fate: their callers
// had gone already.
func (c *Client) Flush(ctx context.Context) error {
	c.mu.Lock()
	p := c.postal()
	f := flusher{until: p.begun, done: make(chan struct{})}
	if p.done >= f.until {
		close(f.done)
	} else {
		p.waiting = append(p.waiting, f)
	}
	c.flushNow(c.clock.now(), true)
	select {
	case <-f.done:
	case <-ctx.Done():
		c.mu.Lock()
		defer c.mu.Unlock()
		p.waiting = slices.DeleteFunc(p.waiting, func(other flusher) bool { return other.done == f.done })
		return ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	lost := p.lost
	p.lost = nil
	return lost
}

// cancel ends a call whose context did.
func (c *Client) cancel(call *Call, cause error) error {
	c.mu.Lock()
	now := c.clock.now()
	c.admit(now) // it may be among them
	err, ended := c.s.Cancel(now, call.Call, cause)
	if ended {
		c.mu.Unlock()
		<-call.done // whoever ended it is about to say so
		return call.Err
	}
	c.awaited.Add(-1)
	c.replace(call)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
	return err
}

// replace gives a call whose old one is the session's another one; under the lock.
func (c *Client) replace(call *Call) {
	command := call.Command
	call.Call = c.fresh()
	call.Command, call.Message = command, session.None
}

// fresh gives an empty call; under the lock.
func (c *Client) fresh() *session.Call {
	p := c.postal()
	if n := len(p.spare); n > 0 {
		call := p.spare[n-1]
		p.spare = p.spare[:n-1]
		return call
	}
	return new(session.Call)
}

// keep takes a call for reuse; under the lock.
func (c *Client) keep(call *session.Call) {
	if p := c.postal(); len(p.spare) < spareRoom {
		clean(call)
		p.spare = append(p.spare, call)
	}
}
