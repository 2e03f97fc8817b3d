package simulate

import "github.com/linewright/linewright/runtime/session"

// handshake is one that is going on over a link.
type handshake struct {
	tls  *secrecy
	then func(error)
}

// shake lays TLS over a connection that is not the session's yet.
func (c *Client) shake(d session.Dial, l *link) {
	c.dialing.link = l
	l.shake(func(err error) {
		if err != nil {
			l.drop()
			c.dialFailed(d, l.record, err)
			return
		}
		c.dialed(d, l)
	})
}

// secure lays TLS over the connection, as a step of the session's. What was
// read before came in plain text, whoever sent it.
func (l *link) secure() {
	if len(l.held) > 0 {
		l.c.later(l.c.w.now, func() { l.lose(errEarly) })
		return
	}
	l.shake(func(err error) {
		if err != nil {
			l.lose(err)
			return
		}
		l.c.step(func(now session.Now) { l.c.Session.Secured(now, l.epoch) })
	})
}

// shake begins a handshake; then is told how it went. Until then, what is
// written goes out as it is.
func (l *link) shake(then func(error)) {
	l.shaking = &handshake{&secrecy{s: l.socket}, then}
	l.look()
}

// shaken goes on with a handshake, and reports whether none is going on.
func (l *link) shaken() bool {
	h := l.shaking
	if h == nil || l.closed {
		return true
	}
	done, err := h.tls.shake()
	if !done && err == nil {
		return false
	}
	l.conn, l.shaking = h.tls, nil
	l.c.w.trace.add(l.c, KindNote, uint64(l.epoch), "handshake: %v", err)
	h.then(err)
	return true
}

// drop closes a connection of which the session never heard.
func (l *link) drop() {
	l.closed = true
	l.socket.reset()
}
