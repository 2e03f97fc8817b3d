package runtime

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// lingering bounds how long Close waits for what is left after it. Usually
// nothing is; Close from a callback, or under a dial hook that ignores its
// context, must not wait for itself.
const lingering = 50 * time.Millisecond

// errContext: the context of Run ended.
var errContext = errors.New("the context of Run ended")

// Run connects, and keeps the client connected until it is Closed. It returns
// nil after Close and Shutdown, ctx's error after ctx ended (the client is
// closed then), and else why the client stopped by itself. Run can be called
// once, and not after Dial.
func (c *Client) Run(ctx context.Context) error {
	if err := c.start(); err != nil {
		return err
	}
	select {
	case <-c.uses().over.done():
	case <-ctx.Done():
		c.close(fmt.Errorf("%w: %w: %w", ErrClosed, errContext, ctx.Err()))
	}
	c.linger()
	err := c.Err()
	switch {
	case errors.Is(err, errContext):
		return ctx.Err()
	case plainEnd(err):
		return nil
	}
	return err
}

func (c *Client) start() error {
	if c.cfg.host != nil {
		return errHosted
	}
	c.mu.Lock()
	if c.running {
		c.mu.Unlock()
		return ErrRunning
	}
	if c.s.State() == Closed {
		c.mu.Unlock()
		return ErrClosed
	}
	if e := c.cfg.engine; e != nil {
		if err := e.join(c); err != nil {
			c.mu.Unlock()
			return err
		}
	}
	c.running = true
	now := c.clock.now()
	c.s.Start(now)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
	return nil
}

// Close ends the client within 100 ms: the link is reset, and every call ends
// with its fate. It may be called in any state, from any goroutine, from a
// callback, and again. It always returns nil.
func (c *Client) Close() error {
	c.close(nil)
	c.linger()
	return nil
}

func (c *Client) close(cause error) {
	c.mu.Lock()
	now := c.clock.now()
	c.s.Close(now, cause)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
}

// linger waits, for a short while, until nothing of the client is left.
func (c *Client) linger() {
	timer := time.NewTimer(lingering)
	defer timer.Stop()
	c.lingerUntil(timer.C)
}

// lingerUntil reports whether there is time left.
func (c *Client) lingerUntil(late <-chan time.Time) bool {
	select {
	case <-c.uses().quiet.done():
	case <-late:
		return false
	}
	if told := c.uses().dispatcher.quiet(); told != nil {
		select {
		case <-told:
		case <-late:
			return false
		}
	}
	return true
}

// Shutdown refuses new commands, waits for those under way, logs out as the
// spec says, and closes the link in order. Where ctx ends first, the client is
// closed, and ctx's error returned.
func (c *Client) Shutdown(ctx context.Context) error {
	c.mu.Lock()
	now := c.clock.now()
	c.s.Shutdown(now)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
	select {
	case <-c.uses().over.done():
		c.linger()
		if err := c.Err(); !plainEnd(err) {
			return err
		}
		return nil
	case <-ctx.Done():
		_ = c.Close()
		return ctx.Err()
	}
}

// ReconnectNow dials at once where the client waits to dial again: for example
// because the network is known to be back. The number of failures so far, and
// with it the next delay, stays.
func (c *Client) ReconnectNow() {
	c.mu.Lock()
	now := c.clock.now()
	c.s.ReconnectNow(now)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
}
