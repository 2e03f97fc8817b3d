// Package python runs scripts that need Debian's python3-twisted.
package python

import (
	"os/exec"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// interpreter is Debian's: others do not see its packages.
const interpreter = "/usr/bin/python3"

// ErrNoTwisted says that the peer is not there.
const ErrNoTwisted = trial.Missing("python3-twisted is not installed")

// Script is a process that runs text.
func Script(text string, args ...string) (*exec.Cmd, error) {
	if exec.Command(interpreter, "-c", "import twisted").Run() != nil {
		return nil, ErrNoTwisted
	}
	return exec.Command(interpreter, append([]string{"-c", text}, args...)...), nil
}
