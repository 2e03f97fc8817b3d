package simulate

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Call is one command and what became of it.
type Call struct {
	Command   int
	Frame     []byte
	Submitted time.Duration
	// SubmittedMono and FinishedMono are by its client's clock: when the session
	// had it, and gave it back.
	SubmittedMono, FinishedMono time.Duration

	Done     bool
	Ends     int // how often the session gave it back: once
	Finished time.Duration
	Message  int    // the reply's, or session.None
	Reply    []byte // its frame
	Class    session.Class
	Err      error
	Until    time.Duration // its context ended, and it had not; 0: it did not
	Canceled bool          // and so it ended
	// Several: it is a command made of several. Command and Frame are the first.
	Several bool
	// Detached: nothing answers it, and its caller has gone on.
	Detached bool
	// Handed are its hand-overs to the kernel, where Options.Record is set.
	Handed []Handed

	c    *Client
	call *session.Call
	g    *Caller // who waits for it
}

// Submit hands a call to the session; it must not be used otherwise.
func (c *Client) Submit(call *session.Call) *Call { return c.submit(call, nil) }

func (c *Client) submit(call *session.Call, g *Caller) *Call {
	k := &Call{
		Command: call.Command, Frame: bytes.Clone(call.Frame), Submitted: c.w.now,
		Message: session.None, Several: call.Sequence != nil, c: c, call: call, g: g,
	}
	c.calls[call] = k
	if c.w.options.Record {
		c.Calls = append(c.Calls, k)
		c.waiting[string(k.Frame)] = append(c.waiting[string(k.Frame)], k)
	}
	c.step(func(now session.Now) {
		k.SubmittedMono = now.Mono
		if c.Session.Post(call) {
			k.Detached = true
			delete(c.calls, call)
			c.posts = append(c.posts, k)
			k.g.wake()
			return
		}
		if k.Detached = c.Session.Submit(now, call); k.Detached {
			k.g.wake()
		}
	})
	return k
}

// Call submits a command by its name, with its whole frame, line end included.
// For one that echoes fields, or lasts, use Submit.
func (c *Client) Call(command, frame string) *Call {
	for i, cmd := range c.w.plan.Commands {
		if cmd.Name == command {
			return c.Submit(&session.Call{Command: i, Frame: []byte(frame)})
		}
	}
	panic("simulate: " + c.w.plan.Vendor + " has no command " + command)
}

// Within ends the caller's context so much later.
func (k *Call) Within(d time.Duration) *Call {
	k.c.w.After(d, func() { k.Cancel(context.DeadlineExceeded) })
	return k
}

// Wait runs the world until the call has ended, and returns its error, or
// context.DeadlineExceeded where it has not after that time.
func (k *Call) Wait(atMost time.Duration) error {
	if !k.c.w.RunUntil(func() bool { return k.Done }, atMost) {
		return context.DeadlineExceeded
	}
	return k.Err
}

// Cancel is the end of the caller's context.
func (k *Call) Cancel(cause error) {
	c := k.c
	if k.Until == 0 && !k.Done && !k.Detached {
		k.Until = c.w.now
	}
	if c.w.now < c.clock.back() {
		c.postpone(func() { k.Cancel(cause) })
		return
	}
	if k.Done || k.Detached {
		return // the caller has gone on
	}
	c.step(func(now session.Now) {
		err, ended := c.Session.Cancel(now, k.call, cause)
		if ended {
			return // it is among the finished
		}
		delete(c.calls, k.call)
		k.Canceled = true
		k.end(err)
	})
}

// finished takes a call back from the session.
func (c *Client) finished(call *session.Call) {
	k := c.calls[call]
	if k == nil {
		return // cancelled
	}
	if !k.Done {
		delete(c.calls, call)
	}
	if call.Posted {
		k.Detached = true
		c.posts = append(c.posts, k)
		k.g.wake()
		return
	}
	k.Message, k.Class = call.Message, call.Class
	k.Reply = bytes.Clone(call.Reply)
	k.end(call.Err)
}

// posted ends the oldest calls that the session has a copy of.
func (c *Client) posted(p session.Posted) {
	for _, k := range c.posts[:p.Commands] {
		k.end(p.Err)
	}
	c.posts = c.posts[p.Commands:]
}

func (k *Call) end(err error) {
	k.Done, k.Finished, k.Err = true, k.c.w.now, err
	k.FinishedMono = k.c.Moment().Mono
	k.Ends++
	k.c.forget(k)
	if !k.Detached {
		k.g.wake()
	}
	k.c.w.trace.add(k.c, KindFinished, uint64(k.c.Session.Epoch()), "%q, reply %d %q: %v",
		k.Frame, k.Message, k.Reply, err)
}

// forget takes k from the calls whose frames may still be handed over.
func (c *Client) forget(k *Call) {
	if !c.w.options.Record {
		return
	}
	left := slices.DeleteFunc(c.waiting[string(k.Frame)], func(other *Call) bool { return other == k })
	if len(left) == 0 {
		delete(c.waiting, string(k.Frame))
		return
	}
	c.waiting[string(k.Frame)] = left
}

// Client is whose call it is.
func (k *Call) Client() *Client { return k.c }

// Outstanding is how many calls have not ended.
func (c *Client) Outstanding() int { return len(c.calls) + len(c.posts) }
