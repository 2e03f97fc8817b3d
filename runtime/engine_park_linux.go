package runtime

import (
	"context"
	"time"
)

// An idle link is parked: another socket takes the place of the one that package
// net made. Both stand for one connection of the kernel's, so nothing changes on
// the wire. The reader's goroutine ends, and a poller reads in its place. A link
// that has more to do than to beat gets a socket of package net, and a reader,
// again.

// parkable reports whether the link's socket can be parked.
func (r *reader) parkable() bool {
	return r.client.cfg.engine != nil && r.link.socket.Load().tries()
}

// patience is how long a link must have been idle. That a new one is busy is less
// likely.
func (r *reader) patience() time.Duration {
	if r.link.parking&idled != 0 {
		return r.client.cfg.engine.idle
	}
	return r.client.cfg.engine.idle / 10
}

// limit makes a read end when the link is likely to be idle. It costs nothing
// where reads are many.
func (r *reader) limit() {
	if r.link.parking&limited == 0 && r.parkable() {
		r.link.parking |= limited
		_ = r.link.socket.Load().raw.SetReadDeadline(time.Now().Add(r.patience()))
	}
}

// parks lets the engine go on with a link that has been idle for so long. The
// reader is the flusher meanwhile, so that nobody writes.
func (r *reader) parks(idle time.Duration) bool {
	c, l := r.client, r.link
	if !r.parkable() || idle < r.patience() || !c.claimIdle(l, &r.in) {
		return false
	}
	parked := l.park(c)
	if batch := c.first(l); batch != nil {
		c.push(context.Background(), l, batch, nil)
	}
	return parked
}

// claimIdle makes the caller the flusher of a link that is idle.
func (c *Client) claimIdle(l *link, in *inbox) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l != c.current.Load() || c.s.State() != Ready || l.flushing || l.gathering || in.fill > 0 {
		return false
	}
	l.flushing = true
	l.users++
	return true
}

// park replaces the link's socket by a parked one.
func (l *link) park(c *Client) bool {
	l.moving.Lock()
	defer l.moving.Unlock()
	old := l.socket.Load()
	if !old.fate.CompareAndSwap(inUse, replaced) {
		return false
	}
	s, err := c.cfg.engine.parked(c, l, old.direct)
	if err != nil {
		l.keep(old)
		return false
	}
	l.attach(s)
	_ = old.raw.Close()
	l.parking = idled
	p := s.parked()
	if p.watch() != nil {
		if err := l.unpark(nil); err != nil {
			p.end(err)
		}
	}
	return true
}

// keep lets a socket be what it was, where no other could be made.
func (l *link) keep(s *socket) {
	s.fate.Store(inUse)
	if l.marks.has(aborted) {
		l.abort()
	}
}

// unpark gives the link a socket of package net again, and a reader, which
// begins with rest; nil: it was none, or has ended. The link's moving is held.
func (l *link) unpark(rest []byte) error {
	old := l.socket.Load()
	p := old.parked()
	if p == nil || p.ended() || !old.fate.CompareAndSwap(inUse, replaced) {
		return nil
	}
	conn, err := p.bare()
	if err != nil {
		l.keep(old)
		return err
	}
	p.forget()
	l.attach(newSocket(conn))
	p.drop()
	r := &reader{client: p.client, link: l, heard: p.client.clock.mono()}
	r.in.keep(rest)
	go r.read()
	return nil
}
