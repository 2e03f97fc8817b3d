package simulate

import (
	"bytes"
	"context"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Call is one command and what became of it.
type Call struct {
	Command   int
	Frame     []byte
	Submitted time.Duration

	Done     bool
	Finished time.Duration
	Message  int    // the reply's, or session.None
	Reply    []byte // its frame
	Class    session.Class
	Err      error
	Canceled bool
	// Detached: nothing answers it, and its caller has gone on.
	Detached bool

	c    *Client
	call *session.Call
}

// Submit hands a call to the session; it must not be used otherwise.
func (c *Client) Submit(call *session.Call) *Call {
	k := &Call{
		Command: call.Command, Frame: bytes.Clone(call.Frame), Submitted: c.w.now,
		Message: session.None, c: c, call: call,
	}
	c.calls[call] = k
	c.step(func(now session.Now) { k.Detached = c.Session.Submit(now, call) })
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
	if k.Done {
		return
	}
	c := k.c
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
	delete(c.calls, call)
	k.Message, k.Class = call.Message, call.Class
	k.Reply = bytes.Clone(call.Reply)
	k.end(call.Err)
}

func (k *Call) end(err error) {
	k.Done, k.Finished, k.Err = true, k.c.w.now, err
	k.c.w.trace.add(k.c, KindFinished, uint64(k.c.Session.Epoch()), "%q, reply %d %q: %v",
		k.Frame, k.Message, k.Reply, err)
}

// Client is whose call it is.
func (k *Call) Client() *Client { return k.c }

// Outstanding is how many calls have not ended.
func (c *Client) Outstanding() int { return len(c.calls) }
