// Package memnet is a TCP connection in memory, for tests under virtual time:
// [Pipe] makes the two ends. Unlike net.Pipe, a write returns once its bytes
// are buffered, each direction's buffer is bounded (so that a peer that stops
// reading fills it), and either side can half-close or reset.
//
// A reset (SetLinger(0) and Close, as for *net.TCPConn) drops what the peer has
// not read; the peer's Read and Write then fail with ECONNRESET. A close with
// unread input resets too, as Linux does. Each Read gets bytes of one Write
// only, so a test decides how a frame is split.
package memnet

import (
	"net"
	"sync"
	"time"
)

// DefaultBuffer is the room of each direction, in bytes.
const DefaultBuffer = 64 << 10

// Conn is one end of a [Pipe]. It may be used from several goroutines.
type Conn struct {
	shared *sync.Mutex // of both ends
	peer   *Conn

	in       stream // what the peer wrote
	state    state
	linger0  bool
	reading  deadline
	writing  deadline
	local    addr
	changed  sync.Cond // anything that Read or Write of this end waits for
	finished bool      // CloseWrite
}

// state is what became of one end.
type state uint8

const (
	open   state = iota
	closed       // by its own Close
	reset        // by the peer
)

// Pipe makes a connection with so many bytes of room each way; 0 and less is
// [DefaultBuffer]. The names become the ends' addresses.
func Pipe(buffer int, nameA, nameB string) (a, b *Conn) {
	if buffer <= 0 {
		buffer = DefaultBuffer
	}
	mu := new(sync.Mutex)
	a = &Conn{shared: mu, local: addr(nameA), in: stream{limit: buffer}}
	b = &Conn{shared: mu, local: addr(nameB), in: stream{limit: buffer}}
	a.peer, b.peer = b, a
	a.changed.L, b.changed.L = mu, mu
	return a, b
}

// LocalAddr is this end's name.
func (c *Conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the other end's name.
func (c *Conn) RemoteAddr() net.Addr { return c.peer.local }

// SetLinger with 0 makes Close a reset; any other value undoes that.
func (c *Conn) SetLinger(seconds int) error {
	c.shared.Lock()
	defer c.shared.Unlock()
	if c.state == closed {
		return fail("set", net.ErrClosed)
	}
	c.linger0 = seconds == 0
	return nil
}

// Close ends both directions. What this end wrote can still be read by the
// peer, unless linger is 0 or this end has unread input: then it is a reset.
func (c *Conn) Close() error {
	c.shared.Lock()
	defer c.shared.Unlock()
	if c.state == closed {
		return fail("close", net.ErrClosed)
	}
	if c.peer.state == open && (c.linger0 || c.in.size > 0) {
		c.peer.state = reset
		c.peer.in.drop()
	}
	c.state = closed
	c.in.drop()
	c.reading.stop()
	c.writing.stop()
	c.wake()
	return nil
}

// CloseWrite ends this end's direction: the peer reads to the end, then io.EOF.
func (c *Conn) CloseWrite() error {
	c.shared.Lock()
	defer c.shared.Unlock()
	if err := c.broken(); err != nil {
		return fail("close", err)
	}
	c.finished = true
	c.wake()
	return nil
}

// Buffered is how many bytes the peer has not read yet.
func (c *Conn) Buffered() int {
	c.shared.Lock()
	defer c.shared.Unlock()
	return c.peer.in.size
}

// SetDeadline sets both deadlines; the zero time is none.
func (c *Conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// SetReadDeadline makes Read fail with os.ErrDeadlineExceeded from t on.
func (c *Conn) SetReadDeadline(t time.Time) error { return c.setDeadline(&c.reading, t) }

// SetWriteDeadline makes Write fail with os.ErrDeadlineExceeded from t on.
func (c *Conn) SetWriteDeadline(t time.Time) error { return c.setDeadline(&c.writing, t) }

func (c *Conn) setDeadline(d *deadline, t time.Time) error {
	c.shared.Lock()
	defer c.shared.Unlock()
	if c.state == closed {
		return fail("set", net.ErrClosed)
	}
	d.set(t, func() {
		c.shared.Lock()
		defer c.shared.Unlock()
		c.changed.Broadcast()
	})
	c.changed.Broadcast()
	return nil
}

// wake lets both ends look again; the caller holds the lock.
func (c *Conn) wake() {
	c.changed.Broadcast()
	c.peer.changed.Broadcast()
}
