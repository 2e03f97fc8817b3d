package growth

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/trial"
	"github.com/linewright/linewright/generated/redis"
)

const many = 64 // callers, where their number does not vary

var (
	key        = []byte("linewright:growth")
	errNoValue = errors.New("the value is another one")
)

// calling puts a load on one client.
func calling(address string, callers int, open func(ctx context.Context, c *redis.Client) (trial.Op, error)) (trial.Result, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := redis.Dial(ctx, address, redis.Params{})
	if err != nil {
		return trial.Result{}, err
	}
	defer c.Close()
	op, err := open(ctx, c)
	if err != nil {
		return trial.Result{}, err
	}
	load := trial.Load{Callers: callers, WarmUp: 150 * time.Millisecond, Time: 400 * time.Millisecond}
	return trial.Run(load, func(int) trial.Op { return op })
}

func set(addresses []string, size int) (trial.Result, error) {
	value := bytes.Repeat([]byte{'v'}, size)
	r, err := calling(addresses[0], many, func(_ context.Context, c *redis.Client) (trial.Op, error) {
		return func(ctx context.Context) error { return c.Set(ctx, key, value) }, nil
	})
	return ofBytes(r, size), err
}

func get(addresses []string, size int) (trial.Result, error) {
	value := bytes.Repeat([]byte{'v'}, size)
	r, err := calling(addresses[0], many, func(ctx context.Context, c *redis.Client) (trial.Op, error) {
		return func(ctx context.Context) error {
			got, found, err := c.Get(ctx, key)
			if err == nil && (!found || len(got.Data) != size) {
				err = errNoValue
			}
			return err
		}, c.Set(ctx, key, value)
	})
	return ofBytes(r, size), err
}

// ofBytes adds what the operations moved.
func ofBytes(r trial.Result, size int) trial.Result {
	r.More = map[string]float64{perSecond.Name: r.Rate * float64(size) / 1e6}
	return r
}

func ping(addresses []string, callers int) (trial.Result, error) {
	return calling(addresses[0], callers, func(_ context.Context, c *redis.Client) (trial.Op, error) { return c.Ping, nil })
}
