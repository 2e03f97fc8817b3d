package runtime

import (
	"net"
	"os"
	"syscall"
	"time"
)

// A parked connection is one of the kernel's: see kernel.

// SyscallConn gives the descriptor.
func (p *parked) SyscallConn() (syscall.RawConn, error) { return grip{p}, nil }

// Control does something with the descriptor.
func (p *parked) Control(f func(fd uintptr)) error {
	return grip{p}.Write(func(fd uintptr) bool { f(fd); return true })
}

// SetLinger makes Close reset the connection after so many seconds.
func (p *parked) SetLinger(seconds int) error { return lingerAtClose(grip{p}, seconds) }

// CloseWrite shuts our side down.
func (p *parked) CloseWrite() error { return shutWrite(grip{p}) }

// LocalAddr is unknown, as are deadlines: nothing waits.
func (*parked) LocalAddr() net.Addr { return nil }

// RemoteAddr is unknown.
func (*parked) RemoteAddr() net.Addr { return nil }

func (*parked) SetDeadline(time.Time) error { return os.ErrNoDeadline }

func (*parked) SetReadDeadline(time.Time) error { return os.ErrNoDeadline }

func (*parked) SetWriteDeadline(time.Time) error { return os.ErrNoDeadline }

// grip is a parked connection's descriptor, which is not closed meanwhile.
type grip struct{ p *parked }

func (g grip) Control(f func(fd uintptr)) error { return g.p.Control(f) }

func (g grip) Read(f func(fd uintptr) bool) error { return g.Write(f) }

func (g grip) Write(f func(fd uintptr) bool) error {
	if !g.p.hold() {
		return net.ErrClosed
	}
	defer g.p.release()
	f(uintptr(g.p.fd))
	return nil
}
