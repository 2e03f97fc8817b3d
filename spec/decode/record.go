package decode

import (
	"time"

	"github.com/linewright/linewright/spec/dynamic"
)

// Record is what became of a piece of a connection.
type Record struct {
	Kind Kind
	At   time.Duration // of its last byte, since the capture began
	Conn int
	From Direction
	// Offset is that of its first byte, in what its side has sent on the connection as far
	// as the capture has it, and without telnet's commands; Size is how long it is.
	Offset, Size int64
	Name         string         // of the message or command
	Values       dynamic.Values // its fields
	Trouble      *Trouble       // of what was not understood
	// Bytes are what was not understood, or its beginning; Hidden: they may hold a
	// secret, and the rest is left out.
	Bytes          []byte
	Hidden         bool
	Client, Server string // Connection
	Midway         bool   // Connection
}

// Kind is the kind of a [Record].
type Kind uint8

// The kinds of records.
const (
	Frame      Kind = iota // a message or a command
	Unknown                // bytes that are neither
	Echo                   // a line of the client's that came back
	Cut                    // a part of a frame, the rest of which the capture lacks
	Gap                    // bytes that the capture lacks
	Encrypted              // TLS begins
	Connection             // a connection begins
)

var kinds = [...]string{"frame", "unknown", "echo", "cut", "gap", "tls", "connection"}

// String is the kind's name.
func (k Kind) String() string { return kinds[k] }

// MarshalText implements [encoding.TextMarshaler].
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Trouble is why bytes were not understood.
type Trouble struct {
	// Reason is in words, and holds nothing that came.
	Reason string `json:"reason"`
	// Nearest is the message or command that reads more of them than any other; empty:
	// none begins so. Where it goes on otherwise: Field, or what else is there (literal,
	// length, end), at Offset in the frame. Due is the text that would be there.
	Nearest string `json:"nearest,omitempty"`
	Field   string `json:"field,omitempty"`
	Due     string `json:"due,omitempty"`
	Offset  int    `json:"offset"`
	begun   bool   // all is there that the nearest begins with
}

// Totals are sums over all connections.
type Totals struct {
	Connections int   `json:"connections"`
	Frames      int64 `json:"frames"`  // understood
	Unknown     int64 `json:"unknown"` // records of bytes that were not
	Bytes       int64 `json:"bytes"`   // that the capture has, of these:
	BytesBad    int64 `json:"bytes_not_understood"`
	BytesTLS    int64 `json:"bytes_encrypted"`
	BytesCut    int64 `json:"bytes_cut"` // parts of frames of which the rest is missing
	BytesLost   int64 `json:"bytes_missing"`
	Gaps        int64 `json:"gaps"`
}

// Undecodable reports whether there were bytes that could not be understood, or not be
// read as they are encrypted.
func (t *Totals) Undecodable() bool { return t.BytesBad+t.BytesTLS > 0 }
