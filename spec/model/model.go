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

// Field is a named value: of a message, a command, a layout, a json type, or a
// parameter.
type Field struct {
	Named
	Type     *Type
	Optional bool
	Secret   bool
	Unit     string
	// Derived fields are counts: computed when sending, never set by users,
	// not part of the Go struct.
	Derived bool
	// Default is a parameter's default, in the wire's form; HasDefault tells
	// it from none.
	Default    string
	HasDefault bool
	// Set is the automatic value (`set:`); the caller does not give it.
	Set *Expr
}

// Type is a built-in with its arguments, or a named type.
type Type struct {
	Named   // Name is empty for a built-in
	Kind    Kind
	Bits    int       // Int, Uint: 8 to 64
	Width   int       // Digits, Hex, Padded, Text(n), Bytes(n): exactly so many; 0: open
	Words   [2]string // Bool: true, false
	Flavour string    // Quoted: c, json, doubled
	// Elem is the items' type of a List, what a Padded pads, and the type that
	// an Enum's values are written as (text, word, digits or an integer); of
	// the latter Values hold the canonical wire form. secret(T) is resolved
	// away into Field.Secret.
	Elem *Type
	// Sep is a List's separator. A List without one is counted and stands
	// alone on its lines: its op follows an OpBreak, each item is preceded by
	// a line break, that one included, so an empty list leaves none. One with
	// a separator is never counted; where it is empty nothing is written.
	Sep     string
	Values  []EnumValue // Enum
	Open    bool        // Enum: unknown values are kept
	Body    *Template   // Layout
	Members []*Member   // JSON
	// Constraints of an `is:` type, which otherwise is the type it names.
	Range *Range
	Unit  string // of an `is:` type; Field.Unit has it too
	Max   int    // length in bytes; 0: not limited
	Chars string // all that may occur: characters and ranges, as in "a-z0-9_-"
}

// Kind is what a Type is.
type Kind string

// The kinds of this language version.
const (
	Text     Kind = "text" // to the next literal or line end; Width: exactly so many bytes
	Word     Kind = "word" // no blanks, not empty
	Quoted   Kind = "quoted"
	Int      Kind = "int"
	Uint     Kind = "uint"
	Decimal  Kind = "decimal"
	Float    Kind = "float"
	Digits   Kind = "digits"   // exactly Width decimal digits, leading zeros kept: a Go uint64
	Hex      Kind = "hex"      // exactly Width hex digits: a Go uint64
	HexBytes Kind = "hexbytes" // pairs of hex digits: Go []byte
	Base64   Kind = "base64"
	Bool     Kind = "bool"
	Padded   Kind = "padded" // Elem in exactly Width characters, blanks on the left for numbers, on the right for text
	List     Kind = "list"
	Bytes    Kind = "bytes" // counted, or Width
	JSONRaw  Kind = "json"  // any JSON value
	Enum     Kind = "enum"
	Layout   Kind = "layout"
	JSON     Kind = "json_object"
)

// EnumValue is one value of an enum.
type EnumValue struct {
	Named
	Wire string
}

// Range is inclusive at both ends, in the wire's number form.
type Range struct{ Min, Max string }

// Member is one member of a JSON object: a constant, a field, or an object.
type Member struct {
	Key      string
	Optional bool
	Const    any // bool, int64, string, or nil where it is none
	IsConst  bool
	Field    *Field
	Object   []*Member
	Pos      Pos
}

// Template is a wire form.
type Template struct {
	Ops    []*Op
	Fields []*Field // that the user sees, in wire order: no counts, no `_`; layouts' fields are inside their Type
	Source string   // as in the document
}

// Op is one element of a template.
type Op struct {
	Kind  OpKind
	Lit   string // OpLit
	Field *Field // OpField, OpSame, OpCount (Derived); its name is "_" where ignored
	// Stops are, for an OpField of an open type, the literals that end it; the
	// line end always does. Those of a list end its last item; the others end
	// at Sep. Those of a layout are with its last op.
	Stops  []string
	Terms  []Term // OpCount
	Decide Decide // OpOptional
	Body   []*Op  // OpOptional
	// OpField of type bytes(counted), counted text or counted list: the count
	// op that says how many. Nil: not counted.
	Count *Op
	// DecideSeparators: Sep is the separator; the part is present where more
	// than After of them are left on the line.
	Sep   string
	After int
	Pos   Pos
}

// OpKind is what an Op is.
type OpKind string

// The kinds of Op. Others come with later constructs.
const (
	OpLit      OpKind = "lit"
	OpBreak    OpKind = "break" // line break inside the frame
	OpField    OpKind = "field"
	OpSame     OpKind = "same" // the same value again
	OpCount    OpKind = "count"
	OpOptional OpKind = "opt"
)

// Decide is how a receiver knows that an optional part is there.
type Decide string

// The ways to decide.
const (
	DecideEOL        Decide = "eol"        // the line does not end here
	DecideByte       Decide = "byte"       // the part's first byte comes next
	DecideSeparators Decide = "separators" // by the number of separators left
)

// Term is a summand of a count: a field's length (bytes, or items of a list),
// or a number.
type Term struct {
	Field *Field // nil: N
	Bytes bool   // `.bytes`: the list's bytes, not its items
	N     int64
	Minus bool
}

