package wire

// Framing says how bytes on a link fall into frames. It is the resolved form
// of a spec's `frames` entry; the zero value is not usable.
type Framing struct {
	// Ends are the terminators that end a received line. They are tried
	// longest first, so CRLF wins over the LF inside it; no terminator is a
	// proper prefix of another (language rule G8).
	Ends []string
	// SendEnd is what every sent line ends with, the line breaks inside a
	// template included.
	SendEnd string
	// MaxLine bounds one received line in bytes, its terminator left out.
	MaxLine int
	// Max bounds one whole frame in bytes, received or sent, its final
	// terminator left out. It must be positive: with 0 every frame is too
	// large but the empty one.
	Max int
	// DropEmpty skips empty lines between frames.
	DropEmpty bool
	// Charset is what text fields may hold: UTF8 refuses invalid UTF-8, ASCII
	// bytes above 0x7f, both NUL; Latin1 takes any byte, and gives text as its
	// bytes.
	Charset Charset
}

// Charset is what the text fields of a frame may hold.
type Charset uint8

// The charsets of the spec language; UTF8 is the default.
const (
	UTF8 Charset = iota
	ASCII
	Latin1
)

// Shape is what the decoder must know of one received message: how to tell it
// from the others and how far it extends. Parsing its fields is not the
// decoder's business.
type Shape struct {
	// Prefix is the literal text that the first line begins with; longer
	// prefixes are tried first. Empty: any line.
	Prefix string
	// Whole: Prefix is the first line, nothing may follow it there.
	Whole bool
	// Prompt: the message is one line without its end. Prefix is all of it
	// (Whole), or it ends with the first Suffix after Prefix. It is only ever
	// found where it is awaited.
	Prompt bool
	Suffix string
	// Steps say what belongs to the message after its first line; empty for
	// a message of one line.
	Steps []Step
	// Check reports whether frame (without its final terminator) is a valid
	// message of this shape. It must not keep frame. Nil accepts.
	Check func(frame []byte) error
}

// Step is one resumable piece of a message after its first line.
type Step struct {
	Kind StepKind
	// Lit is the literal text that a StepLine's line begins with.
	Lit string
	// Lead is how many bytes of a StepBytes come before the counted ones, on
	// the same line: literal text and fields of fixed width.
	Lead int
	// Count gives the number of bytes of a StepBytes, or of repetitions of a
	// StepTimes, from the part of the frame before them (line terminators and
	// Lead included). It must not keep frame. An error means that this is not the
	// message. Inside the Body of a StepTimes, frame is only what was received
	// since this repetition began.
	Count func(frame []byte) (int, error)
	// Body is what a StepTimes repeats.
	Body []Step
}

// StepKind is the kind of a [Step].
type StepKind uint8

const (
	// StepLine is the rest of the current line, up to a terminator.
	StepLine StepKind = iota
	// StepBytes is Lead, and a counted number of bytes, whatever they are.
	StepBytes
	// StepTimes is a counted number of repetitions of Body: the items of a
	// counted list that stands alone on its lines.
	StepTimes
)
