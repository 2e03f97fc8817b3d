//go:build amd64 || arm64

package main

import (
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// traced is a process that is stopped at each of its system calls, by the one who
// called ptrace.
type traced struct {
	pid   int
	at    int // the call at which a signal comes; 0: none
	by    syscall.Signal
	calls []string // those that change files, in order
}

// trace runs a command line and gives its system calls that change files. At the
// entry of one of them, counted from 1, a signal comes; of 0 none.
func trace(t *testing.T, line string, at int, by syscall.Signal) (calls []string, end syscall.WaitStatus, said string) {
	t.Helper()
	path, err := exec.LookPath("linewright")
	require.NoError(t, err)
	problems, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer problems.Close()
	nothing, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	require.NoError(t, err)
	defer nothing.Close()
	over := make(chan error)
	tracer := &traced{at: at, by: by}
	go func() { // the thread is the tracer, and ends with this function
		runtime.LockOSThread()
		process, err := os.StartProcess(path, append([]string{path}, strings.Fields(line)...), &os.ProcAttr{
			Files: []*os.File{nothing, nothing, problems}, Sys: &syscall.SysProcAttr{Ptrace: true},
		})
		if err == nil {
			tracer.pid = process.Pid
			end, err = tracer.run()
			_ = process.Release()
		}
		over <- err
	}()
	if err := <-over; err == unix.EPERM {
		t.Skip("this machine lets nobody trace")
	} else {
		require.NoError(t, err)
	}
	text, err := os.ReadFile(problems.Name())
	require.NoError(t, err)
	return tracer.calls, end, string(text)
}

// run lets the process go from stop to stop, until its end.
func (tr *traced) run() (end syscall.WaitStatus, err error) {
	if _, err := syscall.Wait4(tr.pid, &end, 0, nil); err != nil { // the stop at its beginning
		return end, err
	}
	options := unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_EXITKILL
	if err := unix.PtraceSetOptions(tr.pid, options); err != nil {
		return end, err
	}
	for tid := tr.pid; ; {
		deliver := tr.stopped(tid, end)
		_ = unix.PtraceSyscall(tid, int(deliver)) // a thread may have ended
		for {
			if tid, err = syscall.Wait4(-1, &end, unix.WALL|unix.WNOTHREAD, nil); err != nil {
				return end, err
			}
			if end.Stopped() {
				break
			}
			if tid == tr.pid {
				return end, nil
			}
		}
	}
}

// stopped looks at a thread that has stopped, and gives the signal that it shall have.
func (tr *traced) stopped(tid int, status syscall.WaitStatus) syscall.Signal {
	switch s := status.StopSignal(); s {
	case syscall.SIGTRAP | 0x80: // a system call
		if name := changes(tid); name != "" {
			tr.calls = append(tr.calls, name)
			if len(tr.calls) == tr.at {
				_ = unix.Kill(tr.pid, tr.by)
			}
		}
	case syscall.SIGTRAP, syscall.SIGSTOP: // a thread begins
	default:
		return s
	}
	return 0
}

// callInfo is the beginning of the kernel's struct ptrace_syscall_info.
type callInfo struct {
	op     uint8
	_      [3]uint8
	arch   uint32
	_      [2]uint64 // where it is
	number uint64
	_      [6]uint64 // its arguments
}

// changes gives the name of the system call that a thread enters, if it changes files.
func changes(tid int) string {
	const entry = 1
	var c callInfo
	_, _, errno := unix.Syscall6(unix.SYS_PTRACE, unix.PTRACE_GET_SYSCALL_INFO, uintptr(tid), unsafe.Sizeof(c), uintptr(unsafe.Pointer(&c)), 0, 0)
	if errno != 0 || c.op != entry {
		return ""
	}
	return fileCalls[c.number]
}

var fileCalls = map[uint64]string{
	unix.SYS_MKDIRAT: "mkdirat", unix.SYS_FSYNC: "fsync", unix.SYS_RENAMEAT: "renameat", unix.SYS_LINKAT: "linkat", unix.SYS_UNLINKAT: "unlinkat",
}

// moments are the calls at which a signal is of interest: the first one, when nothing
// is there yet; the first that syncs a file, and the first that gives one its name.
func moments(calls []string) (at []int) {
	for i, name := range calls {
		if i == 0 || name != "mkdirat" && name != "unlinkat" && !slices.Contains(calls[:i], name) {
			at = append(at, i+1)
		}
	}
	return at
}
