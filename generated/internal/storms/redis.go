package storms

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strconv"

	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Redis is the store: replies in the order of the commands, thousands in
// flight.
func Redis() *storm.Workload {
	params := redis.Params{Password: []byte("s3cret")}
	return &storm.Workload{
		Name:   "redis",
		Plan:   func(uint64) *session.Plan { return redis.Plan() },
		Params: &params,
		TLS:    true,
		Open: func(_ *session.Plan, opts ...runtime.Option) (storm.Handle, error) {
			return redis.New("device", params, opts...)
		},
		Serve: serveRedis,
		Ask:   askRedis,
		Flood: func(h storm.Handle, r *rand.Rand, n int) storm.Op {
			return set(h.(*redis.Client), n, bytes.Repeat([]byte("x"), r.IntN(3000)))
		},
		Know: func(command string, frame []byte) (id, key string) {
			if command == "ping" || command == "auth" {
				return "", ""
			}
			return command + " " + argument(frame, 1), ""
		},
		Failed: answered[*redis.ServerError],
		Denied: "-WRONGPASS invalid username-password pair",
		Exact:  true,
	}
}

// argument is one of the counted arguments of a command, without its line end.
func argument(frame []byte, n int) string {
	lines := bytes.Split(frame, []byte("\r\n"))
	if i := 2 + 2*n; i < len(lines) {
		return string(lines[i])
	}
	return ""
}

// serveRedis answers a key with itself. A key that ends in 7 does not exist, one
// that ends in 9 cannot be counted.
func serveRedis(f *storm.Fake) {
	f.Reply("ping", "+PONG")
	f.Reply("auth", "+OK")
	f.Reply("set", "+OK")
	f.Reply("del", ":1")
	f.Handle("get", func(r *device.Request) {
		key := argument(r.Frame, 1)
		if key[len(key)-1] == '7' {
			r.Reply("$-1")
			return
		}
		r.Replyf("$%d\r\n%s", len(key), key)
	})
	f.Handle("incr", func(r *device.Request) {
		key := argument(r.Frame, 1)
		if key[len(key)-1] == '9' {
			r.Reply("-WRONGTYPE not a number")
			return
		}
		r.Reply(":" + key)
	})
}

func askRedis(h storm.Handle, r *rand.Rand, n int) storm.Op {
	c, key := h.(*redis.Client), strconv.Itoa(n)
	switch r.IntN(5) {
	case 0, 1:
		return storm.Op{ID: "get " + key, Want: key, Command: "get", Do: func(ctx context.Context) (string, error) {
			value, ok, err := c.Get(ctx, []byte(key))
			if !ok && n%10 == 7 {
				return key, err
			}
			return string(value.Data), err
		}}
	case 2:
		return storm.Op{ID: "incr " + key, Want: key, Command: "incr", Do: func(ctx context.Context) (string, error) {
			count, err := c.Incr(ctx, []byte(key))
			return strconv.FormatInt(int64(count.Value), 10), err
		}}
	case 3:
		return storm.Op{ID: "del " + key, Command: "del", Do: func(ctx context.Context) (string, error) {
			_, err := c.Del(ctx, [][]byte{[]byte(key), []byte("x")})
			return "", err
		}}
	default:
		return set(c, n, []byte("+PONG\r\n$1\r\n"))
	}
}

func set(c *redis.Client, n int, value []byte) storm.Op {
	key := strconv.Itoa(n)
	return storm.Op{ID: "set " + key, Command: "set", Do: func(ctx context.Context) (string, error) {
		return "", c.Set(ctx, []byte(key), value)
	}}
}
