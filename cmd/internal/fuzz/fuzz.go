package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// fuzzAll fuzzes one target after the other, and prints what each did.
func fuzzAll(ctx context.Context, targets []target, each time.Duration) error {
	var done []figures
	for i, t := range targets {
		if ctx.Err() != nil {
			break
		}
		fmt.Printf("== %d of %d: %v, %v\n", i+1, len(targets), t, each)
		done = append(done, t.fuzz(ctx, each))
	}
	fmt.Print(table(done))
	for _, f := range done {
		if f.found {
			return errFinding
		}
	}
	return ctx.Err()
}

// minimize bounds how long an input is made smaller, which the fuzzer would do
// for a minute: most of a short run. -corpora prefers small ones anyway.
const minimize = "1s"

// fuzz runs a target for so long.
func (t target) fuzz(ctx context.Context, each time.Duration) figures {
	command := t.command(ctx, "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each.String(), "-fuzzminimizetime", minimize, ".")
	var said bytes.Buffer
	command.Stdout, command.Stderr = io.MultiWriter(os.Stdout, &said), os.Stderr
	// An interrupt is for the fuzzer: it says how far it has come.
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	err := command.Run()
	f := figuresOf(said.String())
	f.target = t.String()
	f.found = err != nil && ctx.Err() == nil && !stopped.MatchString(said.String())
	return f
}

// command is the go command in the folder of the target.
func (t target) command(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = t.dir
	return command
}
