package server

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// OnCore starts a process that stays on one core: what a thread starts inherits
// where it may run. Below 0 it may run anywhere.
func OnCore(core int, start func() error) error {
	if core < 0 {
		return start()
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var before, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &before); err != nil {
		return err
	}
	one.Set(core)
	if err := unix.SchedSetaffinity(0, &one); err != nil {
		return err
	}
	defer func() { _ = unix.SchedSetaffinity(0, &before) }()
	return start()
}
