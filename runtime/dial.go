package runtime

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync/atomic"

	"github.com/linewright/linewright/runtime/session"
)

// errStillOpen: the connection before this one has not been closed within the
// connect timeout, because code of a custom connection blocks in it.
var errStillOpen = errors.New("the previous connection is still being closed")

// dial opens the link's connection; a goroutine of its own, which ends with it.
func (c *Client) dial(l *link) {
	d := l.dialing.Load()
	s, err := c.open(d)
	if d.before == nil {
		l.dialing.Store(nil)
	}
	d.cancel() // frees the timer
	if err != nil {
		c.dialFailed(l, err)
		c.leave(l)
		return
	}
	l.attach(s)
	c.mu.Lock()
	now := c.clock.now()
	wanted := !l.marks.has(aborted) && c.s.Dialed(now, l.epoch)
	w := c.take(now, nil)
	c.mu.Unlock()
	if !wanted {
		c.leave(l)
		c.do(&w)
		return
	}
	go c.read(l) // on a fresh, small stack
	c.do(&w)
}

func (c *Client) dialFailed(l *link, err error) {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		err = fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	err = shown(err)
	c.mu.Lock()
	now := c.clock.now()
	c.s.DialFailed(now, l.epoch, err, refusesCertificate(err))
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
}

// open waits until the link before is gone, then resolves, connects and, where
// the link begins with TLS, shakes hands. All of it is bounded by ctx.
func (c *Client) open(d *dialing) (*socket, error) {
	ctx := d.ctx
	if d.before != nil {
		select {
		case <-d.before.endings().gone.done():
			d.before = nil // and can be collected
		case <-ctx.Done():
			return nil, errStillOpen
		}
	}
	if c.cfg.dial == nil {
		return c.connect(ctx, &d.ask, c.dialer().DialContext)
	}
	return c.openCustom(ctx, d.ask)
}

// openCustom runs a dial hook, which may ignore its context: then it is
// abandoned, and what it returns later is closed.
func (c *Client) openCustom(ctx context.Context, ask session.Dial) (*socket, error) {
	type result struct {
		socket *socket
		err    error
	}
	var decided atomic.Bool
	results := make(chan result, 1)
	go func() {
		s, err := c.connect(ctx, &ask, c.cfg.dial)
		if decided.CompareAndSwap(false, true) {
			results <- result{s, err}
		} else if err == nil {
			s.close(true, new(signal))
		}
	}()
	select {
	case r := <-results:
		return r.socket, r.err
	case <-ctx.Done():
		if decided.CompareAndSwap(false, true) {
			return nil, ctx.Err()
		}
		r := <-results // it was in time after all
		return r.socket, r.err
	}
}

// connect calls dial, sets the socket's options, and shakes hands.
func (c *Client) connect(ctx context.Context, ask *session.Dial, dial DialFunc) (*socket, error) {
	raw, err := dial(ctx, "tcp", c.address(ask.Address))
	if err != nil {
		return nil, err
	}
	if raw == nil {
		return nil, errors.New("the dial function returned no connection")
	}
	if tcp, ok := beneath(raw).(*net.TCPConn); ok {
		if err := setOptions(tcp, &c.plan.Liveness); err != nil {
			c.noteOptions(err)
		}
		if !ask.TLS && c.cfg.dial == nil && c.cfg.engine == nil { // an engine takes more away
			raw = stripped(tcp)
		}
	}
	s := newSocket(raw)
	if !ask.TLS {
		return s, nil
	}
	conn, err := c.handshakeContext(ctx, raw, ask.Address)
	if err != nil {
		s.close(true, new(signal))
		return nil, err
	}
	return s.secured(conn), nil
}

// dialer is ours: names are resolved at each dial.
func (c *Client) dialer() *net.Dialer {
	return &net.Dialer{KeepAliveConfig: keepAlive(&c.plan.Liveness)}
}
