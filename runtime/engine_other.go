//go:build !linux

package runtime

import "time"

// Only Linux has epoll. Elsewhere an engine has the timers, and links keep their
// goroutines.

type pollers struct{ all []*poller }

func (*pollers) parked() int { return 0 }

type poller struct{}

// chime is a timer of the kernel's, for links that are parked.
type chime struct{}

func (*chime) set(time.Duration) {}

func (*chime) stop() {}

func (*reader) limit() {}

func (*reader) parks(time.Duration) bool { return false }

func (*link) unpark([]byte) error { return nil }

// parked is never made here.
type parked struct{ kernel }
