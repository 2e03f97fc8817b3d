package simulate

import (
	"context"
	"errors"
	"iter"

	"github.com/linewright/linewright/runtime/session"
)

// Caller is code that blocks in calls, run on the world's own thread: it goes
// on when its call has ended. A [Client] is the runtime.Host of generated
// clients that such code uses.
type Caller struct {
	// Calls are those that it has made, oldest first.
	Calls []*Call
	// Done: it has returned.
	Done bool

	w     *World
	next  func() (struct{}, bool)
	stop  func()
	yield func(struct{}) bool
	soon  bool // it is on the agenda
}

var errAbandoned = errors.New("simulate: the world has ended")

// Go runs f until it has to wait for the first time; the world does the rest.
func (w *World) Go(f func()) *Caller { return w.GoWith(func(*Caller) { f() }) }

// GoWith is Go for code that wants to know its caller.
func (w *World) GoWith(f func(*Caller)) *Caller {
	g := &Caller{w: w}
	g.next, g.stop = iter.Pull(func(yield func(struct{}) bool) {
		g.yield = yield
		f(g)
	})
	g.resume()
	return g
}

// resume runs the caller until it waits again.
func (g *Caller) resume() {
	before := g.w.caller
	g.w.caller = g
	_, more := g.next()
	g.w.caller = before
	g.Done = !more
	if g.Done {
		delete(g.w.callers, g)
	} else {
		g.w.callers[g] = struct{}{}
	}
}

// wake lets the caller go on, after the step that made it possible.
func (g *Caller) wake() {
	if g != nil && !g.soon {
		g.soon = true
		g.w.After(0, func() {
			g.soon = false
			g.resume()
		})
	}
}

// Do is a call of the caller that runs at the moment.
func (c *Client) Do(_ context.Context, call *session.Call) (kept bool, err error) {
	g := c.w.caller
	if g == nil {
		panic("simulate: Do outside of a Caller")
	}
	k := c.submit(call, g)
	g.Calls = append(g.Calls, k)
	for !k.Done && !k.Detached {
		if !g.yield(struct{}{}) {
			return true, errAbandoned
		}
	}
	return k.Detached || k.Canceled, k.Err
}

// NewID is the session's.
func (c *Client) NewID() (uint64, error) { return c.Session.NewID() }

// FreeID is the session's.
func (c *Client) FreeID(id uint64) { c.Session.FreeID(id) }

// Abandon ends the callers that still wait. The world is not to be run again.
func (w *World) Abandon() {
	for g := range w.callers {
		g.stop()
	}
	clear(w.callers)
}
