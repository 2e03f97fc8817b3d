package redis

import (
	"context"

	"github.com/linewright/linewright/benchmarks/internal/limit"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// limitSameWork is written by hand, and does for a caller what a client must:
// it encodes, copies the value, and looks at the context.
var limitSameWork = peer{"limit, same work", func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	r, err := limit.DialRedis(address)
	if err != nil {
		return nil, nil, err
	}
	ctx := context.Background()
	if err := r.Set(ctx, key, value); err != nil {
		return nil, nil, err
	}
	op := r.Ping
	switch w {
	case get:
		op = func(ctx context.Context) error {
			got, err := r.Get(ctx, key)
			if err == nil && len(got) != len(value) {
				err = errNoValue
			}
			return err
		}
	case set:
		op = func(ctx context.Context) error { return r.Set(ctx, key, value) }
	}
	return same(op), func() { _ = r.Close() }, nil
}}

// limitBare sends what was encoded before, and drops the reply.
var limitBare = peer{"limit, bare", func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	r, err := limit.DialRedis(address)
	if err != nil {
		return nil, nil, err
	}
	r.Do(set.encoded())
	command := w.encoded()
	op := func(context.Context) error { r.Do(command); return nil }
	return same(op), func() { _ = r.Close() }, nil
}}

// rawLoop is one caller that writes and reads.
var rawLoop = peer{"limit, raw loop", func(address string, w work, _ int) (func(int) trial.Op, func(), error) {
	r, err := limit.DialRawRedis(address)
	if err != nil {
		return nil, nil, err
	}
	command := w.encoded()
	op := func(context.Context) error { return r.Do(command) }
	return same(op), func() { _ = r.Close() }, nil
}}

func (w work) encoded() []byte {
	switch w {
	case get:
		return []byte("*2\r\n$3\r\nGET\r\n$20\r\n" + string(key) + "\r\n")
	case set:
		return []byte("*3\r\n$3\r\nSET\r\n$20\r\n" + string(key) + "\r\n$64\r\n" + string(value) + "\r\n")
	}
	return []byte("*1\r\n$4\r\nPING\r\n")
}
