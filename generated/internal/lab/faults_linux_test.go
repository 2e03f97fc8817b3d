package lab_test

import (
	"time"

	"github.com/linewright/linewright/generated/internal/lab"
)

// fault is what goes wrong in an experiment.
type fault struct {
	name    string
	damage  damage
	kinds   []kind // of the clients that see it; nil: all but flood
	relayed bool
	server  []string       // variables of the server's process
	client  []string       // of the client's
	before  func(w *world) // before the client connects
	inflict func(w *world) time.Duration
	heal    func(w *world) // nil: the client comes back through the fault
	// deviceDown: the client's kernel cannot send at all.
	deviceDown bool
	// expires: what sends nothing by itself is cut off, and cannot know.
	expires bool
}

// now makes an act a fault that begins when the act has been done: what was
// under way meanwhile counts against the client.
func now(act func(w *world)) func(w *world) time.Duration {
	return func(w *world) time.Duration {
		act(w)
		return monotonic()
	}
}

// all are the kinds of clients that see a fault.
func (f *fault) all() []kind {
	if f.kinds == nil {
		return []kind{idle, busy, writer}
	}
	return f.kinds
}

func deliver(w *world) { w.network.Deliver() }

var faults = []fault{
	{
		name: "drop both ways", damage: cut, kinds: kinds,
		inflict: now(func(w *world) { w.network.Swallow() }), heal: deliver,
	},
	{
		name: "drop to the server", damage: cut,
		inflict: now(func(w *world) { w.network.SwallowToServer() }), heal: deliver,
	},
	{
		name: "drop to the client", damage: cut,
		inflict: now(func(w *world) { w.network.SwallowToClient() }), heal: deliver,
	},
	{
		name: "link down", damage: cut, deviceDown: true,
		inflict: now(func(w *world) { w.network.Pull() }), heal: func(w *world) { w.network.Plug() },
	},
	{
		name: "address change", damage: cut,
		inflict: now(func(w *world) { w.network.MoveClient(lab.SpareAddress) }),
	},
	{
		name: "server killed", damage: closed,
		inflict: func(w *world) time.Duration { defer w.server.Kill(); return monotonic() },
		heal:    (*world).startServer,
	},
	{
		name: "server gone for 5 s", damage: closed, kinds: []kind{idle},
		inflict: func(w *world) time.Duration { defer w.server.Kill(); return monotonic() },
		heal:    func(w *world) { <-time.After(5 * time.Second); w.startServer() },
	},
	{
		name: "killed behind a cut", damage: cut,
		inflict: func(w *world) time.Duration { w.network.Swallow(); defer w.server.Kill(); return monotonic() },
		heal:    func(w *world) { w.startServer(); w.network.Deliver() },
	},
	{
		name: "server frozen", damage: hung, kinds: kinds,
		inflict: now(func(w *world) { w.server.Freeze() }), heal: func(w *world) { w.server.Thaw() },
	},
	{
		name: "tiny window", damage: hung, server: []string{"RCVBUF=4096"},
		inflict: func(w *world) time.Duration { return w.told("deaf", "deaf") },
		heal:    func(w *world) { w.told("hear", "hears") },
	},
	{
		name: "deaf but talking", damage: mute, kinds: []kind{idle, writer}, server: []string{"RCVBUF=4096"},
		inflict: func(w *world) time.Duration { return w.told("talk", "deaf") },
		heal:    func(w *world) { w.told("hear", "hears") },
	},
	{
		name: "MTU black hole", damage: long, // through which the short login comes
		inflict: now(func(w *world) { w.network.SwallowLonger(600) }),
	},
	{
		// The heartbeat is later than the firewall's patience.
		name: "idle expiry 0.5 s", damage: cut, kinds: []kind{idle},
		before:  func(w *world) { w.network.ExpireIdle(500 * time.Millisecond) },
		inflict: func(w *world) time.Duration { return w.ready.At }, heal: deliver,
	},
	{
		name: "idle expiry 2 s", kinds: []kind{idle}, expires: true,
		before:  func(w *world) { w.network.ExpireIdle(2 * time.Second) },
		inflict: func(w *world) time.Duration { return w.ready.At }, heal: deliver,
	},
	{
		name:    "loss 10 %",
		inflict: now(func(w *world) { w.network.Lose(10) }), heal: deliver,
	},
	{
		// What the path can carry: a writer that offers more is stuck.
		name: "delay and reordering", relayed: true, client: []string{"BYTES=1024"},
		inflict: now(func(w *world) { w.relay.Slow(100*time.Millisecond, 50*time.Millisecond) }),
		heal:    func(w *world) { w.relay.Slow(0, 0) },
	},
	{
		name: "link down for 0.5 s",
		inflict: now(func(w *world) {
			w.network.Pull()
			w.TB.Helper()
			<-time.After(500 * time.Millisecond)
			w.network.Plug()
		}),
		heal: func(*world) {},
	},
}
