package runtime

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// What package net has for its own connections, for those that it does not know.

// onDescriptor does something with a connection's descriptor.
func onDescriptor(conn syscall.RawConn, do func(fd int) error) (err error) {
	if failed := conn.Control(func(fd uintptr) { err = do(int(fd)) }); failed != nil {
		return failed
	}
	return os.NewSyscallError("tcp", err)
}

// lingerAtClose makes Close reset the connection after so many seconds.
func lingerAtClose(conn syscall.RawConn, seconds int) error {
	return onDescriptor(conn, func(fd int) error {
		return unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1, Linger: int32(seconds)})
	})
}

// shutWrite shuts our side down.
func shutWrite(conn syscall.RawConn) error {
	return onDescriptor(conn, func(fd int) error { return unix.Shutdown(fd, unix.SHUT_WR) })
}