// Message is one message that we receive.
type Message struct {
	Named
	Template Template
	Event    string // false, true, also
	Noise    bool
	None     bool
	Error    *ErrorRule // nil: no error
	Examples []*Example
	// Answered: `answers` names it. Greets: the greeting may be it. Captured:
	// a step uses a field of it.
	Answered, Greets, Captured bool
}

// ErrorRule says what an error message means: one class, or by a field's value.
type ErrorRule struct {
	Class string // failed, retry, refused, close, or "" where Field decides
	Field *Field
	Cases []ErrorCase
	Else  string // class of other values
}

// ErrorCase gives the values (wire form) of the rule's field that mean Class.
// Class "ok" is no error.
type ErrorCase struct {
	Class  string
	Values []string
}

// Example is a frame as it is on the wire, and what it means.
type Example struct {
	Wire []byte // without its end; line breaks inside are Frame.SendEnd
	// Is is the expected value by field name: string, bool, Number (the YAML
	// scalar's text), []any, map[string]any, or nil for an absent field.
	Is  map[string]any
	Bad string // a field's name, literal, length, end; empty: a good example
	Pos Pos
}

// Number is a number as the document writes it.
type Number string

// Command is one message that we send.
type Command struct {
	Named
	Template   Template
	Replies    []*Message // success, in the document's order; empty: none
	Errors     []*Message
	Echo       []*Field      // of the command
	Timeout    time.Duration // 0: Timeouts.Reply; -1: none
	Idempotent bool
	Private    bool
	Closes     bool
	Lasting    *Lasting
	Undoes     *Lasting // of the command that this one undoes
	Delivers   []Deliver
	Examples   []*Example
}

// Lasting is a command that is sent again after each reconnect.
type Lasting struct {
	Command  *Command
	Key      *Field // of the lasting command; the undoing one has a field of the same name
	UndoneBy *Command
}

// Deliver ties an event to a lasting command by a field's value.
type Deliver struct {
	Message *Message
	Field   *Field // of Message; equal to the command's key
}

// Session is the script of a link.
type Session struct {
	Greeting []*Message
	Login    []*Step
	Ready    []*Step
	Logout   *Step
}

// Step is one step of a script; exactly one of Do, Expect, StartTLS, Fail and
// Refuse is set.
type Step struct {
	Do         *Command
	Expect     *Message
	StartTLS   bool
	Fail       string
	Refuse     string
	With       []Assign // every field of Do that gets a value, in wire order, defaults from parameters included
	When       *Cond
	RetryTimes int
	RetryAfter time.Duration
	Pos        Pos
}

// Assign gives a field of a command (or of a json type inside it: Path) its value.
type Assign struct {
	Path  []*Field
	Value *Expr
}

// Cond is when|unless: the named thing is present (and non-zero).
type Cond struct {
	Not     bool
	Param   *Field
	Message *Message
	Path    []*Field // of Message; empty: the message itself came
}

// Expr is a value made at run time.
type Expr struct {
	Kind    ExprKind
	Const   string   // wire form of ExprConst
	Param   *Field   // ExprParam
	Message *Message // ExprCaptured, with Path
	Path    []*Field
	Func    string  // ExprCall: md5 sha1 sha256 hmac_md5 … hex base64 upper lower random count now seconds
	Args    []*Expr // ExprCall, ExprConcat
	Type    *Type   // of the result
	Pos     Pos
}

// ExprKind is what an Expr is.
type ExprKind string

// The kinds of Expr.
const (
	ExprConst    ExprKind = "const"
	ExprParam    ExprKind = "param"
	ExprCaptured ExprKind = "captured"
	ExprConcat   ExprKind = "concat"
	ExprCall     ExprKind = "call"
)

// Liveness is how a dead peer is noticed.
type Liveness struct {
	DetectWithin time.Duration
	Probe        *Probe
	Beat         *Beat
	Silence      time.Duration
	AckOnly      bool // life: probe
	KeepAlive    KeepAlive
	UserTimeout  time.Duration
}

// Probe is the heartbeat with an ack.
type Probe struct {
	Send    *Step // StepDo
	Every   time.Duration
	Timeout time.Duration
	Misses  int
	Always  bool
}

// Beat is the heartbeat without one.
type Beat struct {
	Send  *Step
	Every time.Duration
}

// KeepAlive is the kernel's.
type KeepAlive struct {
	Idle, Interval time.Duration
	Count          int
}

// Answer is what we send when the server sends Message. Its fields may use
// the received message's (ExprCaptured).
type Answer struct {
	Message      *Message
	Send         *Step
	AfterHandled bool
}

// Timeouts are all set.
type Timeouts struct {
	Connect, Greeting, Login, Ready, Reply, Write, Frame time.Duration
}

// Reconnect is the schedule.
type Reconnect struct {
	Initial        time.Duration
	Factor         float64
	Max            time.Duration
	Jitter         float64 // 0 to 1
	StableAfter    time.Duration
	Refused        time.Duration // 0: stop
	GiveUpAttempts int
	GiveUpElapsed  time.Duration
}

// Replies is how replies find their commands.
type Replies struct {
	Match    string // order, kind
	InFlight int
	Late     string // close, swallow
}

// Unexpected is what to do with what does not fit: close, drop, resync, event.
type Unexpected struct {
	Frame, Message, Reply string
}
