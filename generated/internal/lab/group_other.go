//go:build !unix

package lab

import (
	"os/exec"
	"testing"
)

// StartGroup starts a program that starts others, which cannot be ended with it on
// this system.
func StartGroup(t testing.TB, _ *exec.Cmd) *Process {
	t.Helper()
	leaveOut(t, "processes have no groups on this system")
	return nil
}

// KillGroup ends a program of [StartGroup] and all that it has started.
func (p *Process) KillGroup() { p.Kill() }
