package session

import "time"

// Effects is what the driver must do after a step. What concerns the connection
// is done in the order of the fields; the rest each in its own order. The driver
// takes it all, then calls Effects.Reset.
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
	// Posted tells of the commands that Post has taken.
	Posted []Posted
	// Changes are the state changes, in order.
	Changes []Change
	// Notes are to be logged; never a field's value.
	Notes []Note
	// Traces are what an observer sees, in order; only with Options.Trace.
	Traces []Trace

	key []byte // scratch of echoes
}

// Dial asks for a connection.
type Dial struct {
	Epoch   Epoch
	Address int           // index into Options.Addresses
	Timeout time.Duration // resolve, connect and (TLS from the start) handshake together
	TLS     bool          // begin with TLS
}

// Arrival is one event: a message that nobody waited for.
type Arrival struct {
	Message int    // None for an unknown message (Unexpected.Message: Deliver)
	Frame   []byte // without its terminator; aliases the input buffer
	// Link, if not 0, is where an answer is due once the program has handled the
	// event: Session.Handled sends it.
	Link Epoch
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

// counters are Stats, without room for what never becomes so many.
type counters struct {
	FramesSent, FramesReceived uint64
	BytesSent, BytesReceived   uint64
	RTT                        time.Duration
	Probes                     uint32
	Dials, Links, Readies      uint32
	rare                       *rare // nil: all are 0
}

// rare are the counters that stay 0 where all is well.
type rare struct{ EventsUnknown, RepliesUnawaited, ProbesMissed, Repeated uint64 }

func (c *counters) rarely() *rare {
	if c.rare == nil {
		c.rare = new(rare)
	}
	return c.rare
}

func (c *counters) all() Stats {
	seldom := c.rare
	if seldom == nil {
		seldom = new(rare)
	}
	return Stats{
		Dials: uint64(c.Dials), Links: uint64(c.Links), Readies: uint64(c.Readies),
		FramesSent: c.FramesSent, FramesReceived: c.FramesReceived,
		BytesSent: c.BytesSent, BytesReceived: c.BytesReceived,
		Probes: uint64(c.Probes), ProbesMissed: seldom.ProbesMissed,
		EventsUnknown: seldom.EventsUnknown, RepliesUnawaited: seldom.RepliesUnawaited,
		Repeated: seldom.Repeated, RTT: c.RTT,
	}
}

// None reports whether there is nothing to do.
func (f *Effects) None() bool {
	return !f.Abort && f.Dial == nil && !f.StartTLS && !f.Flush && !f.HalfClose &&
		len(f.Events) == 0 && len(f.Finished) == 0 && len(f.Posted) == 0 && len(f.Changes) == 0 && len(f.Notes) == 0 && len(f.Traces) == 0
}

// Reset forgets the effects, keeping their memory.
func (f *Effects) Reset() {
	clear(f.Events)
	clear(f.Finished)
	clear(f.Posted)
	clear(f.Changes)
	clear(f.Notes)
	*f = Effects{
		key:      f.key,
		Events:   f.Events[:0],
		Finished: f.Finished[:0],
		Posted:   f.Posted[:0],
		Changes:  f.Changes[:0],
		Notes:    f.Notes[:0],
		Traces:   f.Traces[:0],
	}
}
