package storms

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"

	"github.com/linewright/linewright/generated/nats"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Nats is the message server: it greets, both sides ping, subscriptions last.
func Nats() *storm.Workload {
	params := nats.Params{User: "eve", Pass: "s3cret"}
	return &storm.Workload{
		Name:   "nats",
		Plan:   func(uint64) *session.Plan { return nats.Plan() },
		Params: &params,
		TLS:    true,
		Open: func(_ *session.Plan, opts ...runtime.Option) (storm.Handle, error) {
			c, err := nats.New("device", params, opts...)
			return &subscriber{Client: c}, err
		},
		Serve: func(f *storm.Fake) {
			f.Greet(`INFO {"server_id":"X","version":"2.9.10","max_payload":1048576} `)
			f.Reply("ping", "PONG")
			for _, quiet := range []string{"connect", "pong", "pub", "sub", "unsub"} {
				f.Handle(quiet, func(*device.Request) {})
			}
		},
		Ask: askNats,
		Flood: func(h storm.Handle, r *rand.Rand, n int) storm.Op {
			return pub(h.(*subscriber).Client, n, r.IntN(3000))
		},
		Know: func(command string, frame []byte) (id, key string) {
			switch words := strings.Fields(string(frame)); command {
			case "pub":
				return "PUB " + words[1], ""
			case "sub", "unsub":
				return string(frame), words[len(words)-1]
			}
			return "", ""
		},
		Event: func(n int) string {
			if n%4 == 0 {
				return "PING" // it is answered, and no event
			}
			body := strconv.Itoa(n)
			return fmt.Sprintf("MSG news 1 %d\r\n%s", len(body), body)
		},
		KnowEvent: func(frame []byte) string {
			if bytes.HasPrefix(frame, []byte("MSG ")) {
				return string(frame)
			}
			return ""
		},
		Denied: "-ERR 'Authorization Violation'",
	}
}

// subscriber is a client and what it has subscribed to.
type subscriber struct {
	*nats.Client

	mu   sync.Mutex
	subs []*nats.SubSubscription
}

func askNats(h storm.Handle, r *rand.Rand, n int) storm.Op {
	c := h.(*subscriber)
	switch r.IntN(6) {
	case 0:
		return storm.Op{Command: "sub", Do: func(ctx context.Context) (string, error) {
			sub, err := c.Sub(ctx, "news."+strconv.Itoa(n), nats.Optional[string]{})
			if err == nil {
				c.mu.Lock()
				c.subs = append(c.subs, sub)
				c.mu.Unlock()
			}
			return "", err
		}}
	case 1:
		if sub := c.take(); sub != nil {
			return storm.Op{Command: "unsub", Do: func(ctx context.Context) (string, error) { return "", sub.Close(ctx) }}
		}
	}
	return pub(c.Client, n, r.IntN(900))
}

// take is the oldest subscription; nil: there is none.
func (c *subscriber) take() *nats.SubSubscription {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.subs) == 0 {
		return nil
	}
	sub := c.subs[0]
	c.subs = c.subs[1:]
	return sub
}

func pub(c *nats.Client, n, size int) storm.Op {
	subject := strconv.Itoa(n)
	return storm.Op{ID: "PUB " + subject, Command: "pub", Do: func(ctx context.Context) (string, error) {
		return "", c.Pub(ctx, subject, nats.Optional[string]{}, bytes.Repeat([]byte("x"), size))
	}}
}
