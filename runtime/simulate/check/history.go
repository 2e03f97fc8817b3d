package check

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Run is one recorded run of clients against one device.
type Run struct {
	Plan    *session.Plan
	TLS     bool // the clients were to speak it
	Clients []*Client
	Seen    []Seen // by the device, oldest first
	Ack     string // what the probe's ack looks like on the wire, with its end; for life: probe
	// Tag is the id in a line, sent or received; nil: there are none.
	Tag     func(line []byte) string
	Doubles bool          // the device answered some things twice: a second reply may be the next call's
	Calm    time.Duration // when all trouble was mended
	Last    time.Duration // when the clients that were left were told to end, READY again by then; 0: never
	End     time.Duration // of the run
}

// Client is one client, from New to the end.
type Client struct {
	Addresses  int
	MaxWaiting int // 0: the driver did not say

	Links    []Link
	Changes  []Change
	Calls    []*Call // in the order of their submission
	Events   []Event // all that were delivered, where Told
	Chunks   []Chunk
	Absences []Absence
	Shifts   []Shift
	Hurried  []time.Duration // Mono of each ReconnectNow
	Peak     Peak

	// Told: the driver also says these.
	Told    bool
	Ended   time.Duration // Mono of the first Close or Shutdown; 0: there was none
	Writes  []Write
	Probes  []Handed      // of the heartbeat's probe, and of what interrupts a long poll
	EndMono time.Duration // its clock at the end of the run
	Left    *Left         // after it was closed; nil: it was not
}

// Link is one dial and its connection; Conn is the device's number of it.
type Link struct {
	Epoch     session.Epoch
	Address   int
	Dialed    time.Duration
	Connected time.Duration // 0: never
	Closed    time.Duration // 0: never
	Conn      int           // 0: none

	// Where the clients speak TLS:
	Wrote   []byte // what went onto the wire
	Secured bool   // the device saw a handshake through, as far as is known
	Refused bool   // a certificate was not accepted, and the driver said so
}

// Change is a change of state; its At is Mono, World the world's time.
type Change struct {
	session.Change
	World time.Duration
}

// Outcome is how a call ended.
type Outcome uint8

// The outcomes of a call.
const (
	Open    Outcome = iota // it has not ended
	Replied                // with its reply
	Written                // nothing answers it, and it was handed over
	Failed                 // the server answered with an error
	NotSent                // an error, with its fate
	Unknown
	Strange // an error of a kind that no call may have
)

// Call is one command.
type Call struct {
	Command int
	ID      string // what the device's record of it is called too; empty: it cannot be told
	Key     string // of a lasting or undoing command
	Tag     string // the id in its frame; empty: it has none
	Bytes   int    // of its frame
	Several bool   // it is a command made of several, of which these are the first's

	Submitted, Finished time.Duration
	Until               time.Duration // its context ended; 0: it did not
	Ends                int           // how often it ended
	Detached            bool          // its caller went on before it ended
	Canceled            bool

	Outcome   Outcome
	Want, Got string // what the reply echoes; an empty Want: nothing
	Err       error

	// Told: the driver also says these.
	Told                        bool
	SubmittedMono, FinishedMono time.Duration
	FailFast                    bool
	Handed                      []Handed
}

// Handed is one hand-over to the kernel.
type Handed struct {
	Mono  time.Duration
	Epoch session.Epoch
}

// Event is an event that was delivered.
type Event struct {
	At    time.Duration
	Epoch session.Epoch
	ID    string // as of the device's record; empty: it cannot be told
}

// Chunk is one read of the client.
type Chunk struct {
	Mono  time.Duration
	Epoch session.Epoch
	Bytes []byte // none: encrypted
}

// Write is one batch, from its hand-over until the kernel had all of it.
type Write struct {
	Mono  time.Duration
	Epoch session.Epoch
	Bytes int
	Done  time.Duration // Mono; 0: the kernel never had
}

// Absence is a time in which nothing of the client ran. No two overlap.
type Absence struct{ From, To, FromMono, ToMono time.Duration }

// Shift is a step at which the wall clock had moved against the monotonic one.
type Shift struct{ Mono, By time.Duration }

// Peak are the most bytes that there were at once; see package simulate.
type Peak struct{ Held, Batch int }

// Left is what a closed client still had.
type Left struct {
	Deadline    bool // something was due
	Open        int  // connections and dials
	Outstanding int  // calls
}

// Seen is a thing that the device saw, or sent unasked.
type Seen struct {
	At      time.Duration
	Conn    int
	Emitted bool   // an event that went out; else a command that came
	Garbled bool   // it was no command at all
	Command int    // which
	ID      string // empty: it cannot be told
	Key     string // of a lasting or undoing command
	// Answered is when a command's answer had gone out, to the last byte;
	// Unanswered: it did not; 0: that cannot be told.
	Answered time.Duration
}

// came: it is a command that the device got.
func (s *Seen) came() bool { return !s.Emitted && !s.Garbled }

// Unanswered is the time of an answer that never went out.
const Unanswered time.Duration = -1
