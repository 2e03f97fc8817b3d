package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strconv"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/generated/redis/redistest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// redisVendor: replies in the order of the commands, many in flight, values of
// any bytes; no events.
var redisVendor = &vendor{
	name:   "redis",
	plan:   redis.Plan(),
	probe:  "ping",
	number: func([]byte) int { return 0 },
	device: func(w *witness, opts ...device.Option) fake {
		f := &redisFake{Device: redistest.New(opts...), w: w}
		f.HandleAuth(func(r *redistest.AuthRequest) { w.login(r.Conn, string(r.Password)); r.Default() })
		f.HandleGet(f.get)
		f.HandleSet(f.set)
		f.HandleIncr(f.incr)
		f.HandleDel(f.del)
		return f
	},
}

type redisFake struct {
	*redistest.Device
	w *witness
}

func (f *redisFake) plain() *device.Device { return f.Device.Device }

func (f *redisFake) emit(link, int) {}

func (f *redisFake) get(r *redistest.GetRequest) {
	switch k, ok := f.w.labelled(r.Conn, string(r.Key), nil); {
	case !ok:
	case refuses(k):
		r.ReplyServerError(refusalOf(r.Key))
	case absent(k):
		r.ReplyNil()
	default:
		r.ReplyValue(redis.Value{Data: append(bytes.Clone(r.Key), body(k)...)})
	}
}

func (f *redisFake) set(r *redistest.SetRequest) {
	switch k, ok := f.w.labelled(r.Conn, string(r.Key), r.Value); {
	case !ok:
	case refuses(k):
		r.ReplyServerError(refusalOf(r.Key))
	default:
		r.ReplyOK()
	}
}

func (f *redisFake) incr(r *redistest.IncrRequest) {
	switch k, ok := f.w.labelled(r.Conn, string(r.Key), nil); {
	case !ok:
	case refuses(k):
		r.ReplyServerError(refusalOf(r.Key))
	default:
		owner, _ := f.w.read(string(r.Key))
		r.ReplyInteger(redis.Integer{Value: number(owner, k)})
	}
}

func (f *redisFake) del(r *redistest.DelRequest) {
	if k, ok := f.w.labelled(r.Conn, string(r.Keys[0]), nil); ok {
		owner, _ := f.w.read(string(r.Keys[0]))
		r.ReplyInteger(redis.Integer{Value: -number(owner, k)})
	}
}

// refusalOf is the device's error for a command.
func refusalOf(label []byte) redis.ServerError {
	return redis.ServerError{Code: "ERR", Text: redis.Some(string(label))}
}

// number is a command as a number, unique in the fleet.
func number(m *member, k ledger.Key) int64 { return int64(m.id)<<40 | int64(k.N) }

type redisClient struct {
	*redis.Client
	m *member
}

func (f *redisFake) client(m *member, addr string, opts ...runtime.Option) (generated, error) {
	client, err := redis.New(addr, redis.Params{Password: []byte(m.user())}, opts...)
	return &redisClient{client, m}, err
}

func (c *redisClient) follow(context.Context, func(conn, n int)) {}

func (c *redisClient) dropped() uint64 { return 0 }

func (c *redisClient) order(r *rand.Rand) order {
	switch r.IntN(4) {
	case 0:
		return c.get(c.m.next('g'))
	case 1:
		return c.set(c.m.next('s'))
	case 2:
		return c.incr(c.m.next('i'))
	default:
		return c.del(c.m.next('d'), r.IntN(3))
	}
}

func (c *redisClient) get(k ledger.Key) order {
	label := c.m.label(k)
	return order{k, ledger.Idempotent, func(ctx context.Context) error {
		value, ok, err := c.Get(ctx, []byte(label))
		switch {
		case err != nil:
			return vendorError(label, err)
		case ok == absent(k):
			return &crossed{label, "a value where there is none, or none"}
		case ok && !bytes.Equal(value.Data, append([]byte(label), body(k)...)):
			return &crossed{label, string(value.Data[:min(len(value.Data), 40)])}
		}
		return nil
	}}
}

func (c *redisClient) set(k ledger.Key) order {
	label := c.m.label(k)
	return order{k, ledger.Plain, func(ctx context.Context) error {
		return vendorError(label, c.Set(ctx, []byte(label), body(k)))
	}}
}

func (c *redisClient) incr(k ledger.Key) order {
	label := c.m.label(k)
	return order{k, ledger.Plain, func(ctx context.Context) error {
		reply, err := c.Incr(ctx, []byte(label))
		return integer(label, number(c.m, k), reply, err)
	}}
}

func (c *redisClient) del(k ledger.Key, more int) order {
	label := c.m.label(k)
	keys := [][]byte{[]byte(label)}
	for range more {
		keys = append(keys, []byte("more"))
	}
	return order{k, ledger.Plain, func(ctx context.Context) error {
		reply, err := c.Del(ctx, keys)
		return integer(label, -number(c.m, k), reply, err)
	}}
}

// integer checks a reply that is a number.
func integer(label string, want int64, reply redis.Integer, err error) error {
	if err != nil {
		return vendorError(label, err)
	}
	if reply.Value != want {
		return &crossed{label, strconv.FormatInt(reply.Value, 10)}
	}
	return nil
}

// vendorError finds the device's own error, which carries the label.
func vendorError(label string, err error) error {
	var answer *redis.ServerError
	if !errors.As(err, &answer) {
		return err
	}
	if answer.Text.Value != label {
		return &crossed{label, answer.Text.Value}
	}
	return &refused{label}
}
