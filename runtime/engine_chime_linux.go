package runtime

import (
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// chime is a timer of the kernel's. Go's own timers sleep for whole milliseconds where
// nothing else goes on, which is late for those who wait for half of one.
type chime struct {
	file *os.File
	conn syscall.RawConn
	fd   int
}

// chimes lets an engine have one, from its first parked link to its last client. Such an
// engine lives in real time.
func (e *Engine) chimes() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.chime != nil || len(e.queue) == 0 {
		return
	}
	c, err := newChime(e.tick)
	if err != nil {
		return // Go's timer serves, too
	}
	e.silence()
	e.chime = c
	if !e.ticking {
		e.arm()
	}
}

func newChime(ring func()) (*chime, error) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("timerfd_create", err)
	}
	c := &chime{file: os.NewFile(uintptr(fd), "timerfd"), fd: fd}
	if c.conn, err = c.file.SyscallConn(); err != nil {
		_ = c.file.Close()
		return nil, err
	}
	go c.run(ring)
	return c, nil
}

// run calls ring whenever it is time. Nobody need read how often it was: Go's poller tells
// each time once.
func (c *chime) run(ring func()) {
	_ = c.conn.Read(func(uintptr) bool {
		ring()
		return false
	})
	_ = c.file.Close()
}

// set is called under the engine's lock, as long as the engine has it.
func (c *chime) set(after time.Duration) {
	_ = unix.TimerfdSettime(c.fd, 0, &unix.ItimerSpec{Value: unix.NsecToTimespec(int64(max(after, 1)))}, nil)
}

// stop is called once, when the engine has it no more.
func (c *chime) stop() { _ = c.file.SetReadDeadline(time.Unix(1, 0)) }
