package session

import "time"

// Call is one command on its way. The driver makes it, fills the request and
// submits it; from then until it is in Effects.Finished (or Cancel returned)
// it belongs to the session, and the caller must not touch it.
type Call struct {
	// The request.
	Command int
	Frame   []byte // encoded, with its end; empty is not allowed
	Echo    []byte // key encoding of the echoed fields; empty: nothing is echoed
	Lasting []byte // key of a lasting or undoing command
	ID      uint64 // of NewID, in Frame too; 0: the command has none
	// Encode, if not nil, makes Frame when the call is handed over, from what is
	// known of the link then. It is not called once the caller has gone.
	Encode func(dst []byte, v *Vars) ([]byte, error)
	// Sequence, if not nil, is what the call does: a command made of several, of Args.
	// Then Command, Frame, Echo and ID are the session's to fill; in the end Command is
	// the one that the outcome is of.
	Sequence *Sequence
	Args     any
	// FailFast ends the call at once when the session is not READY.
	FailFast bool

	// The outcome, valid once finished.
	Message int    // the reply's message, or None
	Reply   []byte // the reply's frame; reused when the call is reused
	Items   Items  // what came before the reply: Command.Each
	Class   Class  // of the reply
	Err     error  // *Error, or nil: then Message is the reply, or None where none is expected
	// Posted: nothing answers the command, and it waits for being written still, but its
	// caller may go: Effects.Posted tells how it ended.
	Posted bool

	// Done and Next are the driver's, to wake the caller and for a list of calls that
	// are not submitted yet; the session never uses them.
	Done chan struct{}
	Next *Call

	entry entry
}

// entry is the session's side of a call: where it is on its way.
type entry struct {
	prev, next *Call
	place      place
	role       role
	// deadline ends the wait for READY (while queued) or for the reply (in
	// flight); 0: none.
	deadline time.Duration
	timeout  time.Duration // for the reply; 0: none
	// abandoned: the caller is gone, the reply is still to come. Such an
	// entry is a tombstone: it takes its reply and keeps its deadline.
	abandoned bool
	// expired: the deadline has passed; the reply, if it comes, is late.
	expired bool
	// overtaken: an overdue command took a reply that may have been this one's.
	overtaken bool
	encoded   Epoch // the link that Encode has made the frame for
	repeated  bool  // it was already sent on an earlier link
	detached  bool  // no caller waits for it
	undone    bool  // a lasting call that was taken back before it ended
	crowds    bool  // it waits for room in the queue: see Session.letGo
	begun     bool  // of a sequence: a command of it was handed over
	staged    bool  // of a sequence: Frame is its next command

	order uint64 // among the calls that were submitted, where some last
	post  *post  // whose call it is; nil: a caller's, or the session's
}

// place is where a call is.
type place uint8

const (
	nowhere  place = iota // the driver's
	queued                // in queue
	writing               // without a reply, in the batch that is being written
	inFlight              // handed over, awaiting its reply
	pausing               // a sequence, before it sends a command again
)

// role is what a call is for.
type role uint8

const (
	forCaller role = iota
	forScript      // a step of greeting, login, ready or logout
	forReplay      // a lasting command, sent again
	forProbe
	forAnswer // an answer or a beat: nobody waits for it
	forStandby
	forUndo // ends a sequence that does not reach its end
)

// calls is a list of calls, linked through their entries: each call is in one
// list at most, and leaves it in constant time.
type calls struct {
	head, tail *Call
	n          int
}

func (l *calls) pushBack(c *Call) {
	c.entry.prev, c.entry.next = l.tail, nil
	if l.tail == nil {
		l.head = c
	} else {
		l.tail.entry.next = c
	}
	l.tail = c
	l.n++
}

func (l *calls) pushFront(c *Call) {
	c.entry.prev, c.entry.next = nil, l.head
	if l.head == nil {
		l.tail = c
	} else {
		l.head.entry.prev = c
	}
	l.head = c
	l.n++
}

func (l *calls) remove(c *Call) {
	if c.entry.prev == nil {
		l.head = c.entry.next
	} else {
		c.entry.prev.entry.next = c.entry.next
	}
	if c.entry.next == nil {
		l.tail = c.entry.prev
	} else {
		c.entry.next.entry.prev = c.entry.prev
	}
	c.entry.prev, c.entry.next = nil, nil
	l.n--
}

// insertBefore puts c before at, or at the end where at is nil.
func (l *calls) insertBefore(at, c *Call) {
	switch {
	case at == nil:
		l.pushBack(c)
	case at.entry.prev == nil:
		l.pushFront(c)
	default:
		c.entry.prev, c.entry.next = at.entry.prev, at
		at.entry.prev.entry.next = c
		at.entry.prev = c
		l.n++
	}
}
