//go:build unix

package runtime

import (
	"io"
	"syscall"
)

// canWriteDirectly: sockets are in non-blocking mode, so a write inside
// RawConn.Write returns at once.
const canWriteDirectly = true

// direct writes to a TCP connection without blocking. It is used by one
// goroutine at a time, and allocates nothing.
type direct struct {
	conn syscall.RawConn
	once func(fd uintptr) bool // d.write, made once
	b    []byte
	n    int
	err  error
}

func newDirect(conn syscall.RawConn) *direct {
	d := &direct{conn: conn}
	d.once = d.attempt
	return d
}

// write gives the kernel as much of b as it takes now; none is no error.
func (d *direct) write(b []byte) (int, error) {
	d.b, d.n, d.err = b, 0, nil
	err := d.conn.Write(d.once)
	d.b = nil
	if err == nil {
		err = d.err
	}
	return d.n, err
}

// attempt returns true whatever happened: RawConn.Write then never waits for
// the socket to become writable.
func (d *direct) attempt(fd uintptr) bool {
	for {
		n, err := syscall.Write(int(fd), d.b)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
		case err != nil:
			d.err = err
		case n <= 0:
			d.err = io.ErrUnexpectedEOF
		default:
			d.n = n
		}
		return true
	}
}
