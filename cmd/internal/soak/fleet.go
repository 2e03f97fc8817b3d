package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// perDevice is how many clients share a device.
const perDevice = 4

// fleet is the devices and clients of a run.
type fleet struct {
	settings
	book    *ledger.Book
	start   time.Time
	members []*member
	stands  []*stand
	events  atomic.Uint64 // that consumers have seen
	control control
	late    *latenesses
	faults  []int           // that go wrong: indices of faults
	calling context.Context // ends when all clients are closed for good
	silence func()          // ends it
	ran     sync.WaitGroup  // the clients
	called  sync.WaitGroup  // callers and consumers
}

// stand is one device with its clients.
type stand struct {
	fake
	vendor  *vendor
	witness *witness
	network string // "tcp" or "memory"
	members []*member
}

// newFleet makes devices and clients; none of them is run yet.
func newFleet(s settings, book *ledger.Book, late *latenesses) (*fleet, error) {
	f := &fleet{settings: s, book: book, late: late, start: time.Now(), members: make([]*member, s.clients)}
	f.control.lateness = &late.timer
	f.calling, f.silence = context.WithCancel(context.Background())
	for i := range faults {
		f.faults = append(f.faults, i)
	}
	for i := range f.members {
		m := &member{id: i + 1, vendor: vendors[i/perDevice%len(vendors)]}
		m.account = ledger.NewAccount(book, m.String())
		m.stream = ledger.NewStream(book, m.String())
		f.members[i] = m
	}
	for from := 0; from < s.clients; from += perDevice {
		if err := f.stand(from/perDevice, f.members[from:min(from+perDevice, s.clients)]); err != nil {
			return f, err
		}
	}
	return f, nil
}

// stand adds a device and makes its clients.
func (f *fleet) stand(i int, members []*member) error {
	v := members[0].vendor
	w := newWitness(f.book, f.members, v)
	st := &stand{vendor: v, witness: w, members: members, network: "memory"}
	st.fake = v.device(w, device.WithHistory(64), device.WithTrace(w.tap))
	f.stands = append(f.stands, st)
	address, opts, err := f.reach(i, st)
	if err != nil {
		return err
	}
	for _, m := range members {
		opts := append(opts[:len(opts):len(opts)], f.habits(m)...)
		m.open = func() (generated, error) { return st.client(m, address, opts...) }
		if err := m.renew(); err != nil {
			return err
		}
	}
	return nil
}

// reach makes a device reachable: every fifth in memory, the others over TCP,
// at addresses of their own, because a port is free again only there while a
// device refuses to be dialled.
func (f *fleet) reach(i int, st *stand) (string, []runtime.Option, error) {
	plain := st.plain()
	if f.virtual || i%5 == 4 {
		return "device", []runtime.Option{runtime.WithDialer(plain.Dialer())}, nil
	}
	st.network = "tcp"
	address, err := plain.Listen(fmt.Sprintf("127.1.%d.%d:0", i/250, i%250+1))
	if err != nil { // a system where loopback is one address
		address, err = plain.Listen("127.0.0.1:0")
	}
	return address, nil, err
}

// habits are a client's options: some are impatient, some are slow consumers.
func (f *fleet) habits(m *member) []runtime.Option {
	opts := []runtime.Option{runtime.WithSeed(f.seed + uint64(m.id))}
	switch m.id % 8 {
	case 1:
		opts = append(opts, runtime.WithFailFast())
	case 2:
		opts = append(opts, runtime.WithEventBuffer(2<<10, runtime.DropOldest))
	case 3:
		opts = append(opts, runtime.WithEventBuffer(2<<10, runtime.DropNewest))
	case 4:
		opts = append(opts, runtime.WithMaxWaiting(2))
	}
	return opts
}

// crowded reports whether the client may refuse commands though all is well:
// it lets fewer wait than it has callers.
func (m *member) crowded() bool { return m.id%8 == 4 }

// slow reports whether the client's consumer is too slow for bursts.
func (m *member) slow() bool { return m.id%8 == 2 || m.id%8 == 3 }

// idle reports whether the client's callers hardly ever want anything, so that
// it lives by its heartbeat.
func (m *member) idle() bool { return m.id%8 == 5 }

// run runs the clients and their consumers.
func (f *fleet) run() {
	for _, m := range f.members {
		f.launch(m)
	}
}

// launch runs the client that a member has now, and its consumer.
func (f *fleet) launch(m *member) {
	c := m.now()
	f.ran.Go(func() { _ = c.Run(context.Background()) })
	f.called.Go(func() { f.states(m, c) })
	f.called.Go(func() {
		defer close(c.consumed)
		f.consume(m, c)
	})
}

// call lets callers give commands.
func (f *fleet) call() {
	for _, m := range f.members {
		for i := range f.callers {
			c := &caller{
				fleet: f, member: m,
				random: rand.New(rand.NewPCG(f.seed, uint64(m.id)<<8|uint64(i))),
			}
			f.called.Go(c.run)
		}
	}
}

// ready is how many clients are READY.
func (f *fleet) ready() (n int) {
	for _, m := range f.members {
		if m.now().State() == runtime.Ready {
			n++
		}
	}
	return n
}

// abandon ends what was made, after an error.
func (f *fleet) abandon() {
	for _, m := range f.members {
		if c := m.now(); c != nil {
			_ = c.Close()
		}
	}
	f.silence()
	_ = f.closeDevices()
}

func (f *fleet) closeDevices() error {
	var errs []error
	for _, st := range f.stands {
		errs = append(errs, st.plain().Close())
	}
	return errors.Join(errs...)
}

// now is the ledger's time.
func (f *fleet) now() time.Duration { return time.Since(f.start) }
