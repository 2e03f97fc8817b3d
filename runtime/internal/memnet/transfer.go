package memnet

import (
	"io"
	"net"
	"os"
	"syscall"
)

// Read waits for bytes of one Write. Bytes come before the end: io.EOF after
// the peer's close, ECONNRESET after its reset.
func (c *Conn) Read(p []byte) (int, error) {
	c.shared.Lock()
	defer c.shared.Unlock()
	for {
		switch {
		case c.state == closed:
			return 0, fail("read", net.ErrClosed)
		case c.reading.passed():
			return 0, fail("read", os.ErrDeadlineExceeded)
		case c.in.size > 0 && len(p) > 0:
			n := c.in.take(p)
			c.wake()
			return n, nil
		case c.state == reset:
			return 0, fail("read", os.NewSyscallError("read", syscall.ECONNRESET))
		case c.peer.finished || c.peer.state == closed:
			return 0, io.EOF
		case len(p) == 0:
			return 0, nil
		}
		c.changed.Wait()
	}
}

// Write waits for room. It returns early, with what was taken so far, at the
// deadline, at a close and at a reset.
func (c *Conn) Write(p []byte) (n int, err error) {
	c.shared.Lock()
	defer c.shared.Unlock()
	for {
		if err := c.broken(); err != nil {
			return n, fail("write", err)
		}
		if c.writing.passed() {
			return n, fail("write", os.ErrDeadlineExceeded)
		}
		if c.peer.state == closed {
			// The kernel takes the bytes, and learns from the answer that
			// nobody is there any more.
			c.state = reset
			c.wake()
			return len(p), nil
		}
		took := c.peer.in.put(p[n:])
		n += took
		if took > 0 {
			c.wake()
		}
		if n == len(p) {
			return n, nil
		}
		c.changed.Wait()
	}
}

// broken says why nothing can be written any more.
func (c *Conn) broken() error {
	switch {
	case c.state == closed:
		return net.ErrClosed
	case c.state == reset:
		return os.NewSyscallError("write", syscall.ECONNRESET)
	case c.finished:
		return os.NewSyscallError("write", syscall.EPIPE)
	}
	return nil
}

func fail(op string, err error) error {
	return &net.OpError{Op: op, Net: "mem", Err: err}
}

// addr is a name as a net.Addr.
type addr string

func (a addr) Network() string { return "mem" }
func (a addr) String() string  { return string(a) }
