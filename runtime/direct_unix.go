//go:build unix

package runtime

import (
	"io"
	"os"
	"sync"
	"syscall"
)

// canGoDirect: sockets are in non-blocking mode, so a read or write inside a
// RawConn's functions returns at once.
const canGoDirect = true

// direct reads from and writes to a TCP connection with the system calls
// themselves: writes do not block, and a read that waits holds no buffer. It
// reads for one goroutine at a time, and allocates nothing.
type direct struct{ conn syscall.RawConn }

// read waits for bytes, and reads some of them into in, which holds memory only
// where it is not empty: thousands of links wait most of the time.
func (d direct) read(in *inbox) (int, error) {
	if in.try == nil {
		in.try = in.receive
	}
	in.fail = 0
	if err := d.conn.Read(in.try); err != nil {
		return 0, err
	}
	switch {
	case in.fail != 0:
		return 0, os.NewSyscallError("read", syscall.Errno(in.fail))
	case in.got == 0:
		return 0, io.EOF
	}
	return in.got, nil
}

// receive returns false where there is nothing to read yet.
func (b *inbox) receive(fd uintptr) bool {
	for {
		n, err := syscall.Read(int(fd), b.room(b.need))
		errno, _ := err.(syscall.Errno) //nolint:errorlint // never wrapped
		switch errno {
		case syscall.EINTR:
			continue
		case syscall.EAGAIN:
			b.rest()
			return false
		default:
			b.got, b.fail = n, int32(errno)
		}
		return true
	}
}

// outgoing is one write: it is lent, for thousands of links hardly ever write.
type outgoing struct {
	b   []byte
	n   int
	err error
	try func(fd uintptr) bool // o.attempt, made once
}

var outgoings = sync.Pool{New: func() any {
	o := new(outgoing)
	o.try = o.attempt
	return o
}}

// write gives the kernel as much of b as it takes now; none is no error.
func (d direct) write(b []byte) (int, error) {
	o := outgoings.Get().(*outgoing)
	o.b, o.n, o.err = b, 0, nil
	err := d.conn.Write(o.try)
	if err == nil {
		err = o.err
	}
	n := o.n
	o.b, o.err = nil, nil
	outgoings.Put(o)
	return n, err
}

// attempt returns true whatever happened: RawConn.Write then never waits for
// the socket to become writable.
func (o *outgoing) attempt(fd uintptr) bool {
	for {
		n, err := syscall.Write(int(fd), o.b)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
		case err != nil:
			o.err = err
		case n <= 0:
			o.err = io.ErrUnexpectedEOF
		default:
			o.n = n
		}
		return true
	}
}
