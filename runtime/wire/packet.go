package wire

// Packet says how frames are cut that are more than lines: frames with a
// length, of a fixed size, between markers, with bytes escaped, with a checksum.
//
// What a [Reader] reads and a [Writer] writes of such a frame is its content:
// what the frame's layout and the message say together, without markers and
// escapes. The [Decoder] gives the content alone, and only where length and
// checksum agree with it; [Writer.End] puts them in and wraps the content.
type Packet struct {
	Extent Extent
	// Starts is what comes before the content, outside of escapes. Where it is
	// the terminator too, repeats of it are one.
	Starts string
	// Ends are the terminators of ExtentEnds, and Sends is what is sent behind
	// each frame. Framing.Ends and SendEnd then are only about lines inside a
	// frame, and may be empty.
	Ends  []string
	Sends string
	// Size is the count of ExtentCount.
	Size Size
	// Fixed is the length of the content of ExtentFixed, in bytes.
	Fixed int
	// Head is how many bytes of the layout are before what the messages say,
	// those of a count of no fixed width left out; Tail, how many are behind.
	Head, Tail int
	// Escape is nil where the content is sent as it is.
	Escape *Escape
	// Sum is nil where frames have no checksum.
	Sum *Sum
}

// Extent is how the end of a frame is found.
type Extent uint8

const (
	// ExtentEnds is up to a terminator.
	ExtentEnds Extent = iota
	// ExtentCount is by a count in the layout.
	ExtentCount
	// ExtentFixed is so many bytes, always.
	ExtentFixed
	// ExtentSelf is what each message says of itself: its steps go through all
	// of it.
	ExtentSelf
)

// Size is a count, in the frame, of the bytes behind it.
type Size struct {
	At    int // bytes of the content before it
	Form  Number
	Width int // bytes, or digits; 0: as many as it takes
	// Add is what the count says more than the bytes that are behind it.
	Add int
}

// Number is how an unsigned number is written in the layout of a frame.
type Number uint8

const (
	NumberBig     Number = iota // Width bytes, the highest first
	NumberLittle                // Width bytes, the lowest first
	NumberVarint                // seven bits a byte, the lowest first, the last without bit 7
	NumberDecimal               // decimal digits: Width of them, or up to the first other byte
	NumberHex                   // Width hexadecimal digits, upper case when sent
	NumberHexLow                // … lower case
)

// Sum is a checksum in the frame.
type Sum struct {
	Algorithm Checksum
	// At is where it is in the content, and what it is of begins at From and
	// ends before To; negative places, and a To of 0, count from the end.
	At, From, To int
	// Such a place is behind a count of no fixed width, which is left out of it.
	AtBehind, FromBehind, ToBehind bool
	Form                           Number
	Width                          int // bytes, or digits
}

// place is the absolute form of a place in n bytes; loose is the width of the count
// that it is behind.
func place(at, loose, n int) int {
	if at < 0 {
		return n + at
	}
	return at + loose
}

// moved is the width of a count of no fixed width, for a place that is behind it.
func moved(behind bool, loose int) int {
	if behind {
		return loose
	}
	return 0
}

// over gives the part of the content that the sum is of; nil where content is
// too short.
func (s *Sum) over(content []byte, loose int) []byte {
	from := place(s.From, moved(s.FromBehind, loose), len(content))
	to := place(s.To, moved(s.ToBehind, loose), len(content))
	if s.To == 0 && !s.ToBehind {
		to = len(content)
	}
	if from < 0 || from > to || to > len(content) {
		return nil
	}
	return content[from:to]
}

// field gives the bytes of the sum itself; nil where content is too short.
func (s *Sum) field(content []byte, loose int) []byte {
	at := place(s.At, moved(s.AtBehind, loose), len(content))
	if at < 0 || at+s.Width > len(content) {
		return nil
	}
	return content[at : at+s.Width]
}

// holds reports whether the checksum is that of the content.
func (s *Sum) holds(content []byte, loose int) bool {
	field := s.field(content, loose)
	v, n := s.Form.scan(field, s.Width)
	return field != nil && n == s.Width && v == uint64(s.Algorithm.Of(s.over(content, loose)))
}

// put writes the checksum of the content into it.
func (s *Sum) put(content []byte, loose int) {
	if field := s.field(content, loose); field != nil {
		s.Form.put(field, uint64(s.Algorithm.Of(s.over(content, loose))))
	}
}

// Valid says what is wrong with content that a [Reader] does not look at: its
// length and its checksum. The error is a *[FrameError].
func (f *Framing) Valid(content []byte) error {
	p := f.Packet
	if p == nil {
		return nil
	}
	if p.Extent == ExtentFixed && len(content) != p.Fixed || len(content) < p.Head+p.Tail {
		return errPacketShort
	}
	if p.Extent == ExtentCount {
		total, need, err := p.Size.total(content)
		switch {
		case err != nil:
			return err
		case need > 0 || total != len(content):
			return errPacketLength
		}
	}
	if p.Sum != nil && !p.Sum.holds(content, p.loose(content)) {
		return errSum
	}
	return nil
}

var (
	errPacketShort  = &FrameError{Reason: "a frame is shorter than its layout", Part: PartLength}
	errPacketLength = &FrameError{Reason: "the count disagrees with the frame's length", Part: PartLength}
	errSum          = &FrameError{Reason: "a checksum is wrong", Part: PartChecksum}
	errCountForm    = &FrameError{Reason: "a count is not a number", Part: PartLength}
	errCountLess    = &FrameError{Reason: "a count is less than the parts that it counts", Part: PartLength}
	errStart        = &FrameError{Reason: "a frame does not begin with its start marker"}
	errEscape       = &FrameError{Reason: "an escape stands for nothing"}
	errNoKind       = &FrameError{Reason: "bytes that begin no frame"}
	errNoShape      = &FrameError{Reason: "bytes that begin no message"}
)
