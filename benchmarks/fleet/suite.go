// Package fleet compares many idle clients in one process, each with a heartbeat
// every second.
package fleet

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/beats"
	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

const (
	settle  = time.Second // once all are connected
	during  = 3 * time.Second
	silence = beats.Every + beats.Timeout + 500*time.Millisecond
	goLimit = "plain Go"
	engines = contest.Ours + ", engine"
)

// cohort opens n clients at an address. They live until ctx ends, or the trial's process.
type cohort func(ctx context.Context, address string, n int) error

// watchdog is how late clients notice that their server is silent.
var watchdog = contest.Named("watchdog p99 late µs")

// Suite is a fleet of 10,000; package growth has smaller and larger ones.
func Suite() contest.Suite {
	const n = 10_000
	return contest.Suite{
		Name: "fleet", Title: "Idle clients with a heartbeat every second, in one process",
		Rows: []contest.Row{{
			Name:    contest.Count(n) + " clients",
			Figures: []contest.Figure{contest.Resident, contest.CPU, contest.Lateness, watchdog},
			Clients: []contest.Client{
				client(contest.Ours, n, ours), client(engines, n, engine), client(goLimit, n, plainGo), client("limit, epoll", n, epoll),
				{Name: "Twisted", Run: func([]string) (trial.Result, error) { return twisted(n) }},
			},
			Targets: []contest.Target{
				{Figure: contest.Resident, Bound: contest.AtMost, Value: 4.5 * 1024},
				{Figure: contest.CPU, Against: goLimit, Bound: contest.AtMost, Value: 1.15},
				{Figure: contest.Lateness, Bound: contest.AtMost, Value: 1500},
				{Figure: watchdog, Bound: contest.AtMost, Value: 1500},
				{Client: engines, Figure: contest.Resident, Bound: contest.AtMost, Value: 1024},
				{Client: engines, Figure: contest.CPU, Bound: contest.AtMost, Value: 20},
				{Client: engines, Figure: contest.Lateness, Bound: contest.AtMost, Value: 1500},
				{Client: engines, Figure: watchdog, Bound: contest.AtMost, Value: 1500},
			},
		}},
	}
}

func client(name string, n int, open cohort) contest.Client {
	return contest.Client{Name: name, Run: func([]string) (trial.Result, error) {
		return fleet(n, open, (*server).measureWatchdog)
	}}
}

// Ours is n of our clients, in this process; nobody looks at their watchdogs.
func Ours(n int) (trial.Result, error) { return fleet(n, ours, nothing) }

// Engine is n that share an engine.
func Engine(n int) (trial.Result, error) { return fleet(n, engine, nothing) }

func nothing(*server, *trial.Result) error { return nil }

// fleet opens n clients, and measures them; then comes what is done at the end.
func fleet(n int, open cohort, end func(*server, *trial.Result) error) (r trial.Result, err error) {
	srv, err := start()
	if err != nil {
		return r, err
	}
	defer srv.stop()
	before, err := resident()
	if err != nil {
		return r, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := open(ctx, srv.address, n); err != nil {
		return r, err
	}
	if r, err = measure(srv, n, before, trial.CPU, resident); err != nil {
		return r, err
	}
	return r, end(srv, &r)
}

// measureWatchdog lets the server fall silent. Who has no watchdog, has no figure.
func (s *server) measureWatchdog(r *trial.Result) error {
	if err := s.order("silence"); err != nil {
		return err
	}
	time.Sleep(silence)
	seen, err := s.report()
	if err == nil && seen.beats > 0 {
		r.More = map[string]float64{watchdog.Name: seen.p99}
	}
	return err
}

// resident is what this process holds, without what it could give back.
func resident() (uint64, error) {
	debug.FreeOSMemory()
	debug.FreeOSMemory() // what pools hold goes with the second collection
	return trial.Resident()
}

// measure is what n clients cost while nothing but heartbeats happens.
func measure(srv *server, n int, before uint64, cpu func() time.Duration, resident func() (uint64, error)) (r trial.Result, err error) {
	time.Sleep(settle)
	if err := srv.order("measure"); err != nil {
		return r, err
	}
	used := cpu()
	time.Sleep(during)
	used = cpu() - used
	seen, err := srv.report()
	if err != nil {
		return r, err
	}
	if seen.peers != n || seen.beats < n*int(during/time.Second)*9/10 {
		fmt.Fprintf(os.Stderr, "%d of %d clients, %d heartbeats\n", seen.peers, n, seen.beats)
	}
	after, err := resident()
	if err != nil {
		return r, err
	}
	r.Resident = float64(after-before) / float64(n)
	r.CPU = float64(used) / float64(max(1, seen.beats)) / 1e3
	r.P50, r.Lateness, r.P999 = seen.p50, seen.p99, seen.p999
	r.Rate = float64(seen.beats) / during.Seconds()
	return r, nil
}
