package session

import (
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/runtime/wire"
)

// Plan is everything the session knows of a vendor's protocol: a spec, resolved
// to data and to straight-line functions over bytes. Generated packages hold
// one as a literal; a Plan is never changed once a session has it.
//
// Messages and commands are named by their index in Messages and Commands.
type Plan struct {
	Vendor  string
	Version string // of the spec
	Port    uint16 // default port
	TLS     TLS
	// PerCommand: each caller's command has a connection of its own. It is made for
	// the command, and closed once that has ended; there is no heartbeat.
	PerCommand bool
	Framing    wire.Framing
	Stream     Stream
	Modes      []string // the names of those that follow ModeReady

	Messages  []Message
	Commands  []Command
	Sequences []Sequence // commands made of several

	Greeting []int    // messages, any one of which is the greeting; empty: the server does not greet
	Login    []Step   // once a link, before READY
	Lets     int      // values that steps make
	Ready    []Step   // once a link, after Login and before the lasting commands' replay
	Standby  *Standby // nil: none
	Logout   *Step    // sent by Shutdown; nil: none

	Liveness   Liveness
	Answers    []Answer
	Timeouts   Timeouts
	Reconnect  Reconnect
	Match      Match
	IDs        uint64 // MatchID: commands have ids from 1 to this
	InFlight   int    // commands outstanding at once, at least 1
	Late       Late
	Unexpected Unexpected
}

// None stands for "no message" and "no command" where an index is expected.
const None = -1

// TLS says whether a link is encrypted.
type TLS uint8

const (
	TLSNever    TLS = iota // plain TCP
	TLSOptional            // plain unless the caller asks for TLS
	TLSAlways              // TLS
)

// Stream is what lies below the frames.
type Stream struct {
	Telnet       bool // telnet commands are taken out, and every option is refused
	Echo         bool // the lines that we send come back
	SingleWrites bool // each frame is a write of its own
}

// Message is one message that the server may send.
type Message struct {
	Name  string
	Shape wire.Shape
	Event Event
	// Noise is received, counted as life, and dropped, unless a command waits for it.
	Noise bool
	// Class says what the message means where it is an error; Classify, if
	// not nil, finds it in the frame and wins.
	Class    Class
	Classify func(frame []byte) Class
	// Failure is the error that callers get for the message, where it is one.
	// It may keep the frame, and its text shows no secret field; what the
	// server wrote into the others it does show, so it never goes to a log.
	Failure func(frame []byte) error
	// ID reads which command the message answers, where it says so by an id:
	// 0 for an id that no command of ours has; ok false where there is none.
	ID func(frame []byte) (id uint64, ok bool)
	// Capture keeps the last frame of each link for Vars.Captured.
	Capture bool
	Enters  int // the mode that the link is in behind it; 0: it stays in its own
}

// Event says whether a message may arrive unasked.
type Event uint8

const (
	NotEvent    Event = iota // only ever a reply (or a greeting, a ping to answer, noise)
	IsEvent                  // an event unless a waiting command takes it as its reply
	AlsoEvent                // an event even when a waiting command has taken it as its reply
	PolledEvent              // an event as the reply of the long poll (Standby), and only then
	StateEvent               // an event always, and an answer to whoever waits for it: it says what is
)

// unasked reports whether it may come at any time.
func (e Event) unasked() bool { return e == IsEvent || e == AlsoEvent || e == StateEvent }

// always reports whether it is an event even as a reply.
func (e Event) always() bool { return e == AlsoEvent || e == StateEvent }

// Class is what a message means to the command or the link that it answers.
type Class uint8

const (
	ClassNone    Class = iota // no error
	ClassFailed               // the command failed; the link is well
	ClassRetry                // the command failed for now: Temporary is true
	ClassRefused              // in login, or unasked: the server does not want us
	ClassClose                // the command failed, and the link ends
)

