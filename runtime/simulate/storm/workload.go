package storm

import (
	"context"
	"iter"
	"math/rand/v2"
	"sync/atomic"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
)

// Workload is a protocol under the storm.
type Workload struct {
	Name string
	// Plan is the protocol; a seed may choose among variants of it.
	Plan func(seed uint64) *session.Plan
	// Params are the client's parameters, as the plan's encoders take them.
	Params any
	// Open makes a client of that plan, as a user does.
	Open func(plan *session.Plan, opts ...runtime.Option) (Handle, error)
	// Serve makes the device answer. It has a greeting and a handler for every
	// command; what it answers echoes what was asked, as far as it can.
	Serve func(f *Fake)
	// Ask makes up what a caller asks next; n is another number each time.
	Ask func(h Handle, r *rand.Rand, n int) Op
	// Flood is one of many commands that are asked at once.
	Flood func(h Handle, r *rand.Rand, n int) Op
	// Know names a command that the device received: by its ID, as the Op's,
	// and by its key, where it lasts or undoes. The frame has no end.
	Know func(command string, frame []byte) (id, key string)
	// Failed reports whether an error is the server's answer.
	Failed func(error) bool

	// Tag is the id in a line, sent or received, where there are ids.
	Tag func(line []byte) string
	// Event makes the frame of event n, without its end; nil: there are none.
	// KnowEvent gives its ID, or nothing for what others send.
	Event     func(n int) string
	KnowEvent func(frame []byte) string
	// Denied refuses a login, where one can be refused.
	Denied string
	// Ack is the probe's ack on the wire, for plans whose life is the probe.
	Ack string
	// TLS: the clients of some seeds speak it.
	TLS bool
	// Offer greets with an offer of TLS, or with none, as where somebody on the path
	// has taken it away; nil: there is none to take.
	Offer func(f *Fake, tls bool)
	// Exact: a device that loses one reply and sends the next cannot be told
	// from one that answers wrongly, so that none does.
	Exact bool
	// Twice: the handlers may answer twice what echoes (Fake.Answer), because a
	// second reply cannot be taken for another's.
	Twice bool
}

// Handle is a generated client, as far as all have it.
type Handle interface {
	Run(ctx context.Context) error
	Close() error
	Shutdown(ctx context.Context) error
	ReconnectNow()
	State() session.State
	States(ctx context.Context) iter.Seq[runtime.StateChange]
	Stats() runtime.Stats
}

// Op is one thing that a caller asks.
type Op struct {
	ID   string // as Workload.Know names it; empty: it cannot be told
	Key  string // of a lasting or undoing command, where the caller knows it
	Want string // what the reply must echo; empty: nothing
	// Command is its name in the plan.
	Command string
	// Do asks, waits, and returns what the reply echoes.
	Do func(ctx context.Context) (got string, err error)
}

// Fake is the device under the storm.
type Fake struct {
	*device.Device
	twice   atomic.Bool // what echoes is answered twice
	doubled atomic.Bool // something was
}

// offer lets the device offer TLS, or not, where the workload has an offer.
func (f *Fake) offer(l *Workload, tls bool) {
	if l.Offer != nil {
		l.Offer(f, tls)
	}
}

// Answer replies, twice where that is the fault.
func (f *Fake) Answer(r *device.Request, frame string) {
	r.Reply(frame)
	if f.twice.Load() {
		f.doubled.Store(true)
		r.Reply(frame)
	}
}
