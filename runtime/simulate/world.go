package simulate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
)

// Options are what a world is made of. The zero value is one client of one
// address, on a network with 0.1 to 2 ms one way that never errs.
type Options struct {
	Session session.Options // Seed and, where 0, Addresses are set by New
	Clients int             // 0: one

	// Buffer is the room of each socket's send and of its receive buffer in
	// bytes; 0: 64 KiB.
	Buffer int
	// Split gives the reader random pieces of what has arrived, down to
	// single bytes.
	Split bool
	// Partial lets the kernel take only a random part of a write at once.
	Partial bool
	// Stale lets what was read from a link that is gone reach the session late:
	// up to a second, in which the next link may have begun.
	Stale bool
	// Kernel applies the plan's keepalive and user timeout to the clients'
	// sockets; else nothing but the session notices a dead link.
	Kernel bool
	// Quiet keeps no trace, only its hash, for long runs.
	Quiet bool
	// Record keeps what a checker needs: Client.Record, Calls and Events.
	Record bool
}

// World is a simulation. It is used from one goroutine; handlers of the device
// run on it too, and must not block.
//
// The embedded Client is the first one.
type World struct {
	*Client
	Clients []*Client
	Device  *device.Device
	Network *Network
	// Rand is the world's random source: what a test decides by it replays too.
	Rand *rand.Rand

	plan      *session.Plan
	startsTLS bool // by a step, not from the first byte
	secured   map[int]bool
	options   Options
	agenda    agenda
	now       time.Duration
	trace     trace
	caller    *Caller // that runs at the moment
	callers   map[*Caller]struct{}
}

// New makes a world. Nothing happens before Start.
func New(seed uint64, plan *session.Plan, o Options) *World {
	if o.Buffer <= 0 {
		o.Buffer = 64 << 10
	}
	o.Session.Addresses = max(o.Session.Addresses, 1)
	w := &World{
		Device:  device.New(plan),
		Rand:    rand.New(rand.NewPCG(seed, 0x6c696e6577726967)),
		plan:    plan,
		options: o,
		now:     time.Second, // so that no time is 0 by chance
		callers: map[*Caller]struct{}{},
		secured: map[int]bool{},
	}
	w.startsTLS = slices.ContainsFunc(plan.Login, func(s session.Step) bool { return s.Kind == session.StepStartTLS })
	w.trace = newTrace(w, !o.Quiet)
	w.Network = newNetwork(w)
	for range max(o.Clients, 1) {
		w.NewClient()
	}
	w.Client = w.Clients[0]
	return w
}

// NewClient adds a client, which is to be started.
func (w *World) NewClient() *Client {
	o := w.options.Session
	o.Seed, o.Trace = w.Rand.Uint64(), o.Trace || w.options.Record
	c := newClient(w, len(w.Clients), session.New(w.plan, o))
	w.Clients = append(w.Clients, c)
	return c
}

// Start starts all clients.
func (w *World) Start() {
	for _, c := range w.Clients {
		c.Start()
	}
}

// Secured reports whether the device saw a TLS handshake through, on the
// connection of that number.
func (w *World) Secured(conn int) bool { return w.secured[conn] }

// Now is the world's time; it never stops.
func (w *World) Now() time.Duration { return w.now }

// standstill is how many events of one moment mean that they make each other.
const standstill = 100_000

// Run lets so much time pass.
func (w *World) Run(d time.Duration) {
	w.RunUntil(func() bool { return false }, d)
}

// RunUntil lets time pass until enough says so, which is asked after each
// event, and reports whether it did within that time.
func (w *World) RunUntil(enough func() bool, within time.Duration) bool {
	end := w.now + within
	for still := 0; !enough(); still++ {
		e := w.agenda.next(end)
		if e == nil {
			w.now = end
			return false
		}
		if e.at > w.now {
			w.now, still = e.at, 0
		}
		if still > standstill {
			panic(fmt.Sprintf("simulate: time stands still at %v", w.now))
		}
		e.do()
	}
	return true
}

// Until runs until the first client is in a state, and reports whether it was
// reached within that time.
func (w *World) Until(state session.State, within time.Duration) bool {
	return w.RunUntil(func() bool { return w.State() == state }, within)
}

// After does something later, as an event of the world.
func (w *World) After(d time.Duration, do func()) { w.agenda.add(w.now+max(d, 0), do) }

// Between is a random duration in [from, to].
func (w *World) Between(from, to time.Duration) time.Duration {
	if to <= from {
		return from
	}
	return from + time.Duration(w.Rand.Int64N(int64(to-from)+1))
}

// Chance is true with that probability. It asks the random source only where
// the answer is open, so that a fault that is off changes no other draw.
func (w *World) Chance(p float64) bool { return p > 0 && (p >= 1 || w.Rand.Float64() < p) }
