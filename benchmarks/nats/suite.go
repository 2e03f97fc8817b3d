// Package nats compares clients of a real nats-server.
package nats

import (
	"context"
	"os"
	"os/exec"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/limit"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

const (
	subject = "bench"
	// batch is how many messages are published between two looks at the counter.
	batch = 64
)

var (
	payload = []byte("0123456789abcdef")
	load    = trial.Load{Callers: 1, Batch: batch, WarmUp: 200 * time.Millisecond, Time: 600 * time.Millisecond}
)

// publisher publishes one message.
type publisher func(ctx context.Context) error

// subscriber counts messages until its context ends.
type subscriber func(ctx context.Context, got *atomic.Int64) error

// peer opens a client as one of the two.
type peer struct {
	name       string
	publisher  func(address string) (publisher, func(), error)
	subscriber func(address string) (subscriber, func(), error)
}

// Suite is publishing and receiving messages of 16 bytes.
func Suite() contest.Suite {
	figures := []contest.Figure{contest.Rate, contest.CPU, contest.Allocs}
	publish := contest.Row{Name: "publish 16 B", Figures: figures, Targets: []contest.Target{
		{Figure: contest.Rate, Against: natsGo.name, Bound: contest.AtLeast, Value: 1},
		{Figure: contest.Allocs, Bound: contest.AtMost},
	}}
	subscribe := contest.Row{Name: "subscribe 16 B", Figures: figures, Targets: []contest.Target{
		{Figure: contest.Rate, Against: natsGo.name, Bound: contest.AtLeast, Value: 1.2},
		{Figure: contest.Allocs, Bound: contest.AtMost},
	}}
	for _, p := range []peer{ours, raw, natsGo} {
		publish.Clients = append(publish.Clients, contest.Client{Name: p.name, Run: p.publishes})
		subscribe.Clients = append(subscribe.Clients, contest.Client{Name: p.name, Run: p.subscribes})
	}
	return contest.Suite{
		Name: "nats", Title: "nats-server", Rows: []contest.Row{publish, subscribe},
		Servers: []contest.Command{{Name: "nats-server", Args: []string{"-a", "127.0.0.1", "-p", "${port}"}}},
	}
}

func (p peer) publishes(addresses []string) (trial.Result, error) {
	publish, closes, err := p.publisher(addresses[0])
	if err != nil {
		return trial.Result{}, err
	}
	defer closes()
	return trial.Run(load, func(int) trial.Op {
		return func(ctx context.Context) error {
			for range batch {
				if err := publish(ctx); err != nil {
					return err
				}
			}
			return nil
		}
	})
}

func (p peer) subscribes(addresses []string) (trial.Result, error) {
	receive, closes, err := p.subscriber(addresses[0])
	if err != nil {
		return trial.Result{}, err
	}
	defer closes()
	stop, err := feed(addresses[0])
	if err != nil {
		return trial.Result{}, err
	}
	defer stop()
	return trial.Count(load, receive)
}

// feed publishes from a process of its own, so that only receiving is counted.
func feed(address string) (stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, "-feed", address)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}, nil
}

// Feed publishes as fast as the server takes it, until it is killed.
func Feed(address string) error {
	n, err := limit.DialNATS(address)
	if err != nil {
		return err
	}
	for {
		if err := n.Publish(subject, payload); err != nil {
			return err
		}
	}
}
