package session

import "time"

// Now is a moment: both clocks count from a base that the driver chose once.
type Now struct {
	Mono time.Duration // monotonic clock
	Wall time.Duration // boot time where there is one, else wall time: it goes on while the machine sleeps
}

// Epoch numbers the links of a client from 1. Everything that comes from a
// link bears its epoch; what comes from an old one is dropped.
type Epoch uint64

// Call is one command on its way. The driver makes it, fills the request and
// submits it; from then until it is in Effects.Finished (or Cancel returned)
// it belongs to the session, and the caller must not touch it.
type Call struct {
	// The request.
	Command int
	Frame   []byte // encoded, with its end; empty is not allowed
	Echo    []byte // key encoding of the echoed fields; empty: nothing is echoed
	Lasting []byte // key of a lasting or undoing command
	// FailFast ends the call at once when the session is not READY.
	FailFast bool

	// The outcome, valid once finished.
	Message int    // the reply's message, or None
	Reply   []byte // the reply's frame; reused when the call is reused
	Class   Class  // of the reply
	Err     error  // *Error, or nil: then Message is the reply, or None where none is expected

	// Done is the driver's, to wake the caller; the session never uses it.
	Done chan struct{}
}

// Effects is what the driver must do after a step, in the order of the
// fields. It takes it all, then calls Effects.Reset.
type Effects struct {
	// Abort: reset (linger 0) and close the current connection, or stop
	// dialling. It comes before Dial in the same set of effects.
	Abort bool
	// Dial, if not nil: open a connection, and answer with Dialed or DialFailed.
	Dial *Dial
	// StartTLS: begin the TLS handshake on the current connection, from the
	// reader; answer with Secured or Lost.
	StartTLS bool
	// Flush: frames wait and no write is in progress: call Batch, write it,
	// call Wrote, until Batch is empty.
	Flush bool
	// HalfClose: shut the sending side down, go on reading to the end.
	HalfClose bool
	// Events are to be delivered in order. Frames alias the input buffer.
	Events []Arrival
	// Finished are the calls that ended; they are the driver's again.
	Finished []*Call
	// Changes are the state changes, in order.
	Changes []Change
	// Notes are to be logged; never a field's value.
	Notes []Note
}

// Dial asks for a connection.
type Dial struct {
	Epoch   Epoch
	Address int           // index into Options.Addresses
	Timeout time.Duration // resolve, connect and (TLS from the start) handshake together
	TLS     bool          // begin with TLS
}

// State of a client.
type State uint8

// The states of a client.
const (
	Idle     State = iota // not yet run
	Dialing               // a connection is being opened
	Greeting              // TLS, greeting, login, ready steps, replay
	Ready                 // commands flow
	Suspect               // READY, but a probe has been unanswered for half its time
	Backoff               // waiting to dial again
	Draining              // Shutdown: no new commands
	Closed                // final
)

// Change is one change of state.
type Change struct {
	From, To State
	At       time.Duration // Now.Mono
	Err      error         // why, where it was not by plan
	Attempt  int           // failed passes in a row
	Delay    time.Duration // until the next dial, on the way to Backoff
	Epoch    Epoch
	Address  int
}

// Arrival is one event: a message that nobody waited for.
type Arrival struct {
	Message int    // None for an unknown message (Unexpected.Message: Deliver)
	Frame   []byte // without its terminator; aliases the input buffer
}

// Note is something worth a log line.
type Note struct {
	Text string
	Err  error
}

// Stats are the counters of a client, since New.
type Stats struct {
	Dials, Links, Readies           uint64 // attempts, connections, times READY
	FramesSent, FramesReceived      uint64
	BytesSent, BytesReceived        uint64
	Probes, ProbesMissed            uint64
	EventsUnknown, RepliesUnawaited uint64
	Repeated                        uint64        // idempotent commands sent once more
	RTT                             time.Duration // of the last probe; 0: none yet
}

// Options are the client's own, beside the vendor's Plan.
type Options struct {
	Params     any
	Addresses  int    // how many; at least 1
	TLS        bool   // encrypt the link, where the plan says optional
	Seed       uint64 // of the jitter
	MaxWaiting int    // calls that may wait for READY or for a free slot; 0: 16,384
}

