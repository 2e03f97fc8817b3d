package runtime

import (
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// keepAlive is the kernel's probing of an idle link. Kernels count whole
// seconds, so that fractions are rounded up.
func keepAlive(l *session.Liveness) net.KeepAliveConfig {
	k := l.KeepAlive
	if k.Idle <= 0 {
		return net.KeepAliveConfig{Enable: false}
	}
	return net.KeepAliveConfig{Enable: true, Idle: k.Idle, Interval: k.Interval, Count: k.Count}
}

// setOptions lets the kernel agree with the session about when a link is dead.
// Keepalive covers an idle link; while data is unacknowledged it does not
// probe, and only the user timeout ends the link. The user timeout also ends a
// live peer's link whose window stays zero that long.
//
// An error is not fatal: the session's own watchdog does not need the kernel.
func setOptions(tcp *net.TCPConn, l *session.Liveness) error {
	var errs []error
	if err := tcp.SetNoDelay(true); err != nil {
		errs = append(errs, fmt.Errorf("TCP_NODELAY: %w", err))
	}
	if err := tcp.SetKeepAliveConfig(keepAlive(l)); err != nil {
		errs = append(errs, fmt.Errorf("TCP keepalive: %w", err))
	}
	if l.UserTimeout > 0 {
		if err := setUserTimeout(tcp, max(l.UserTimeout, time.Millisecond)); err != nil {
			errs = append(errs, fmt.Errorf("TCP_USER_TIMEOUT: %w", err))
		}
	}
	return errors.Join(errs...)
}
