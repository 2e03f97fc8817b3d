//go:build unix

package runtime

import (
	"io"
	"os"
	"syscall"
)

// canGoDirect: sockets are in non-blocking mode, so a read or write inside a
// RawConn's functions returns at once.
const canGoDirect = true

// direct reads from and writes to a TCP connection with the system calls
// themselves: writes do not block, and a read that waits holds no buffer. It
// reads for one goroutine at a time and writes for one, and allocates nothing.
type direct struct {
	conn syscall.RawConn
	once func(fd uintptr) bool // d.attempt, made once
	b    []byte
	n    int
	err  error

	many func(fd uintptr) bool // d.receive, made once
	in   *inbox
	need int
	got  int
	fail error
}

func newDirect(conn syscall.RawConn) *direct {
	d := &direct{conn: conn}
	d.once, d.many = d.attempt, d.receive
	return d
}

// read waits for bytes, and reads some of them into in, which holds memory only
// where it is not empty: thousands of links wait most of the time.
func (d *direct) read(in *inbox, need int) (int, error) {
	d.in, d.need, d.got, d.fail = in, need, 0, nil
	if err := d.conn.Read(d.many); err != nil {
		return 0, err
	}
	return d.got, d.fail
}

// receive returns false where there is nothing to read yet.
func (d *direct) receive(fd uintptr) bool {
	for {
		n, err := syscall.Read(int(fd), d.in.room(d.need))
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
			d.in.rest()
			return false
		case err != nil:
			d.fail = os.NewSyscallError("read", err)
		case n == 0:
			d.fail = io.EOF
		default:
			d.got = n
		}
		return true
	}
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
