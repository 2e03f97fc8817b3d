// Package redis compares clients of a real redis-server.
package redis

import (
	"fmt"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

const (
	warmUp = 120 * time.Millisecond
	during = 480 * time.Millisecond
)

// work is what all clients do: the same command, again and again.
type work string

const (
	ping work = "PING"
	get  work = "GET 64 B"
	set  work = "SET 64 B"
)

var (
	key   = []byte("linewright:benchmark")
	value = []byte("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
)

// peer is how a client is opened, and gives each caller its operation.
type peer struct {
	name string
	open func(address string, w work, callers int) (op func(caller int) trial.Op, closes func(), err error)
}

// Suite is PING, GET and SET with 64 and with 1024 callers on one connection,
// and one caller on one core.
func Suite() contest.Suite {
	s := contest.Suite{
		Name:  "redis",
		Title: "redis-server, one connection",
		Servers: []contest.Command{{Name: "redis-server", Args: []string{
			"--bind", "127.0.0.1", "--port", "${port}", "--save", "", "--appendonly", "no", "--dir", "${dir}",
		}}},
	}
	for _, callers := range []int{64, 1024} {
		for _, w := range []work{ping, get, set} {
			s.Rows = append(s.Rows, many(w, callers))
		}
	}
	s.Rows = append(s.Rows, alone())
	return s
}

func many(w work, callers int) contest.Row {
	against, cpu := 1.8, 0.5
	if callers > 64 {
		against = 2
	}
	if w == set {
		cpu = 0.55
	}
	allocs := 0.0
	if w == get {
		allocs = 1
	}
	return row(fmt.Sprintf("%s, %d callers", w, callers), w, callers,
		[]peer{ours, limitSameWork, limitBare, rueidisClient, goRedisPipelined, goRedisPool},
		contest.Target{Figure: contest.Rate, Against: rueidisClient.name, Bound: contest.AtLeast, Value: against},
		contest.Target{Figure: contest.CPU, Against: rueidisClient.name, Bound: contest.AtMost, Value: cpu},
		contest.Target{Figure: contest.Rate, Against: limitSameWork.name, Bound: contest.AtLeast, Value: 0.85},
		contest.Target{Figure: contest.Allocs, Bound: contest.AtMost, Value: allocs},
	)
}

func alone() contest.Row {
	r := row("PING, one caller, one core", ping, 1,
		[]peer{ours, rawLoop, rueidisClient, redigoClient, goRedisPool},
		contest.Target{Figure: contest.Rate, Against: rueidisClient.name, Bound: contest.AtLeast, Value: 0.95},
		contest.Target{Figure: contest.Rate, Against: rawLoop.name, Bound: contest.AtLeast, Value: 0.92},
	)
	r.Pinned = true
	return r
}

func row(name string, w work, callers int, peers []peer, targets ...contest.Target) contest.Row {
	r := contest.Row{
		Name: name, Targets: targets,
		Figures: []contest.Figure{contest.Rate, contest.CPU, contest.Allocs, contest.P50, contest.P99},
	}
	for _, p := range peers {
		r.Clients = append(r.Clients, contest.Client{Name: p.name, Run: func(addresses []string) (trial.Result, error) {
			op, closes, err := p.open(addresses[0], w, callers)
			if err != nil {
				return trial.Result{}, err
			}
			defer closes()
			return trial.Run(trial.Load{Callers: callers, WarmUp: warmUp, Time: during}, op)
		}})
	}
	return r
}

// same gives all callers one operation.
func same(op trial.Op) func(int) trial.Op { return func(int) trial.Op { return op } }
