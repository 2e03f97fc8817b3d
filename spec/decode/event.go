package decode

import "time"

// Direction is who has sent something, seen from the client.
type Direction uint8

// The directions.
const (
	Received Direction = iota // by the server: messages
	Sent                      // by the client: commands
)

// String is the direction's name.
func (d Direction) String() string {
	if d == Sent {
		return "sent"
	}
	return "received"
}

// MarshalText implements [encoding.TextMarshaler].
func (d Direction) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Event is a piece of a capture.
type Event struct {
	Kind EventKind
	At   time.Duration // since the capture began; Untimed: nobody knows
	Conn int           // from 1, in the order in which they begin
	From Direction
	// Bytes are what came (Data). They are not kept.
	Bytes []byte
	// Lost is how many bytes are missing before what comes next (Missing); 0: nobody
	// knows.
	Lost int64
	// Of a connection that is Opened: its ends, where they are known.
	Client, Server string
	// Midway: the capture begins in the middle of what is Opened, or ends in the middle of
	// what is Closed.
	Midway bool
}

// Untimed is the time of what has none.
const Untimed time.Duration = -1

// EventKind is the kind of an [Event].
type EventKind uint8

// The kinds of events. A connection that is not said to be opened is by its first bytes.
const (
	Data    EventKind = iota
	Opened            // a connection begins, or the capture in the middle of it
	Missing           // the capture lacks what a side has sent
	Closed            // a side sends nothing more
)
