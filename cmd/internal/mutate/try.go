package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"
)

// outcome is what became of one fault.
type outcome struct {
	fault
	caught string // the first test that failed; "": none
	err    error  // the fault is broken
}

// tryAll makes a copy of the module and tries the faults on it, some at a time.
// The error is one that concerns all of them.
func tryAll(ctx context.Context, root string, some []fault, by *regexp.Regexp, workers int) ([]outcome, error) {
	copied, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(copied)
	module := filepath.Join(copied, "module")
	if err := os.Mkdir(module, 0o755); err != nil {
		return nil, err
	}
	if err := copyModule(module, root); err != nil {
		return nil, err
	}
	if err := green(ctx, module, some, by); err != nil {
		return nil, err
	}
	outcomes := make([]outcome, len(some))
	turns := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range turns {
				outcomes[i] = try(ctx, module, copied, some[i], by)
				fmt.Fprintf(os.Stderr, "%d/%d %s\n", i+1, len(some), outcomes[i].line())
			}
		})
	}
	for i := range some {
		turns <- i
	}
	close(turns)
	group.Wait()
	return outcomes, ctx.Err()
}

// green checks that the tests pass without a fault: else they prove nothing.
func green(ctx context.Context, module string, some []fault, by *regexp.Regexp) error {
	done := map[catcher]bool{}
	for _, f := range some {
		for _, c := range catching(f.file, by) {
			if done[c] {
				continue
			}
			done[c] = true
			failed, err := goCommand{folder: module}.test(ctx, c)
			if err != nil {
				return err
			}
			if failed != "" {
				return fmt.Errorf("without any fault, %s fails", failed)
			}
		}
	}
	return nil
}

// try makes one fault, and runs tests until one fails.
func try(ctx context.Context, module, scratch string, f fault, by *regexp.Regexp) outcome {
	o := outcome{fault: f}
	overlay, err := lay(module, scratch, f)
	if err != nil {
		o.err = err
		return o
	}
	g := goCommand{folder: module, overlay: overlay}
	for _, c := range catching(f.file, by) {
		if o.caught, o.err = g.test(ctx, c); o.caught != "" || o.err != nil {
			break
		}
	}
	return o
}

// lay writes the changed file, and what tells the go command to take it.
func lay(module, scratch string, f fault) (overlay string, err error) {
	original := filepath.Join(module, filepath.FromSlash(f.file))
	text, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	changed, err := f.apply(string(text))
	if err != nil {
		return "", err
	}
	replacement := filepath.Join(scratch, f.name+".go")
	if err := os.WriteFile(replacement, []byte(changed), 0o644); err != nil {
		return "", err
	}
	rules, err := json.Marshal(map[string]any{"Replace": map[string]string{original: replacement}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(scratch, f.name+".json")
	return overlay, os.WriteFile(overlay, rules, 0o644)
}
