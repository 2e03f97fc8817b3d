// Package model is a spec, resolved: every default filled in, every type, frame
// and session plan final. It is plain data that all tools read; package spec
// makes it, nothing changes it.
package model

// Pos is a place in the document; both count from 1, columns in runes. The
// zero Pos means that a value is a default.
type Pos struct{ Line, Col int }

// Named is what everything with a name has.
type Named struct {
	Name       string // in the spec: snake_case, types PascalCase
	GoName     string // go_name, where given
	Doc        string
	Ref        string // clause of the vendor's manual
	Since      string
	Deprecated string // why; empty: it is not
	Pos        Pos
}

// Protocol is one vendor's protocol.
type Protocol struct {
	Named   // Name is the vendor
	Title   string
	Version string
	Sources []Source

	Endpoint Endpoint
	Stream   Stream
	Params   []*Field
	Frame    *Frame
	Types    []*Type // named types, in the document's order
	Messages []*Message
	Commands []*Command

	Session    Session
	Liveness   Liveness
	Answers    []*Answer
	Timeouts   Timeouts
	Reconnect  Reconnect
	Replies    Replies
	Unexpected Unexpected
}

// Source is a document that the spec was made from.
type Source struct{ ID, Text string }

// Endpoint is where the server listens.
type Endpoint struct {
	Port    uint16
	TLS     TLS
	Clients int // that the device serves at once; 0: not limited
}

// Stream is what lies below the frames.
type Stream struct {
	Telnet bool   // refuse
	Echo   bool   // what we send comes back
	Write  string // batch, frame
}

// TLS is endpoint.tls.
type TLS string

// The values of [TLS].
const (
	TLSNever    TLS = "never"
	TLSOptional TLS = "optional"
	TLSAlways   TLS = "always"
)

// Frame is one entry of frames.
type Frame struct {
	Named
	Ends    []string // bytes, as they are on the wire
	SendEnd string
	Max     int    // bytes
	MaxLine int    // bytes
	Empty   string // frame or drop
	Charset string // utf8, ascii, latin1
}
