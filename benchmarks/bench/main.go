// Command bench compares generated clients with those that people wrote by hand
// for the same protocol, and with the least that one can do.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"slices"
	"strings"

	"github.com/linewright/linewright/benchmarks/decode"
	"github.com/linewright/linewright/benchmarks/fleet"
	"github.com/linewright/linewright/benchmarks/generate"
	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/memcached"
	"github.com/linewright/linewright/benchmarks/nats"
	"github.com/linewright/linewright/benchmarks/redis"
)

var suites = []contest.Suite{redis.Suite(), nats.Suite(), memcached.Suite(), decode.Suite(), generate.Suite(), fleet.Suite()}

func main() {
	rounds := flag.Int("rounds", 5, "how often each client does each row's work")
	rows := flag.String("rows", "", "only rows whose name contains this")
	path := flag.String("json", "", "write the results here, too")
	which := flag.String("trial", "", "for its own use: SUITE|ROW|CLIENT, done in this process")
	at := flag.String("at", "", "for its own use: where the servers listen")
	feed := flag.String("feed", "", "for its own use: publishes to the nats-server at this address")
	beats := flag.Bool("beats", false, "for its own use: answers heartbeats")
	profile := flag.String("profile", "", "with -trial: write a CPU profile here")
	flag.Parse()
	err := error(nil)
	switch {
	case *which != "":
		err = profiled(*profile, func() error { return contest.Child(suites, *which, strings.Split(*at, ",")) })
	case *beats:
		err = fleet.Serve()
	case *feed != "":
		err = nats.Feed(*feed)
	default:
		err = run(flag.Args(), *rows, *rounds, *path)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profiled does work, and writes what it spent its time with.
func profiled(path string, work func() error) error {
	if path == "" {
		return work()
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	err = work()
	pprof.StopCPUProfile()
	return errors.Join(err, f.Close())
}

func run(names []string, rows string, rounds int, path string) error {
	for _, name := range names {
		if !slices.ContainsFunc(suites, func(s contest.Suite) bool { return s.Name == name }) {
			return fmt.Errorf("there is no suite %q", name)
		}
	}
	var all []contest.Outcome
	for _, s := range suites {
		if len(names) > 0 && !slices.Contains(names, s.Name) {
			continue
		}
		s.Rows = slices.DeleteFunc(slices.Clone(s.Rows), func(r contest.Row) bool { return !strings.Contains(r.Name, rows) })
		outcomes, err := s.Run(rounds, progress())
		if err != nil {
			return err
		}
		s.Print(os.Stdout, outcomes)
		all = append(all, outcomes...)
	}
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o666)
}

// progress is where a terminal shows what is being done.
func progress() io.Writer {
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return os.Stderr
	}
	return io.Discard
}
