// Command bench compares generated clients with those that people wrote by hand
// for the same protocol, and with the least that one can do.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"

	"github.com/linewright/linewright/benchmarks/decode"
	"github.com/linewright/linewright/benchmarks/fleet"
	"github.com/linewright/linewright/benchmarks/generate"
	"github.com/linewright/linewright/benchmarks/growth"
	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/liveness"
	"github.com/linewright/linewright/benchmarks/memcached"
	"github.com/linewright/linewright/benchmarks/nats"
	"github.com/linewright/linewright/benchmarks/redis"
)

var suites = []contest.Suite{
	redis.Suite(), nats.Suite(), memcached.Suite(), decode.Suite(), fleet.Suite(),
	liveness.Suite(), generate.Suite(), growth.Suite(),
}

func main() {
	var o options
	flag.IntVar(&o.rounds, "rounds", 5, "how often each client does each row's work")
	flag.StringVar(&o.rows, "rows", "", "only rows whose name contains this")
	flag.StringVar(&o.json, "json", "", "write everything here, too")
	flag.StringVar(&o.svg, "svg", "", "draw the comparison here")
	flag.StringVar(&o.from, "from", "", "measure nothing: print and draw what -json wrote to this file")
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
		o.suites = flag.Args()
		err = o.run()
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
