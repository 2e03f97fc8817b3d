package liveness

import (
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// possible says why this machine cannot do it.
func possible() error {
	if os.Geteuid() != 0 {
		return trial.Missing("network namespaces need root on Linux")
	}
	if exec.Command("unshare", "--net", "true").Run() != nil {
		return trial.Missing("network namespaces are not permitted here")
	}
	return nil
}

// goTool runs the go command in Linewright's own module.
func goTool(args ...string) error {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/linewright/linewright").Output()
	if err != nil {
		return err
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = strings.TrimSpace(string(module))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}