// New makes a session in state Idle. It panics on a Plan that cannot work
// (an index out of range, a zero timeout), which generated code never has.
func New(plan *Plan, o Options) *Session { panic("stub") }

// Start leaves Idle: the first dial is asked for at once.
func (s *Session) Start(now Now) { panic("stub") }

// Dialed: the connection of epoch is open (and encrypted, where Dial.TLS).
func (s *Session) Dialed(now Now, e Epoch) { panic("stub") }

// DialFailed: it is not. refused: the certificate was not accepted.
func (s *Session) DialFailed(now Now, e Epoch, err error, refused bool) { panic("stub") }

// Secured: the handshake asked for by Effects.StartTLS is done.
func (s *Session) Secured(now Now, e Epoch) { panic("stub") }

// Heard notes that bytes were read at mono. It may be called without the lock,
// and before Input, so that the watchdog knows of them at once.
func (s *Session) Heard(mono time.Duration) { panic("stub") }

// Input takes received bytes. consumed of them are done with; the rest must be
// at the start of the next call's buf, which must have room for need more.
// Effects.Events and their frames are valid until buf is changed.
func (s *Session) Input(now Now, e Epoch, buf []byte) (consumed, need int) { panic("stub") }

// Lost: the connection of epoch ended: io.EOF, a read or write error, a failed handshake.
func (s *Session) Lost(now Now, e Epoch, err error) { panic("stub") }

// Submit takes a call: it is queued, waits for READY, or ends at once.
// detached: the command has no reply and room in the queue, the caller may
// go; the session (through Effects.Finished) gives the call back later.
func (s *Session) Submit(now Now, c *Call) (detached bool) { panic("stub") }

// Cancel ends a call whose caller's context is done. Where the call had ended
// already, ended is true and its outcome stands; else the call now belongs to
// the session for good (a reply may still come for it), and err is what the
// caller returns.
func (s *Session) Cancel(now Now, c *Call, cause error) (err error, ended bool) { panic("stub") }

// Batch hands over what is to be written next, at most 256 KiB or one larger
// frame, and starts its write deadline; nil: nothing waits. From here on the
// fate of these frames is Unknown. The buffer is the session's: it must not
// be kept after Wrote.
func (s *Session) Batch(now Now, e Epoch) []byte { panic("stub") }

// Wrote ends the batch: written as a whole, or err, which ends the link.
func (s *Session) Wrote(now Now, e Epoch, err error) { panic("stub") }

// Tick does what is due. The driver calls it at Deadline, or later.
func (s *Session) Tick(now Now) { panic("stub") }

// Deadline is when Tick is to be called next; ok is false where nothing is due.
// It may move after every step.
func (s *Session) Deadline() (at time.Duration, ok bool) { panic("stub") }

// Dead reports, without the lock, that the watchdog's time is over: the driver
// resets and closes the connection before it takes the lock to call Tick.
func (s *Session) Dead(mono time.Duration) bool { panic("stub") }

// ReconnectNow dials at once, from Backoff, forgetting the delay (not the count).
func (s *Session) ReconnectNow(now Now) { panic("stub") }

// Shutdown refuses new commands, drains, logs out, half-closes and reads to the end.
func (s *Session) Shutdown(now Now) { panic("stub") }

// Close ends everything; cause nil: ErrClosed.
func (s *Session) Close(now Now, cause error) { panic("stub") }

// Effects are what the steps since the last Reset ask for.
func (s *Session) Effects() *Effects { panic("stub") }

// State is the current state.
func (s *Session) State() State { panic("stub") }

// Stats are the counters so far.
func (s *Session) Stats() Stats { panic("stub") }

// Epoch is the current link's number; 0 before the first dial.
func (s *Session) Epoch() Epoch { panic("stub") }

// Err is why the session is Closed; nil before.
func (s *Session) Err() error { panic("stub") }

// Reset forgets the effects, keeping their memory.
func (f *Effects) Reset() { panic("stub") }

// Session is one client's connection to its device, as a passive value: it
// owns no goroutine, timer, connection or clock. Drivers step it, one step at
// a time, under a lock of their own; only Heard and Dead need none.
type Session struct{}
