package session

import (
	"fmt"
	"math"
	"time"
)

// Now is a moment: both clocks count from a base that the driver chose once.
type Now struct {
	Mono time.Duration // monotonic clock
	Wall time.Duration // boot time where there is one, else wall time: it goes on while the machine sleeps
}

// Epoch numbers the links of a client from 1. Everything that comes from a
// link bears its epoch; what comes from an old one is dropped.
type Epoch uint64

// Options are the client's own, beside the vendor's Plan.
type Options struct {
	Params     any
	Addresses  int    // how many; at least 1
	TLS        bool   // encrypt the link, where the plan says optional
	Seed       uint64 // of the jitter
	MaxWaiting int    // calls that may wait for READY or for a free slot; 0: 16,384
	Trace      bool   // fill Effects.Traces
	// Count is the driver's counter for count() in the spec, shared with its
	// callers' commands; nil: the session's own, from 1.
	Count func() uint64
}

// Session is one client's connection to its device, as a passive value: it
// owns no goroutine, timer, connection or clock. Drivers step it, one step at
// a time, under a lock of their own; only Heard and Dead need none.
type Session struct {
	plan *Plan
	*compiled
	addresses  int32
	maxWaiting int32
	traces     bool
	state      State
	drain      drain

	now   Now      // of the current step
	err   error    // why it is Closed
	fx    *Effects // nil: none since Rest
	stats Stats
	vars  Vars

	link     link
	script   script
	queue    queue
	batch    batch
	flight   flight
	ids      ids
	stream   *stream  // nil: there is neither telnet nor an echo
	lasting  *lasting // nil: no command is lasting
	standby  standby
	sequence sequence
	watchdog watchdog
	schedule schedule
}

// New makes a session in state Idle. It panics on a Plan that cannot work (an
// index out of range, a zero timeout), which generated code never has.
func New(plan *Plan, o Options) *Session {
	c, err := plan.compiled()
	if err != nil {
		panic(fmt.Sprintf("session: plan of %s: %v", plan.Vendor, err))
	}
	if o.MaxWaiting == 0 {
		o.MaxWaiting = 16384
	}
	s := &Session{plan: plan, compiled: c, addresses: int32(max(o.Addresses, 1)), maxWaiting: int32(min(o.MaxWaiting, math.MaxInt32)), traces: o.Trace}
	s.vars = Vars{Params: o.Params, Lets: make([][]byte, plan.Lets), TLS: plan.TLS == TLSAlways || plan.TLS == TLSOptional && o.TLS}
	if c.captures {
		s.vars.Captured = make([][]byte, len(plan.Messages))
	}
	if s.vars.Count = o.Count; o.Count == nil {
		var n uint64
		s.vars.Count = func() uint64 { n++; return n }
	}
	if plan.Match != MatchOrder {
		s.flight.awaited = make([]int32, len(plan.Messages))
	}
	if plan.lasts() {
		s.lasting = new(lasting)
	}
	if plan.Stream.Telnet || plan.Stream.Echo {
		s.stream = new(stream)
	}
	s.schedule.random.Seed(o.Seed, o.Seed^0x9e3779b97f4a7c15)
	s.watchdog.choose(s)
	return s
}

// Start leaves Idle: the first dial is asked for at once.
func (s *Session) Start(now Now) {
	s.at(now)
	if s.state != Idle {
		return
	}
	s.schedule.lastReady = now.Mono
	s.dial(started, nil)
}

// State is the current state.
func (s *Session) State() State { return s.state }

// Stats are the counters so far.
func (s *Session) Stats() Stats { return s.stats }

// Epoch is the current link's number; 0 before the first dial.
func (s *Session) Epoch() Epoch { return s.link.epoch }

// Err is why the session is Closed; nil before, and after Shutdown.
func (s *Session) Err() error { return s.err }

// Effects are what the steps since the last Reset ask for. They are the
// session's, until Rest.
func (s *Session) Effects() *Effects {
	if s.fx == nil {
		s.fx = effects.Get().(*Effects)
	}
	return s.fx
}

// at begins a step.
func (s *Session) at(now Now) {
	s.now = now
	s.Effects()
	s.watchdog.clocks(s, now)
}

// note adds a line for the log.
func (s *Session) note(err error, format string, args ...any) {
	s.fx.Notes = append(s.fx.Notes, Note{Text: fmt.Sprintf(format, args...), Err: err})
}
