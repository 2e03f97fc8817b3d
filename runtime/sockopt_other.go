//go:build !linux

package runtime

import (
	"errors"
	"net"
	"syscall"
	"time"
)

// setUserTimeout: only Linux has TCP_USER_TIMEOUT. Elsewhere a link with
// unacknowledged data lives until the session's watchdog or write deadline, or
// the kernel's own retransmission limit, ends it; the log says so once.
func setUserTimeout(*net.TCPConn, time.Duration) error { return errors.ErrUnsupported }

// endedByKernel: only Linux is asked.
func endedByKernel(syscall.Conn) bool { return false }
