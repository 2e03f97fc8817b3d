package runtime

import (
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// bare is a TCP connection without the addresses that package net keeps with one.
// That is a tenth of what an idle client takes.
type bare struct{ *os.File }

// stripped is the connection on a descriptor of its own, where that can be had; what
// package net made is closed, and the connection goes on.
func stripped(tcp *net.TCPConn) net.Conn {
	rc, err := tcp.SyscallConn()
	if err != nil {
		return tcp
	}
	fd := -1
	failed := rc.Control(func(old uintptr) {
		fd, err = unix.FcntlInt(old, unix.F_DUPFD_CLOEXEC, 3) // a broken pipe at 1 or 2 ends a process
	})
	if failed != nil || err != nil {
		return tcp
	}
	conn := bare{os.NewFile(uintptr(fd), "tcp")}
	if conn.SetReadDeadline(time.Time{}) != nil { // the poller does not have it
		_ = conn.Close()
		return tcp
	}
	_ = tcp.Close()
	return conn
}

// SetLinger makes Close reset the connection after so many seconds.
func (b bare) SetLinger(seconds int) error {
	conn, err := b.SyscallConn()
	if err != nil {
		return err
	}
	return lingerAtClose(conn, seconds)
}

// CloseWrite shuts our side down.
func (b bare) CloseWrite() error {
	conn, err := b.SyscallConn()
	if err != nil {
		return err
	}
	return shutWrite(conn)
}

// LocalAddr is unknown.
func (bare) LocalAddr() net.Addr { return nil }

// RemoteAddr is unknown.
func (bare) RemoteAddr() net.Addr { return nil }
