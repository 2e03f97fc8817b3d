// Fuzz runs the fuzz targets of this repository, and keeps their corpora.
//
//	go run ./cmd/internal/fuzz -time 10m -run FuzzFrames    these, ten minutes each
//	go run ./cmd/internal/fuzz -corpora                     keep what was found
//
// A run does one target after the other, to the last even where one finds
// something, and ends with a table: what each did, and how many hours all were.
// The exit code is 1 where there was a finding; its input is then in testdata,
// where go test replays it.
//
// What a fuzzer finds worth keeping lies in the build cache, and grows. -corpora
// makes the committed corpora of it: each input is run by itself with coverage,
// and the few small ones stay that together reach all that is reached
// (choose.go). They are files of Go's own format in testdata/fuzz/<Target>, so
// go test replays them too. A name that is not made of the contents marks an
// input that somebody chose, a regression; it stays whatever it adds.
//
// Targets are found in the source, also of the module in benchmarks. The tests
// of this package see to it that each has a corpus, that each corpus has a
// target, and that one can be read by the other.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"time"
)

// errFinding: the run is complete, and its result is bad.
var errFinding = errors.New("there are findings")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("fuzz", flag.ContinueOnError)
	root := flags.String("root", ".", "the module's `folder`")
	pattern := flags.String("run", "", "only the targets that match this `regexp`, as in cmd/internal/fault.FuzzParse")
	each := flags.Duration("time", 10*time.Second, "how long each target runs")
	corpora := flags.Bool("corpora", false, "do not fuzz: keep what was found")
	if err := flags.Parse(args); err != nil {
		return err
	}
	wanted, err := regexp.Compile(*pattern)
	if err != nil {
		return err
	}
	targets, err := find(*root)
	if err != nil {
		return err
	}
	if targets = matching(targets, wanted); len(targets) == 0 {
		return fmt.Errorf("no target matches %s", *pattern)
	}
	if *corpora {
		return keepAll(ctx, targets)
	}
	return fuzzAll(ctx, targets, *each)
}

func matching(all []target, wanted *regexp.Regexp) (some []target) {
	for _, t := range all {
		if wanted.MatchString(t.String()) || wanted.MatchString(t.name) {
			some = append(some, t)
		}
	}
	return some
}
