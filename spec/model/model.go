// Package model is a spec, resolved: every default filled in, every type, frame
// and session plan final. It is plain data that all tools read; package spec
// makes it, nothing changes it.
package model

import "time"

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
	Modes    []string // the names of those that follow ModeReady
	Params   []*Field
	Frame    *Frame   // the first of Frames
	Frames   []*Frame // as templates number them
	Types    []*Type  // named types, in the document's order
	Messages []*Message
	Commands []*Command
	// Sequences are the commands that are made of several; Commands does not hold them.
	Sequences []*Command

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
	// IdleClose is when the server closes a link on which it hears nothing; 0: it
	// does not, or nobody knows.
	IdleClose time.Duration
	// PerCommand: each command of a caller has a connection of its own.
	PerCommand bool
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
	Content string   // text, binary or json
	Ends    []string // bytes, as they are on the wire; empty: see Packet and [Frame.EndsItself]
	SendEnd string
	Max     int     // bytes
	MaxLine int     // bytes
	Empty   string  // frame or drop
	Charset string  // utf8, ascii, latin1
	Packet  *Packet // nil: frames are lines
	Use     string  // both, send, receive
	In      []int   // the modes that have such frames; empty: all
	Prefix  string  // what each frame of this kind begins with, where there are several kinds
}

// EndsItself reports whether nothing ends a frame but the JSON object that it is.
func (f *Frame) EndsItself() bool {
	return f.Content == "json" && len(f.Ends) == 0 && f.Packet == nil
}

// Packet is what a frame has that is more than lines. Then Ends and SendEnd of
// the frame are about lines inside it, and are empty in binary frames.
type Packet struct {
	Extent Extent
	Starts string
	Ends   []string // ExtentEnds
	Sends  string
	Size   Size // ExtentCount
	Fixed  int  // bytes, ExtentFixed
	Layout *Template
	// Head and Tail are the bytes of the layout before and behind the payload; a
	// count of no fixed width is left out.
	Head, Tail int
	Escape     *Escape
	Sum        *Sum
}

// Extent is how the end of a frame is found.
type Extent string

// The values of [Extent].
const (
	ExtentEnds  Extent = "ends"
	ExtentCount Extent = "count"
	ExtentFixed Extent = "fixed"
	ExtentSelf  Extent = "self"
)

// Size is the count in a layout.
type Size struct {
	At   int   // bytes of the content before it
	Type *Type // uint in binary form, digits, hex, or uint: decimal digits
	Add  int   // what it says more than the bytes behind it
}

// Escape is how bytes are sent that would be taken for a marker.
type Escape struct {
	Byte           byte
	Escaped, Codes string // bytes, and what stands for each behind Byte
	Double         bool   // Byte stands twice for itself
}

// Sum is the checksum in a layout.
type Sum struct {
	Algorithm    string
	At, From, To int // places in the content; negative, and a To of 0: from the end
	// Such a place is behind the count, which has no fixed width and is left out.
	AtBehind, FromBehind, ToBehind bool

	Type  *Type
	Lower bool // hex digits are sent in lower case
}
