package wire

// Framing says how bytes on a link fall into frames. It is the resolved form
// of a spec's `frames` entry; the zero value is not usable.
type Framing struct {
	// Ends are the terminators that end a received line. They are tried
	// longest first, so CRLF wins over the LF inside it; no terminator is a
	// proper prefix of another (language rule G8).
	Ends []string
	// Object: a frame is one JSON object, which ends where it closes. Blanks
	// before it belong to no frame; there are no Ends.
	Object bool
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
	// Packet is set where frames are more than lines.
	Packet *Packet
	// Others are the other kinds of frames on the same link, if there are any.
	// Then frames of each kind begin with its Prefix: none of these is the
	// beginning of another that there is in the same mode, but one may be empty.
	Others []Framing
	Prefix string
	Use    Use
	In     []int // modes of the session that have such frames; empty: all
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
	// Block: Steps begin with the first line, which is one of a StepUntil's or
	// holds counted bytes. Where Prefix is empty, too, the message is looked for
	// only while it is awaited, as any line could begin it.
	Block bool
	// Inside: the message, of one line, may come instead of the rest of any
	// other's StepUntil, while it is awaited. What has come of that is dropped.
	Inside bool
	// Object: the first line is a JSON object, told from others by Marks: all
	// of them are met where it is this message. There is no Prefix then.
	Object bool
	Marks  []Mark
	// Head is what a packet's layout holds before that, where bits of Mask are
	// set, a count of no fixed width left out; shapes with more such bits are
	// tried first. In a packet, Prefix is what is behind the layout's head.
	Head, Mask string
	// Frame is the kind of frame; see [Framing.Of].
	Frame uint8
	// In are the modes of the session in which it may come; empty: all.
	In []int
	// Prompt: the message is one line without its end. Prefix is all of it
	// (Whole), or it ends with the first Suffix after Prefix. It is only ever
	// found where it is awaited.
	Prompt bool
	Suffix string
	// Steps say what belongs to the message after its first line; empty for
	// a message of one line.
	Steps []Step
	// Nested are the types with several forms that may hold themselves, which
	// steps refer to by their place.
	Nested []Nested
	// Check reports whether frame (without its final terminator) is a valid
	// message of this shape. It must not keep frame. Nil accepts.
	Check func(frame []byte) error
}

// fits reports whether a frame is a valid message of this shape.
func (s *Shape) fits(frame []byte) bool { return s.Check == nil || s.Check(frame) == nil }

// Step is one resumable piece of a message after its first line.
type Step struct {
	Kind StepKind
	// Lit is the literal text that a StepLine's line begins with, or the line
	// that ends a StepUntil, or what ends a StepTo, or begins a StepMaybe, or goes
	// on with a StepWhile. Whole: the line of a StepLine or a StepUntil is Lit and
	// nothing else.
	Lit   string
	Whole bool
	// Lead is how many bytes of a StepBytes come before the counted ones, on
	// the same line, or of a StepTo or a StepWhile before it looks for Lit: literal
	// text and fields of fixed width.
	Lead int
	// Count gives the number of bytes of a StepBytes (nil: none), or of repetitions of a
	// StepTimes, from the part of the frame before them (line terminators and
	// Lead included). It must not keep frame. An error means that this is not the
	// message. Inside a Body, frame is only what was received since this
	// repetition began.
	Count func(frame []byte) (int, error)
	// Cases are those of a StepOneOf, in the order of trying; or those of the
	// shape's type that Nested says, counted from 1.
	Cases  []Case
	Nested int
	// Body is what a StepTimes, a StepUntil or a StepWhile repeats, or a StepMaybe
	// has; it takes a line at least.
	Body []Step
}

// count is Count of a StepBytes.
func (s *Step) count(frame []byte) (int, error) {
	if s.Count == nil {
		return 0, nil
	}
	return s.Count(frame)
}

// StepKind is the kind of a [Step].
type StepKind uint8

const (
	// StepLine is the rest of the current line, up to a terminator.
	StepLine StepKind = iota
	// StepBytes is Lead, and a counted number of bytes, whatever they are.
	StepBytes
	// StepTimes is a counted number of repetitions of Body: the items of a
	// counted list that stands alone on its lines, or of one that delimits
	// itself.
	StepTimes
	// StepUntil is repetitions of Body until the next line is the one that Lit
	// says, which belongs to the step after it.
	StepUntil
	// StepOneOf is the first of Cases whose text comes next, at the beginning of a
	// line, or anywhere in a message that delimits itself.
	StepOneOf
	// StepTo is a field and the literal after it, on the current line: what comes
	// before counted bytes there.
	StepTo
	// StepVarint is a number of seven bits a byte.
	StepVarint
	// StepMaybe is Body where the next line begins with Lit, else nothing.
	StepMaybe
	// StepPart is Body, or nothing where Count is 0. Counts in it are found from
	// what comes before it, too.
	StepPart
	// StepWhile is repetitions of Body while the next line has Lit behind Lead
	// bytes: the items of a list whose end nothing else tells.
	StepWhile
)
