// Package fleet compares many idle clients in one process, each with a heartbeat
// every second.
package fleet

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

const (
	settle  = 3 * time.Second // once all are connected
	during  = 6 * time.Second
	goLimit = "plain Go"
	engines = contest.Ours + ", engine"
)

// cohort opens n clients at an address, and keeps them alive until ctx ends.
type cohort func(ctx context.Context, address string, n int) error

// Suite is fleets of 1,000, 10,000 and, as descriptors allow, 19,000.
func Suite() contest.Suite {
	s := contest.Suite{Name: "fleet", Title: "Idle clients with a heartbeat every second"}
	for _, n := range []int{1000, 10_000, 19_000} {
		s.Rows = append(s.Rows, row(n))
	}
	return s
}

func row(n int) contest.Row {
	r := contest.Row{
		Name:    fmt.Sprintf("%d clients", n),
		Figures: []contest.Figure{contest.Resident, contest.CPU, contest.Lateness},
		Clients: []contest.Client{client(contest.Ours, n, ours), client(engines, n, engine), client(goLimit, n, plainGo), client("limit, epoll", n, epoll)},
	}
	if n == 10_000 {
		r.Clients = append(r.Clients, contest.Client{Name: "Twisted", Run: func([]string) (trial.Result, error) { return twisted(n) }})
		r.Targets = []contest.Target{
			{Figure: contest.Resident, Bound: contest.AtMost, Value: 4.5 * 1024},
			{Figure: contest.CPU, Against: goLimit, Bound: contest.AtMost, Value: 1.15},
			{Figure: contest.Lateness, Bound: contest.AtMost, Value: 1500},
		}
	}
	return r
}

func client(name string, n int, open cohort) contest.Client {
	return contest.Client{Name: name, Run: func([]string) (trial.Result, error) {
		srv, err := start()
		if err != nil {
			return trial.Result{}, err
		}
		defer srv.stop()
		before, err := resident()
		if err != nil {
			return trial.Result{}, err
		}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		if err := open(ctx, srv.address, n); err != nil {
			return trial.Result{}, err
		}
		return measure(srv, n, before, trial.CPU, resident)
	}}
}

// resident is what this process holds, without what it could give back.
func resident() (uint64, error) {
	debug.FreeOSMemory()
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
