package main

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
)

// vendor is a generated package and its typed fake.
type vendor struct {
	name   string
	plan   *session.Plan
	probe  string                     // the command that is its heartbeat
	number func(frame []byte) (n int) // of an event; 0: it has none
	events bool                       // its clients subscribe to events
	event  string                     // the command whose reply is an event where nobody waits for it
	device func(*witness, ...device.Option) fake
}

// vendors are those that a fleet is made of, in equal parts.
var vendors = []*vendor{acmeVendor, redisVendor, natsVendor}

// fake is a typed fake device.
type fake interface {
	plain() *device.Device
	client(m *member, addr string, opts ...runtime.Option) (generated, error)
	emit(l link, n int)
}

// generated is a client of a generated package, with what a soak asks of it.
type generated interface {
	Run(ctx context.Context) error
	Close() error
	Shutdown(ctx context.Context) error
	State() runtime.State
	States(ctx context.Context) iter.Seq[runtime.StateChange]
	Stats() runtime.Stats

	// order is a command at random.
	order(r *rand.Rand) order
	// follow consumes events until the client ends or ctx does; saw is told
	// the connection and number of each.
	follow(ctx context.Context, saw func(conn, n int))
	// dropped is how many events there was no room for.
	dropped() uint64
}

// order is one command: how the ledger knows it, and how to give it.
type order struct {
	key    ledger.Key
	nature ledger.Nature
	do     func(ctx context.Context) error
}

// crossed is the error of a reply that carries another request's value.
type crossed struct{ want, got string }

func (c *crossed) Error() string { return fmt.Sprintf("want %s, got %s", c.want, c.got) }

// same is the error of a reply that should carry want.
func same(want, got string) error {
	if want == got {
		return nil
	}
	return &crossed{want, got}
}

// refused is the device's own error, where it carries its request's value.
type refused struct{ text string }

func (r *refused) Error() string { return r.text }

// refuses reports whether devices answer the command by an error.
func refuses(k ledger.Key) bool { return k.N%17 == 5 }

// absent reports whether devices answer that there is none.
func absent(k ledger.Key) bool { return k.N%11 == 3 }

// schedule is how long a client may take to be READY once nothing is wrong:
// the longest delay, and one connection.
func (v *vendor) schedule() time.Duration {
	t := v.plan.Timeouts
	return v.plan.Reconnect.Max + t.Connect + t.Greeting + t.Login
}
