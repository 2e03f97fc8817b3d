//go:build !unix

package lab

// Freeze skips the test: here a process cannot be stopped.
func (p *Process) Freeze() {
	p.t.Helper()
	leaveOut(p.t, "processes cannot be frozen on this system")
}

// Thaw never comes after Freeze here.
func (p *Process) Thaw() {}
