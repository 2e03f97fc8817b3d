package device

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// Device is a fake device. Its methods may be called from any goroutine,
// handlers included, but for Close, which waits for the handlers.
//
// The faults and events of the embedded Scope act on the whole device.
type Device struct {
	Scope

	plan     *session.Plan
	framing  wire.Framing // of what we receive
	dispatch *wire.Dispatch
	modal    bool // connections have modes that differ
	starter  int  // the command behind which TLS begins
	options  options
	start    time.Time

	mu        sync.Mutex
	handlers  map[int]func(*Request)
	otherwise func(*Request)
	greeting  [][]byte
	faults    faults
	next      next
	peers     map[int]*Peer // the open ones
	opened    int           // connections so far
	history   recorder
	runners   map[*runner]struct{}
	listeners []*listener
	closed    bool
	running   sync.WaitGroup
}

// options are what the Options set.
type options struct {
	buffer  int
	records int
	trace   func(Record)
	tls     *tls.Config
	roots   *x509.CertPool // of WithSelfSigned
}

// Option changes a Device on its way through New.
type Option func(*options)

// WithBuffer sets the room of a connection in memory, in bytes each way; the
// default, also for 0 and less, is 64 KiB. A client that the device does not
// read from blocks once it is full.
func WithBuffer(bytes int) Option { return func(o *options) { o.buffer = bytes } }

// WithHistory keeps the newest n records, at least one; the default is 65,536.
func WithHistory(n int) Option { return func(o *options) { o.records = n } }

// WithTrace calls f for each record, in order, as it enters the history. It is
// called under the device's lock: f must not block, nor call the device.
func WithTrace(f func(Record)) Option { return func(o *options) { o.trace = f } }

// New makes a device that speaks plan and answers nothing yet.
func New(plan *session.Plan, opts ...Option) *Device {
	d := &Device{
		plan:     plan,
		framing:  plan.Framing.Reversed(),
		modal:    modal(plan),
		starter:  starter(plan),
		options:  options{records: 1 << 16},
		start:    time.Now(),
		handlers: map[int]func(*Request){},
		peers:    map[int]*Peer{},
		runners:  map[*runner]struct{}{},
	}
	for _, opt := range opts {
		opt(&d.options)
	}
	shapes := make([]wire.Shape, len(plan.Commands))
	for i, c := range plan.Commands {
		shapes[i] = c.Shape
	}
	d.dispatch = wire.NewDispatch(shapes)
	d.history = recorder{max: max(d.options.records, 1), room: frameRoom, trace: d.options.trace}
	d.Scope = Scope{d: d}
	return d
}

// sendEnd is the line end for what a device sends: the client's own, where the
// client also accepts it.
func sendEnd(f wire.Framing) string {
	if len(f.Ends) == 0 || slices.Contains(f.Ends, f.SendEnd) {
		return f.SendEnd
	}
	return f.Ends[0]
}

// Close ends all connections and listeners, and waits until their goroutines
// and handlers have returned. Later dials are refused. It may be called twice.
func (d *Device) Close() error {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.Hangup()
	d.mu.Lock()
	listeners := d.listeners
	d.listeners = nil
	var running []*runner
	for r := range d.runners {
		running = append(running, r)
	}
	d.mu.Unlock()

	var errs []error
	for _, l := range listeners {
		errs = append(errs, l.close())
	}
	for _, r := range running {
		r.close()
	}
	d.running.Wait()
	return errors.Join(errs...)
}

// now is the time since New.
func (d *Device) now() time.Duration { return time.Since(d.start) }
