package decode

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/python"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

//go:embed lines.py
var script string

// twisted lets a LineReceiver do it, in a process of Python's.
func twisted([]string) (trial.Result, error) {
	cmd, err := python.Script(script)
	if err != nil {
		return trial.Result{}, err
	}
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
