// Mutate proves that the tests of the runtime would notice a fault: it makes
// one after the other, and says which test failed.
//
//	go run ./cmd/internal/mutate                   all faults, some minutes
//	go run ./cmd/internal/mutate -run watchdog     those whose name matches
//	go run ./cmd/internal/mutate -by storm         what storms alone would notice
//	go run ./cmd/internal/mutate -o TABLE          all, and rewrite the table
//
// A fault is a mistake that a client written by hand makes, or that a change
// could bring: it is data, a small diff in faults/, one file an invariant of
// the design. What catches it is not declared but measured.
//
// The module is copied once, so that the checkout can be worked on meanwhile,
// and the copy stays as it is: each fault is the changed file laid over it
// (go test -overlay). First the copy itself must pass every test (catchers.go);
// then, per fault, the packages are built and tested until the first test
// fails. The exit code is 1 where a fault survives, does not fit the source any
// more, or does not build.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
)

// errFaults: the run is complete, and its result is bad.
var errFaults = errors.New("some faults were not caught")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	root := flags.String("root", ".", "the module's `folder`")
	pattern := flags.String("run", "", "only the faults whose name matches this `regexp`")
	catchers := flags.String("by", "", "only the tests in folders that match this `regexp`, and the faults that they cover")
	table := flags.String("o", "", "write the table to this `file` where all faults were caught")
	workers := flags.Int("workers", 2, "`faults` at a time")
	if err := flags.Parse(args); err != nil {
		return err
	}
	wanted, err := regexp.Compile(*pattern)
	if err != nil {
		return err
	}
	by, err := regexp.Compile(*catchers)
	if err != nil {
		return err
	}
	all, err := faults()
	if err != nil {
		return err
	}
	outcomes, err := tryAll(ctx, *root, matching(all, wanted, by), by, *workers)
	if err != nil {
		return err
	}
	fmt.Print(render(outcomes))
	if !allCaught(outcomes) {
		return errFaults
	}
	if *table != "" && *catchers == "" && len(outcomes) == len(all) {
		return os.WriteFile(*table, []byte(document(outcomes)), 0o644)
	}
	return nil
}

func matching(all []fault, wanted, by *regexp.Regexp) (some []fault) {
	for _, f := range all {
		if wanted.MatchString(f.name) && len(catching(f.file, by)) > 0 {
			some = append(some, f)
		}
	}
	return some
}
