package runtime

import (
	"net"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// setUserTimeout bounds how long sent data may stay unacknowledged.
func setUserTimeout(tcp *net.TCPConn, d time.Duration) error {
	rc, err := tcp.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = rc.Control(func(fd uintptr) {
		failed = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(d.Milliseconds()))
	})
	if err != nil {
		return err
	}
	return failed
}

// endedByKernel reports whether the kernel holds the connection no more. After
// the peer's own end it still does: our side is open.
func endedByKernel(tcp syscall.Conn) (ended bool) {
	const closed = 7 // TCP_CLOSE
	rc, err := tcp.SyscallConn()
	if err != nil {
		return false
	}
	_ = rc.Control(func(fd uintptr) {
		info, err := unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO)
		ended = err == nil && info.State == closed
	})
	return ended
}