// Command is one message that we send.
type Command struct {
	Name    string
	Replies []Reply // empty: the server does not answer
	// Errors are the messages that answer the command with an error; they
	// count as replies. Their Key is usually nil: most errors do not say
	// which command they mean.
	Errors []Reply
	// Each are messages of which any number comes before the reply.
	Each       []Reply
	Timeout    time.Duration // for its reply, and between Each messages; 0: Timeouts.Reply; negative: none
	Wait       Wait          // where the call asks for that time; then Timeout is the longest
	Gap        time.Duration // not sent before so long after the last frame
	Settle     time.Duration // nothing is sent for so long after it, and after its reply
	ID         bool          // its frame holds Call.ID (MatchID)
	Idempotent bool          // may be sent once more when its link dies
	Closes     bool          // the server closes the link after it
	// Enters is the mode that the link is in once the command has succeeded, or was
	// written where nothing answers it; 0: it stays in its own. A command that may
	// change the mode, by itself or by a reply, is alone on its way.
	Enters int
	// Lasting: the client remembers the call and sends it again after each
	// reconnect, until a call of UndoneBy with the same Call.Lasting key.
	Lasting  bool
	UndoneBy int // a command, where Lasting
	// Undoes: a call of this command forgets the lasting calls of that key.
	Undoes bool
	// Echo appends the key of what the replies echo, from the command's own
	// frame without its end. It is for steps and probes: callers give theirs
	// in Call.Echo. Nil: nothing is echoed, or no step sends the command.
	Echo func(dst, frame []byte) ([]byte, error)
	// Shape is how a device recognises the command. Of it, the client uses In:
	// callers' commands of other modes end with ErrMode.
	Shape wire.Shape
}

// Wait is a reply time that each call of a command asks for.
type Wait struct {
	// Of reads it, in units, from the command's own frame without its end.
	// Nil: the call asks for nothing.
	Of   func(frame []byte) (n uint64, ok bool)
	Unit time.Duration
	Plus time.Duration // what the server has besides
}

// within is the reply time of a call.
func (w *Wait) within(frame []byte, longest time.Duration) time.Duration {
	n, ok := w.Of(frame)
	if !ok || n > uint64(longest/w.Unit) {
		return longest
	}
	return min(time.Duration(n)*w.Unit+w.Plus, longest)
}

// Awaits reports whether a message answers the command, or comes before what does.
func (c *Command) Awaits(message int) bool {
	for _, list := range [...][]Reply{c.Replies, c.Errors, c.Each} {
		for i := range list {
			if list[i].Message == message {
				return true
			}
		}
	}
	return false
}

// Reply is one way to answer a command.
type Reply struct {
	Message int
	// Key appends what the reply echoes of the request, in the key encoding
	// of package wire; it must equal Call.Echo. Nil: nothing is echoed.
	Key func(dst, frame []byte) ([]byte, error)
}

// Step is one step of a session script.
type Step struct {
	Kind    StepKind
	Let     int // StepLet: the index in Vars.Lets
	Command int // StepDo
	Message int // StepExpect
	// Encode appends the command's frame, its end included (StepDo, probes,
	// beats, answers), or the value of a StepLet.
	Encode func(dst []byte, v *Vars) ([]byte, error)
	// When skips the step where it returns false. Nil: always done.
	When func(v *Vars) bool
	// Reason is what a StepFail or StepRefuse reports.
	Reason string
	// Retry repeats a StepDo that was answered by an error of ClassRetry.
	RetryTimes int
	RetryAfter time.Duration
	Enters     int // the mode that the link is in behind a StepDo or StepExpect; 0: it stays
	// For, of a StepDo in a [Sequence], is how often it is done: Vars.Item counts. Nil: once.
	For func(v *Vars) int
	// Early, of a StepDo in a [Sequence]: what it sends is known before it begins.
	Early bool
}

// StepKind is the kind of a [Step].
type StepKind uint8

const (
	StepDo       StepKind = iota // send a command and await its reply, if it has one
	StepExpect                   // await a message
	StepStartTLS                 // begin TLS on the plain connection; skipped when TLS is off
	StepFail                     // end the link: it backs off
	StepRefuse                   // end the link: we are not welcome
	StepLet                      // make a value for later steps
)

// Vars is what a step can use.
type Vars struct {
	// Params is the generated package's *Params, or what dynamic uses.
	Params any
	// Captured holds, by message index, the last frame of each message with
	// Capture on this link; nil where none came.
	Captured [][]byte
	// Lets holds what the StepLets of this link made.
	Lets [][]byte
	// Request is the frame that an answer answers.
	Request []byte
	// TLS: this link is, or will be, encrypted.
	TLS bool
	// ID is the id of the step's command, where it has one.
	ID uint64
	// Counter has what Count gave last. It is never nil.
	Counter *atomic.Uint64
	// Args are Call.Args, in the steps of a [Sequence]; Item counts the items of a step
	// with For, from 0.
	Args any
	Item int
}

// Count gives 1, 2, 3 …: the values of count() in the spec.
func (v *Vars) Count() uint64 { return v.Counter.Add(1) }

// Standby is a long poll that is kept while there is nothing else to send: its
// reply, an event, comes when something has happened, or once Interrupt was sent.
// Nothing else is sent while it waits.
type Standby struct {
	Send      Step
	Interrupt Step // of a command without a reply
}

