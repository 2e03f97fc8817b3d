package redis

import (
	"context"
	"errors"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
	generated "github.com/linewright/linewright/generated/redis"
)

// ours is the generated client, with all that it does.
var ours = peer{contest.Ours, func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := generated.Dial(ctx, address, generated.Params{})
	if err != nil {
		return nil, nil, err
	}
	if err := c.Set(ctx, key, value); err != nil {
		return nil, nil, err
	}
	op := c.Ping
	switch w {
	case get:
		op = func(ctx context.Context) error {
			_, found, err := c.Get(ctx, key)
			if err == nil && !found {
				err = errNoValue
			}
			return err
		}
	case set:
		op = func(ctx context.Context) error { return c.Set(ctx, key, value) }
	}
	return same(op), func() { _ = c.Close() }, nil
}}

var errNoValue = errors.New("the key has no value")
