package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// goCommand runs the go command on a copy of the module.
type goCommand struct {
	folder  string // the copy
	overlay string // a file that lays another over one of the copy; "": none
}

// test runs a catcher's tests up to the first failure: its name, or "" where
// all passed. A test that hangs has failed too. An error means that no test ran:
// the fault does not build.
func (g goCommand) test(ctx context.Context, c catcher) (failed string, err error) {
	out, err := g.run(ctx, append([]string{"./" + c.folder}, strings.Fields(c.args)...)...)
	if err == nil {
		return "", nil
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	r := read(out)
	if r.failed == "" {
		return "", fmt.Errorf("go test ./%s: %w\n%s", c.folder, err, r.build)
	}
	return path.Base(c.folder) + "." + r.failed, nil
}

// flags make the go command quick, and its answer readable. Without paths and
// tables for debuggers, what was compiled is found in the build cache again.
var flags = []string{"-json", "-count=1", "-failfast", "-vet=off", "-timeout=30s", "-trimpath", "-ldflags=-s -w"}

// run is go test: standard output, and errors behind it.
func (g goCommand) run(ctx context.Context, args ...string) ([]byte, error) {
	all := append([]string{"test"}, flags...)
	if g.overlay != "" {
		all = append(all, "-overlay="+g.overlay)
	}
	command := exec.CommandContext(ctx, "go", append(all, args...)...)
	command.Dir = g.folder
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err := command.Run()
	out.Write(errs.Bytes())
	return out.Bytes(), err
}

// event is a line of go test -json; see go doc test2json.
type event struct{ Action, Test, Output string }

// result is what go test said.
type result struct {
	failed string // the first test that failed; "": none
	build  string // what the compiler said
}

// read finds the test that failed first. Where the process ended before a test
// did, by a panic or a hang, it is the one that ran last; where every test
// passed and the package did not, the check after all tests, for goroutines.
func read(out []byte) (r result) {
	var running []string
	for line := range bytes.Lines(out) {
		var e event
		if json.Unmarshal(line, &e) != nil {
			r.build += string(line)
			continue
		}
		switch {
		case e.Action == "build-output":
			r.build += e.Output
		case e.Action == "run":
			running = append(running, e.Test)
		case e.Test == "" && strings.HasPrefix(e.Output, "goleak:"):
			running = append(running, "TestMain")
		case e.Action == "fail" && e.Test != "":
			r.failed = e.Test
			return r
		case e.Action == "pass" || e.Action == "skip":
			running = slices.DeleteFunc(running, func(name string) bool { return name == e.Test })
		}
	}
	if n := len(running); n > 0 {
		r.failed = running[n-1]
	}
	return r
}
