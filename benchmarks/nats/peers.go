package nats

import (
	"context"
	"sync/atomic"
	"time"

	natsgo "github.com/nats-io/nats.go"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/limit"
	generated "github.com/linewright/linewright/generated/nats"
)

// ours is the generated client, with all that it does.
var ours = peer{
	name: contest.Ours,
	publisher: func(address string) (publisher, func(), error) {
		c, err := dial(address)
		if err != nil {
			return nil, nil, err
		}
		publish := func(ctx context.Context) error {
			return c.Pub(ctx, subject, generated.Optional[string]{}, payload)
		}
		return publish, func() { _ = c.Close() }, nil
	},
	subscriber: func(address string) (subscriber, func(), error) {
		c, err := dial(address)
		if err != nil {
			return nil, nil, err
		}
		sub, err := c.Sub(context.Background(), subject, generated.Optional[string]{})
		if err != nil {
			return nil, nil, err
		}
		receive := func(ctx context.Context, got *atomic.Int64) error {
			for range sub.Events(ctx) {
				got.Add(1)
			}
			return context.Cause(ctx)
		}
		return receive, func() { _ = c.Close() }, c.Flush(context.Background())
	},
}

func dial(address string) (*generated.Client, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return generated.Dial(ctx, address, generated.Params{})
}

// natsGo is the maintainers' own client.
var natsGo = peer{
	name: "nats.go",
	publisher: func(address string) (publisher, func(), error) {
		c, err := natsgo.Connect("nats://" + address)
		if err != nil {
			return nil, nil, err
		}
		return func(context.Context) error { return c.Publish(subject, payload) }, c.Close, nil
	},
	subscriber: func(address string) (subscriber, func(), error) {
		c, err := natsgo.Connect("nats://" + address)
		if err != nil {
			return nil, nil, err
		}
		receive := func(ctx context.Context, got *atomic.Int64) error {
			sub, err := c.Subscribe(subject, func(*natsgo.Msg) { got.Add(1) })
			if err != nil {
				return err
			}
			<-ctx.Done()
			return sub.Unsubscribe()
		}
		return receive, c.Close, nil
	},
}

// raw is written by hand, and does nothing else.
var raw = peer{
	name: "limit, raw",
	publisher: func(address string) (publisher, func(), error) {
		n, err := limit.DialNATS(address)
		if err != nil {
			return nil, nil, err
		}
		return func(context.Context) error { return n.Publish(subject, payload) }, func() { _ = n.Close() }, nil
	},
	subscriber: func(address string) (subscriber, func(), error) {
		n, err := limit.DialNATS(address)
		if err != nil {
			return nil, nil, err
		}
		receive := func(ctx context.Context, got *atomic.Int64) error { return n.Receive(ctx, subject, got) }
		return receive, func() { _ = n.Close() }, nil
	},
}