// Liveness is how a dead peer is noticed.
type Liveness struct {
	Probe   *Probe
	Beat    *Beat
	Silence time.Duration // the server must send something at least this often; 0: need not
	// AckOnly (`life: probe`): only the probe's ack is life, not any byte.
	AckOnly     bool
	KeepAlive   KeepAlive
	UserTimeout time.Duration // TCP_USER_TIMEOUT; 0: unset
}

// Probe is the heartbeat that the server acknowledges. A silent peer is
// declared dead after Every + Misses × Timeout.
type Probe struct {
	In      []int // the modes that have it; empty: all
	Step    Step
	Every   time.Duration
	Told    Interval // where the server tells Every, which then is the longest
	Timeout time.Duration
	Misses  int    // at least 1
	Always  bool   // also on a link that receives other traffic
	Else    *Probe // in other modes; nil: they have none
}

// Beat is a send-only heartbeat: Step is sent when nothing was sent for Every.
type Beat struct {
	In    []int // the modes that have it; empty: all
	Step  Step
	Every time.Duration
	Told  Interval
	Else  *Beat // in other modes; nil: they have none
}

// Interval is one that the server tells, on each link anew.
type Interval struct {
	// Of reads it, in units, from what was captured; false where nothing was
	// told: then the longest is taken. Nil: it is not told.
	Of      func(v *Vars) (n uint64, ok bool)
	Unit    time.Duration
	AtLeast time.Duration // what is told is never taken for less
}

// within is the interval on this link: what was told, within its bounds.
func (i *Interval) within(v *Vars, longest time.Duration) time.Duration {
	if i.Of == nil {
		return longest
	}
	n, ok := i.Of(v)
	if !ok || n > uint64(longest/i.Unit) {
		return longest
	}
	return max(i.AtLeast, time.Duration(n)*i.Unit)
}

// KeepAlive are the kernel's TCP keepalive settings. Idle 0: keepalive off.
type KeepAlive struct {
	Idle     time.Duration
	Interval time.Duration
	Count    int
}

// Answer is what we send when the server sends Message.
type Answer struct {
	Message int
	Step    Step
	// Handled: it is sent when the driver says that the program has handled the
	// message, an event; see Arrival.Link.
	Handled bool
}

// Timeouts bound the parts of a link's life. None may be 0.
type Timeouts struct {
	Connect  time.Duration // each address: resolve, connect, TLS
	Greeting time.Duration // from connected to greeted
	Login    time.Duration // login and ready steps together; then each answer of the replay
	Ready    time.Duration // a caller's wait for READY
	Reply    time.Duration // from hand-over to the kernel
	Write    time.Duration // each batch (each 256 KiB of a larger frame)
	Frame    time.Duration // from a received frame's first byte to its last
}

// Reconnect is when to dial again, and when to stop.
type Reconnect struct {
	Initial     time.Duration
	Factor      float64 // at least 1
	Max         time.Duration
	Jitter      float64       // 0 to 1: the delay is uniform in [d(1−Jitter), d]
	StableAfter time.Duration // READY for so long forgives earlier failures
	// Refused is the delay after a refused login or certificate; 0: stop.
	Refused time.Duration
	// GiveUpAttempts and GiveUpElapsed close the client after so many failed
	// passes in a row, or so long without READY; 0: never.
	GiveUpAttempts int
	GiveUpElapsed  time.Duration
}

// Match is how replies find their commands.
type Match uint8

const (
	MatchOrder Match = iota // replies come in the order of the commands
	MatchKind               // by the reply's message, oldest command first
	MatchID                 // by the id of both; commands and messages without one by kind
)

// Late is what a reply after its deadline means.
type Late uint8

const (
	LateClose Late = iota // the link ends
	// LateSwallow: it is dropped. By kind, one that has not come after twice
	// the command's time ends the link, unless all its replies and errors
	// would echo the request; so does the next overdue command whose reply it may
	// have been. An id says whose it is, however late it comes.
	LateSwallow
)

// Policy is what to do with the unexpected.
type Policy uint8

const (
	Close   Policy = iota // the link ends
	Drop                  // drop it and count it
	Deliver               // deliver it as an unknown event
	Resync                // skip to where the next frame may begin
)

// Unexpected is what to do with bytes and messages that do not fit.
type Unexpected struct {
	Frame   Policy // bytes that form no frame: Close, Drop, Resync
	Message Policy // a frame that is no message known now: Close, Deliver, Drop
	Reply   Policy // a known reply that nobody awaits: Close, Drop
}
