//go:build unix

package lab

import (
	"os/exec"
	"syscall"
	"testing"
)

// StartGroup is [Start] for a program that starts others: [Process.KillGroup] ends
// them all, and so does the end of the test.
func StartGroup(t testing.TB, cmd *exec.Cmd) *Process {
	t.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p := Start(t, cmd)
	t.Cleanup(p.KillGroup)
	return p
}

// KillGroup is [Process.Kill] for a program of [StartGroup] and all that it has
// started.
func (p *Process) KillGroup() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}
