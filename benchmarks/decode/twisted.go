package decode

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// python is Debian's, which its python3-twisted is for.
const python = "/usr/bin/python3"

//go:embed lines.py
var script string

// twisted lets a LineReceiver do it, in a process of Python's.
func twisted([]string) (trial.Result, error) {
	if err := exec.Command(python, "-c", "import twisted").Run(); err != nil {
		return trial.Result{Unmet: "python3-twisted is not installed"}, nil
	}
	cmd := exec.Command(python, "-c", script)
	cmd.Stdin = strings.NewReader(string(text()))
	out, err := cmd.Output()
	if err != nil {
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return trial.Result{}, err
	}
	var r trial.Result
	err = json.Unmarshal(out, &r)
	return r, err
}
