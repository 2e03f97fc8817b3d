package runtime

import "context"

// Post is a command that nothing answers, from Begin to End. Its frame is appended to
// those that wait, without a call of its own; where that may not be it has one. Generated
// methods use it, as a variable: see [wire.Reader.Reset].
type Post struct {
	// Frame is where the command's frame is to be appended.
	Frame []byte

	command int
	client  *Client // locked, until Send or End; nil: not any more
	call    *Call
}

// Begin starts a call of the plan's command. Nothing else may be done with the client
// before End.
func (p *Post) Begin(ctx context.Context, c *Client, command int) {
	p.command = command
	if c.cfg.host == nil && ctx.Err() == nil {
		c.mu.Lock()
		if room, ok := c.s.Draft(command, c.cfg.failFast); ok {
			p.client, p.Frame = c, room
			return
		}
		c.mu.Unlock()
	}
	p.call = c.Begin(command)
	p.Frame = p.call.Frame
}

// Send takes what an append function made of Frame, or its error: then nothing was sent.
// It is [Call.Do] otherwise.
func (p *Post) Send(ctx context.Context, frame []byte, err error) error {
	c := p.client
	switch {
	case c == nil:
		if err = p.call.Encoded(frame, err); err != nil {
			return err
		}
		return p.call.Do(ctx)
	case err == nil && len(frame) > len(p.Frame):
		p.client = nil
		c.s.Enlist(frame)
		c.enlisted()
		return nil
	case err == nil:
		err = errNotEncoded
	}
	return &Error{Op: c.plan.Commands[p.command].Name, Fate: NotSent, Err: err}
}

// End ends what Send has not, an append function that panicked perhaps. It may be called
// twice.
func (p *Post) End() {
	if c := p.client; c != nil {
		p.client = nil
		c.rest()
		c.mu.Unlock()
	}
	if p.call != nil {
		p.call.Release()
	}
}
