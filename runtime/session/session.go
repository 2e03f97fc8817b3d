package session

import (
	"fmt"
	"math"
	"sync/atomic"
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
	Addresses  int           // how many; at least 1
	TLS        bool          // encrypt the link, where the plan says optional
	Made       time.Duration // Now.Mono
	Seed       uint64        // of the jitter
	MaxWaiting int           // calls that may wait for READY or for a free slot; 0: 16,384
	Trace      bool          // fill Effects.Traces
}

// Session is one client's connection to its device, as a passive value: it
// owns no goroutine, timer, connection or clock. Drivers step it, one step at
// a time, under a lock of their own; only Heard, LastHeard, Dead and Count need none.
type Session struct {
	plan *Plan
	*compiled
	*busy // nil since Rest

	*special

	params     any
	counter    atomic.Uint64 // of count() in the spec
	addresses  int32
	maxWaiting int32
	traces     bool
	tls        bool
	state      State
	from       State // the one before
	failed     bool  // why it ended is lastErr
	drain      drain
	probing    uint8 // which probe the link's mode has, from 1; 0: none
	stats      counters

	since    time.Duration // when the state began
	link     link
	watchdog watchdog
	schedule schedule
}

// special is what the sessions of few plans have.
type special struct {
	captured [][]byte // the last frames of the link, by message; nil: none are kept
	lets     [][]byte // what steps of the link made
	ids      ids
	stream   *stream  // nil: there is neither telnet nor an echo
	lasting  *lasting // nil: no command is lasting
	beating  beating
	// lastReady is when READY ended last, or Start: where give_up counts from.
	lastReady time.Duration
}

// nothing is what is special of most sessions. It is never written to.
var nothing special

// New makes a session in state Idle. It panics on a Plan that cannot work (an
// index out of range, a zero timeout), which generated code never has.
func New(plan *Plan, o Options) *Session {
	s := new(Session)
	s.Init(plan, o)
	return s
}

// Init makes a session of s, which was none, as New does.
func (s *Session) Init(plan *Plan, o Options) {
	c, err := plan.compiled()
	if err != nil {
		panic(fmt.Sprintf("session: plan of %s: %v", plan.Vendor, err))
	}
	if o.MaxWaiting == 0 {
		o.MaxWaiting = 16384
	}
	s.plan, s.compiled, s.traces = plan, c, o.Trace
	s.addresses, s.maxWaiting = int32(max(o.Addresses, 1)), int32(min(o.MaxWaiting, math.MaxInt32))
	s.params, s.tls = o.Params, plan.TLS == TLSAlways || plan.TLS == TLSOptional && o.TLS
	s.special = c.special(plan)
	s.schedule.random, s.since = o.Seed, o.Made
	s.watchdog.choose(s)
}

// special is what a new session has of it.
func (c *compiled) special(p *Plan) *special {
	if !c.captures && p.Lets == 0 && p.Match != MatchID && !c.lasts && !p.Stream.Telnet && !p.Stream.Echo &&
		!p.Liveness.told() && p.Reconnect.GiveUpElapsed == 0 {
		return &nothing
	}
	special := &special{lets: make([][]byte, p.Lets)}
	if c.captures {
		special.captured = make([][]byte, len(p.Messages))
	}
	if c.lasts {
		special.lasting = new(lasting)
	}
	if p.Stream.Telnet || p.Stream.Echo {
		special.stream = new(stream)
	}
	return special
}

// Start leaves Idle: the first dial is asked for at once.
func (s *Session) Start(now Now) {
	s.at(now)
	if s.state != Idle {
		return
	}
	s.countsAgain()
	s.dial(started, nil)
}

// State is the current state.
func (s *Session) State() State { return s.state }

// Stats are the counters so far.
func (s *Session) Stats() Stats { return s.stats.all() }

// Count gives 1, 2, 3 …: the values of count() in the spec. It may be called without
// the lock.
func (s *Session) Count() uint64 { return s.counter.Add(1) }

// Epoch is the current link's number; 0 before the first dial.
func (s *Session) Epoch() Epoch { return s.link.epoch }

// LastErr is why the last link ended; nil: as planned, or none has.
func (s *Session) LastErr() error { return s.schedule.lastErr }

// Err is why the session is Closed; nil before, and after Shutdown.
func (s *Session) Err() error {
	if s.state != Closed {
		return nil
	}
	return s.schedule.lastErr
}

// Effects are what the steps since the last Reset ask for. They are the
// session's, until Rest.
func (s *Session) Effects() *Effects {
	s.wakes()
	return &s.fx
}

// at begins a step.
func (s *Session) at(now Now) {
	s.wakes()
	s.now = now
	s.watchdog.clocks(s, now)
}

// note adds a line for the log.
func (s *Session) note(err error, format string, args ...any) {
	s.fx.Notes = append(s.fx.Notes, Note{Text: fmt.Sprintf(format, args...), Err: err})
}
