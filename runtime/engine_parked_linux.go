package runtime

import (
	"errors"
	"io"
	"net"
	"os"
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
	heard   time.Duration
	fd      int32
	epoch   uint32       // tells it from those that had the descriptor before
	users   atomic.Int32 // system calls in progress; and let, once it is to be closed
	over    atomic.Bool  // its reader's end has begun
	place   uint8        // of its poller
	gone    bool         // the poller has forgotten it; guarded by pollers.mu
	quickly uint8        // reads in a row
	ends    bool         // the link does, with it
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
	err = d.conn.Control(func(first uintptr) { fd, failed = unix.FcntlInt(first, unix.F_DUPFD_CLOEXEC, 0) })
	if err = errors.Join(err, failed); err != nil {
		e.pollers.leave(poller)
		return nil, err
	}
	both := &struct {
		socket socket
		parked parked
	}{parked: parked{client: c, link: l, place: poller.place, fd: int32(fd), heard: c.clock.mono()}}
	both.socket.direct = direct{&both.parked}
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
		if p.ends {
			p.link.endings().closed.fire()
		}
	}
}

// drop closes the descriptor once no system call uses it. It is called once.
func (p *parked) drop() {
	p.users.Add(let + 1)
	p.release()
}

// close ends the connection, and with it the link's reader.
func (p *parked) close(reset bool) {
	p.forget()
	if reset {
		_ = unix.SetsockoptLinger(int(p.fd), unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
	}
	p.ends = true
	p.drop()
	p.end(net.ErrClosed)
}

// end does what a reader does at its end.
func (p *parked) end(err error) {
	if p.over.CompareAndSwap(false, true) {
		r := &reader{client: p.client, link: p.link}
		go r.end(err)
	}
}

// read takes what has come.
func (p *parked) read(b []byte) (n int, err error) {
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

// Control, Read and Write are those of a [syscall.RawConn] that never waits.
func (p *parked) Control(f func(fd uintptr)) error {
	return p.Write(func(fd uintptr) bool { f(fd); return true })
}

func (p *parked) Read(f func(fd uintptr) bool) error { return p.Write(f) }

func (p *parked) Write(f func(fd uintptr) bool) error {
	if !p.hold() {
		return net.ErrClosed
	}
	defer p.release()
	f(uintptr(p.fd))
	return nil
}

// shutWrite tells the peer that nothing more comes.
func shutWrite(conn syscall.RawConn) (err error) {
	return errors.Join(conn.Control(func(fd uintptr) { err = unix.Shutdown(int(fd), unix.SHUT_WR) }), err)
}

// conn makes a connection of package net, with a descriptor of its own.
func (p *parked) conn() (*net.TCPConn, error) {
	if !p.hold() {
		return nil, net.ErrClosed
	}
	fd, err := unix.FcntlInt(uintptr(p.fd), unix.F_DUPFD_CLOEXEC, 0)
	p.release()
	if err != nil {
		return nil, os.NewSyscallError("fcntl", err)
	}
	f := os.NewFile(uintptr(fd), "parked")
	defer f.Close()
	conn, err := net.FileConn(f)
	if err != nil {
		return nil, err
	}
	return conn.(*net.TCPConn), nil
}

// busy notes a read, and reports whether the link is worth a reader of its own.
func (p *parked) busy(now time.Duration) bool {
	if now-p.heard < quick {
		p.quickly++
	} else {
		p.quickly = 0
	}
	p.heard = now
	return p.quickly >= p.client.cfg.engine.busy
}
