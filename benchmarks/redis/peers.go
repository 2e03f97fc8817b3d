package redis

import (
	"context"

	redigo "github.com/gomodule/redigo/redis"
	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/rueidis"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

var (
	keyText   = string(key)
	valueText = string(value)
)

// rueidisClient puts the commands of all callers on one connection. What its
// cache on the client's side would answer is asked of the server.
var rueidisClient = peer{"rueidis", func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	c, err := rueidis.NewClient(rueidis.ClientOption{
		InitAddress: []string{address}, DisableCache: true, PipelineMultiplex: -1, ForceSingleClient: true,
	})
	if err != nil {
		return nil, nil, err
	}
	write := func(ctx context.Context) error {
		return c.Do(ctx, c.B().Set().Key(keyText).Value(valueText).Build()).Error()
	}
	if err := write(context.Background()); err != nil {
		return nil, nil, err
	}
	op := func(ctx context.Context) error { return c.Do(ctx, c.B().Ping().Build()).Error() }
	switch w {
	case get:
		op = func(ctx context.Context) error {
			_, err := c.Do(ctx, c.B().Get().Key(keyText).Build()).ToString()
			return err
		}
	case set:
		op = write
	}
	return same(op), c.Close, nil
}}

// goRedisPipelined gathers the commands of all callers into pipelines.
var goRedisPipelined = peer{"go-redis AutoPipeline", func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	c := goredis.NewClient(&goredis.Options{Addr: address, PoolSize: 1})
	p, err := c.AutoPipeline()
	if err != nil {
		return nil, nil, err
	}
	op, err := goRedis(p, w)
	return same(op), func() { _ = c.Close() }, err
}}

// goRedisPool is as it comes.
var goRedisPool = peer{"go-redis pool", func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	c := goredis.NewClient(&goredis.Options{Addr: address})
	op, err := goRedis(c, w)
	return same(op), func() { _ = c.Close() }, err
}}

func goRedis(c goredis.Cmdable, w work) (trial.Op, error) {
	write := func(ctx context.Context) error { return c.Set(ctx, keyText, value, 0).Err() }
	if err := write(context.Background()); err != nil {
		return nil, err
	}
	switch w {
	case get:
		return func(ctx context.Context) error { return c.Get(ctx, keyText).Err() }, nil
	case set:
		return write, nil
	}
	return func(ctx context.Context) error { return c.Ping(ctx).Err() }, nil
}

// redigoClient is one connection for one caller.
var redigoClient = peer{"redigo", func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	c, err := redigo.Dial("tcp", address)
	if err != nil {
		return nil, nil, err
	}
	op := func(ctx context.Context) error {
		_, err := redigo.DoContext(c, ctx, "PING")
		return err
	}
	return same(op), func() { _ = c.Close() }, nil
}}
