package runtime

import (
	"context"
	"fmt"

	"github.com/linewright/linewright/runtime/session"
)

// maxKept bounds the buffers that are kept for reuse, in bytes: values of 64 KiB are
// usual, and what is around them comes on top.
const maxKept = 128 << 10

// Call is one command on its way, from [Client.Begin] to Release. Generated
// methods fill it, Do it, and parse its Reply; a Call belongs to one goroutine.
type Call struct {
	// Call is the request and, after Do, the outcome. It is replaced where
	// the session keeps the old one, so hold no pointer to it.
	*session.Call

	client *Client
	done   chan struct{} // holds one token once the session is done with the call
	woken  bool          // the token was taken
	owned  bool          // Reply has left with Own
	free   bool          // released
}

// Begin starts a call of the plan's command. Its byte slices are empty, and may
// have room from earlier calls: append to them.
func (c *Client) Begin(command int) *Call {
	call := c.getCall()
	call.Command = command
	call.Message = session.None
	call.FailFast = c.cfg.failFast
	return call
}

// BeginSequence starts a call of the plan's sequence, with the arguments that its steps
// take. They must not be changed until Do has returned.
func (c *Client) BeginSequence(sequence int, args any) *Call {
	s := &c.plan.Sequences[sequence]
	call := c.Begin(s.First())
	call.Sequence, call.Args = s, args
	return call
}

// Encoded takes the frame that an append function made of call.Frame, or wraps
// its error: nothing was sent.
func (call *Call) Encoded(frame []byte, err error) error {
	if err != nil {
		return call.notSent(err)
	}
	call.Frame = frame
	return nil
}

// NewID holds an id for the call's command, to encode it with; only commands that
// have one need it. The error says that all are in use: nothing was sent.
func (call *Call) NewID() (uint64, error) {
	id, err := call.client.newID()
	if err != nil {
		return 0, call.notSent(err)
	}
	call.ID = id
	return id, nil
}

func (c *Client) newID() (uint64, error) {
	if h := c.cfg.host; h != nil {
		return h.NewID()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.s.NewID()
}

// freeID lets an id go that was not sent.
func (c *Client) freeID(id uint64) {
	if h := c.cfg.host; h != nil {
		h.FreeID(id)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s.FreeID(id)
}

func (call *Call) notSent(err error) error {
	return &Error{Op: call.name(), Fate: NotSent, Err: err}
}

// name is what the call does, as the spec calls it.
func (call *Call) name() string {
	if call.Sequence != nil {
		return call.Sequence.Name
	}
	return call.client.plan.Commands[call.Command].Name
}

// Do sends the command and waits for its reply, at most until ctx ends. It
// returns nil where call.Message says which reply, or which error message, came
// (session.None where none is expected), and else an [*Error] with the
// command's fate. A command without a reply returns once it is queued; Flush
// waits until such commands are written. What undoes a lasting command does so
// for later links in any case, also where ctx has ended before.
func (call *Call) Do(ctx context.Context) error {
	if len(call.Frame) == 0 && call.Encode == nil && call.Sequence == nil {
		return call.notSent(errNotEncoded)
	}
	if h := call.client.cfg.host; h != nil {
		return call.hosted(ctx, h)
	}
	if err := ctx.Err(); err != nil {
		call.client.forget(call)
		return call.notSent(err)
	}
	call.woken = false // of an earlier Do
	if call.client.plan.Commands[call.Command].Answered() {
		call.client.submit(ctx, call)
	} else if call.client.post(call) {
		return nil
	}
	return call.wait(ctx)
}

// forget takes back what a call undoes that is not sent.
func (c *Client) forget(call *Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s.Forget(call.Call)
}

// wait ends with the call: by its token, or because ctx ended before.
func (call *Call) wait(ctx context.Context) error {
	if call.woken {
		return call.Err
	}
	over := ctx.Done()
	if over == nil {
		<-call.done
		return call.Err
	}
	select {
	case <-call.done:
		return call.Err
	default:
	}
	select {
	case <-call.done:
		return call.Err
	case <-over:
		return call.client.cancel(call, ctx.Err())
	}
}

// settled reports whether the caller has nothing more to wait for.
func (call *Call) settled(ctx context.Context) bool {
	select {
	case <-call.done:
		call.woken = true
		return true
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

// Failure is the error that the server answered with, a type of the generated
// package. An answer that means none is an [*Error]: the device has executed
// something, but not what the spec says. Of a command made of several it wraps the
// error, and names the one that was answered so.
func (call *Call) Failure() error {
	plan := call.client.plan
	m := call.Message
	if m == session.None || plan.Messages[m].Failure == nil {
		return &Error{Op: call.name(), Fate: Unknown, Err: ErrProtocol}
	}
	err := plan.Messages[m].Failure(call.Own())
	if call.Sequence != nil {
		return fmt.Errorf("%s: %w", plan.Commands[call.Command].Name, err)
	}
	return err
}

// Own gives the reply's frame away: it stays valid after Release.
func (call *Call) Own() []byte {
	call.owned = true
	return call.Reply
}

// OwnItems gives the frames of Items away: they stay valid after Release.
func (call *Call) OwnItems() *session.Items {
	items := call.Items
	call.Items = session.Items{}
	return &items
}

// Release gives the call back. Its reply, unless owned, must not be used any
// more. A second Release does nothing.
func (call *Call) Release() {
	if call.free {
		return
	}
	if call.owned {
		call.Reply = nil
	}
	if call.ID != 0 {
		call.client.freeID(call.ID)
	}
	call.client.putCall(call)
}
