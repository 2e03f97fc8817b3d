package contest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/server"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// tooLong is more than any trial takes: one that hangs is killed then.
const tooLong = 5 * time.Minute

// child runs one client's trial in a process of its own.
func child(ctx context.Context, core int, suite, row, client string, addresses []string) (result trial.Result, err error) {
	self, err := os.Executable()
	if err != nil {
		return result, err
	}
	ctx, cancel := context.WithTimeout(ctx, tooLong)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, "-trial", strings.Join([]string{suite, row, client}, "|"), "-at", strings.Join(addresses, ","))
	var out, complaint strings.Builder
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &complaint, time.Second
	if err := server.OnCore(core, cmd.Start); err != nil {
		return result, err
	}
	if err := cmd.Wait(); err != nil {
		return result, errors.Join(err, errors.New(complaint.String()))
	}
	return result, json.Unmarshal([]byte(out.String()), &result)
}

// Child does in this process what a parent asked for, and prints the result.
func Child(suites []Suite, which string, addresses []string) error {
	part := strings.Split(which, "|")
	if len(part) != 3 {
		return fmt.Errorf("%q names no trial", which)
	}
	client, ok := Of(suites, part[0], part[1], part[2])
	if !ok {
		return fmt.Errorf("there is no trial %q", which)
	}
	result, err := client.Run(addresses)
	if lacks := trial.Missing(""); errors.As(err, &lacks) {
		result, err = trial.Result{Unmet: string(lacks)}, nil
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}
