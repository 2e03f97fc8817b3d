package runtime

import (
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// quick is the time between two reads of a link that is busy.
	quick = 10 * time.Millisecond
	// let is added to a descriptor's users once nobody may join them.
	let = 1 << 28
)

// parked is the connection of a parked link: a descriptor of its own, of which
// package net knows nothing.
type parked struct {
	client  *Client
	link    *link
	fd      int32
	epoch   uint32       // tells it from those that had the descriptor before
	users   atomic.Int32 // system calls in progress; and let, once it is to be closed
	place   uint8        // of its poller
	quickly uint8        // reads in a row
	gone    bool         // the poller has forgotten it; guarded by pollers.mu
	over    bool         // its reader's end has begun; guarded by pollers.mu
}

// parked makes a socket of a connection's second descriptor. The first one may
// be closed then.
func (e *Engine) parked(c *Client, l *link, d direct) (*socket, error) {
	poller, err := e.pollers.one(e)
	if err != nil {
		return nil, err
	}
	fd := -1
	var failed error
	err = d.conn.Control(func(first uintptr) { fd, failed = unix.FcntlInt(first, unix.F_DUPFD_CLOEXEC, 3) })
	if err = errors.Join(err, failed); err != nil {
		e.pollers.leave(poller)
		return nil, err
	}
	both := &struct {
		socket socket
		parked parked
	}{parked: parked{client: c, link: l, place: poller.place, fd: int32(fd)}}
	p := &both.parked
	both.socket.raw, both.socket.direct = p, direct{grip{p}}
	return &both.socket, nil
}

// hold keeps the descriptor open for one system call.
func (p *parked) hold() bool {
	if p.users.Add(1) >= let {
		p.release()
		return false
	}
	return true
}

// release lets the descriptor be closed: the last one does it.
func (p *parked) release() {
	if p.users.Add(-1) == let && p.users.CompareAndSwap(let, 2*let) {
		_ = unix.Close(int(p.fd))
	}
}

// drop closes the descriptor, once no system call uses it; none takes long. It is
// called once.
func (p *parked) drop() {
	p.users.Add(let + 1)
	p.release()
	for p.users.Load() < 2*let {
		runtime.Gosched()
	}
}

// Close ends the connection, and with it the link's reader.
func (p *parked) Close() error {
	p.forget()
	p.drop()
	p.end(net.ErrClosed)
	return nil
}

// end does what a reader does at its end.
func (p *parked) end(err error) {
	if p.finish() {
		r := &reader{client: p.client, link: p.link}
		go r.end(err)
	}
}

// Read takes what has come, and does not wait for more.
func (p *parked) Read(b []byte) (n int, err error) {
	if !p.hold() {
		return 0, net.ErrClosed
	}
	defer p.release()
	for {
		switch n, err = syscall.Read(int(p.fd), b); {
		case err == syscall.EINTR:
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

// Write writes all of b, from a goroutine that may block. Mostly the kernel takes it
// at once; else the link is unparked.
func (p *parked) Write(b []byte) (n int, err error) {
	if n, err = p.link.try(b); err != nil || n == len(b) {
		return n, err
	}
	p.link.moving.Lock()
	err = p.link.unpark(nil)
	conn := p.link.socket.Load().conn()
	p.link.moving.Unlock()
	if err != nil || conn == net.Conn(p) {
		return n, errors.Join(net.ErrClosed, err)
	}
	m, err := conn.Write(b[n:])
	return n + m, err
}

// bare makes a connection that can wait, with a descriptor of its own.
func (p *parked) bare() (conn bare, err error) {
	fd := -1
	err = p.Control(func(old uintptr) { fd, err = unix.FcntlInt(old, unix.F_DUPFD_CLOEXEC, 3) })
	if fd < 0 {
		return bare{}, errors.Join(net.ErrClosed, err)
	}
	return bare{os.NewFile(uintptr(fd), "tcp")}, nil
}

// busy notes a read, and how long after the last, and reports whether the link is worth a
// reader of its own.
func (p *parked) busy(gap time.Duration) bool {
	if gap < quick {
		p.quickly++
	} else {
		p.quickly = 0
	}
	return p.quickly >= p.client.cfg.engine.busy
}
