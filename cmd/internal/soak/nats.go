package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/generated/nats"
	"github.com/linewright/linewright/generated/nats/natstest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// natsVendor: publishes without replies, and a subscription that outlives its
// connections; its messages are the events.
var natsVendor = &vendor{
	name:   "nats",
	plan:   nats.Plan(),
	probe:  "ping",
	number: natsNumber,
	events: true,
	device: func(w *witness, opts ...device.Option) fake {
		f := &natsFake{Device: natstest.New(opts...), w: w}
		f.HandleConnect(func(r *natstest.ConnectRequest) { w.login(r.Conn, r.Options.User.Value) })
		f.HandleSub(func(r *natstest.SubRequest) { w.subscribed(r.Conn, r.Subject, r.Sid) })
		f.HandlePub(func(r *natstest.PubRequest) { w.labelled(r.Conn, r.Subject, r.Payload) })
		return f
	},
}

type natsFake struct {
	*natstest.Device
	w *witness
}

func (f *natsFake) plain() *device.Device { return f.Device.Device }

func (f *natsFake) emit(l link, n int) {
	f.Conn(l.conn).EmitMsg(nats.Msg{Subject: l.subject, Sid: l.sid, Payload: fmt.Appendf(nil, "%d %d", l.conn, n)})
}

func natsNumber(frame []byte) (n int) {
	var m nats.Msg
	if m.ParseFrame(frame) == nil {
		_, n = place(m.Payload)
	}
	return n
}

// place is what an event's payload says: its connection and number.
func place(payload []byte) (conn, n int) {
	_, _ = fmt.Sscan(string(payload), &conn, &n)
	return conn, n
}

// again is when a subscription is tried again.
const again = 50 * time.Millisecond

type natsClient struct {
	*nats.Client
	m   *member
	sub atomic.Pointer[nats.SubSubscription]
}

func (f *natsFake) client(m *member, addr string, opts ...runtime.Option) (generated, error) {
	client, err := nats.New(addr, nats.Params{User: m.user()}, opts...)
	return &natsClient{Client: client, m: m}, err
}

// follow subscribes when the client is READY for the first time; from then on
// the client does so by itself.
func (c *natsClient) follow(ctx context.Context, saw func(conn, n int)) {
	for c.State() != nats.StateClosed {
		sub, err := c.Sub(ctx, "events."+strconv.Itoa(c.m.id), nats.Optional[string]{})
		if err != nil { // not READY in time, or there is no room to wait
			if !pause(ctx, again) {
				return
			}
			continue
		}
		c.sub.Store(sub)
		for msg := range sub.Events(ctx) {
			saw(place(msg.Payload))
		}
		return
	}
}

func (c *natsClient) dropped() uint64 {
	if sub := c.sub.Load(); sub != nil {
		return sub.Dropped()
	}
	return 0
}

func (c *natsClient) order(r *rand.Rand) order {
	k := c.m.next('p')
	flush := r.IntN(4) == 0
	return order{k, ledger.Publish, func(ctx context.Context) error {
		var reply nats.Optional[string]
		if k.N%3 == 0 {
			reply = nats.Some("inbox")
		}
		err := c.Pub(ctx, c.m.label(k), reply, body(k))
		if err == nil && flush {
			_ = c.Flush(ctx) // what is published is published
		}
		return err
	}}
}
