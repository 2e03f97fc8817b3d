// Package plantest holds session plans written by hand, for tests of the
// runtime that must not depend on the generator.
//
// There are six, each after a kind of real protocol:
//
//   - [Acme]: one line a message, replies matched by kind and echoed channel, a
//     login, a heartbeat with an ack, lasting watches that the server confirms;
//   - [Order]: redis-like; replies in the order of the commands, many in
//     flight, counted bodies, an optional password;
//   - [Lasting]: nats-like; a greeting, subscriptions that nothing confirms,
//     events with a body, and a server that sends pings of its own;
//   - [Tagged]: commands and replies with an id, lists before a reply;
//   - [Modal]: lines in one mode of the link, packets in another;
//   - [Post]: letters that take several commands, which nothing may come between.
//
// Each takes modifiers that change one thing, in the way of
//
//	plan := plantest.Acme(plantest.InFlight(8), plantest.Misses(2))
//
// Calls are made by functions named after the command, such as [Read] and
// [Get]; [Message] and [Command] find an index by its name in the plan.
package plantest

import (
	"fmt"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Params are the parameters of every plan here; an empty one is absent.
type Params struct {
	User   string
	Secret string
}

// Message finds a message by its name. It panics where the plan has none.
func Message(p *session.Plan, name string) int {
	i := slices.IndexFunc(p.Messages, func(m session.Message) bool { return m.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("plantest: %s has no message %q", p.Vendor, name))
	}
	return i
}

// Command finds a command by its name. It panics where the plan has none.
func Command(p *session.Plan, name string) int {
	i := slices.IndexFunc(p.Commands, func(c session.Command) bool { return c.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("plantest: %s has no command %q", p.Vendor, name))
	}
	return i
}

// Bound is the longest time that a silent peer stays unnoticed on an idle link.
func Bound(p *session.Plan) time.Duration {
	l := p.Liveness
	if l.Probe == nil {
		return l.Silence
	}
	return l.Probe.Every + time.Duration(l.Probe.Misses)*l.Probe.Timeout
}

func finish(p *session.Plan, mods []Mod) *session.Plan {
	for _, mod := range mods {
		mod(p)
	}
	return p
}

func timeouts() session.Timeouts {
	return session.Timeouts{
		Connect:  5 * time.Second,
		Greeting: 5 * time.Second,
		Login:    10 * time.Second,
		Ready:    5 * time.Second,
		Reply:    5 * time.Second,
		Write:    5 * time.Second,
		Frame:    30 * time.Second,
	}
}

func reconnect() session.Reconnect {
	return session.Reconnect{
		Initial:     500 * time.Millisecond,
		Factor:      2,
		Max:         30 * time.Second,
		Jitter:      0.5,
		StableAfter: 10 * time.Second,
	}
}
