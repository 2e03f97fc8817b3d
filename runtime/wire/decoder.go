package wire

import (
	"math"
	"slices"
)

// NoMessage stands for a frame that is no message known to the Dispatch.
const NoMessage = -1

// Frame is one frame of a stream.
type Frame struct {
	// Message is an index of the Dispatch, or NoMessage; then the frame is
	// the first line alone.
	Message int
	// Bytes is the frame without its final terminator. It aliases the buffer
	// given to Next or, where bytes of a packet were escaped, one that is used
	// again once Next has asked for more or has had the last byte.
	Bytes []byte
}

// Decoder cuts a stream of bytes into frames. It does no I/O: bytes are pushed
// in, and it resumes where it stopped, so that any way to split a stream gives
// the same frames and errors, in time linear in the bytes.
//
//	for {
//		f, n, need, err := d.Next(buf, expects)
//		buf = buf[n:]
//		if err != nil { … d.Resync() or give the stream up … }
//		if need > 0 { … read at least need more bytes behind buf … }
//		… use f …
//	}
//
// Which message a frame is: those whose prefix the first line begins with are
// candidates, the longest prefix first, awaited ones before others. Each is
// tried once: its steps, then its check; the first that fits is it. One that a
// [Chooser] does not take counts as not awaited, and is tried again then. Of a
// JSON object those come first whose marks it meets, the one with most constants,
// then with most marks before others; what fits two of the same rank is none.
type Decoder struct {
	f        *Framing
	dispatch *Dispatch
	maxLine  int
	max      int
	widest   int // terminator
	newlines bool
	crlf, lf bool // of newlines

	frame      partial
	prompts    []int  // by the dispatch's: their end does not come before
	loops      []loop // of the current candidate's steps, the innermost last
	candidates []candidate
	inside     []int32 // messages that may interrupt a block, and are awaited
	met        []bool  // marks of the dispatch's objects
	brace      jsonEnd // of an object that ends itself, as far as it was scanned
	err        error
	discarding bool
	skipper    Skipper // nil: every line counts
	lines      bool    // most frames take one pass

	// other is Next for frames that are packets, or of several kinds.
	other func(buf []byte, expects Expecter) (f Frame, consumed, need int, err error)
	kinds *kinds

	// Of packets.
	content   []byte // of frames of the current bytes, without escapes
	anew      bool   // other bytes come next
	left      int    // to be skipped before anything else
	collapse  bool   // the start marker is a terminator: it only ever ends
	dropEmpty bool
	one       bool // of several kinds
	dropped   bool // what Next had was nothing: another kind may come
	started   bool // the first byte of a frame that failed is discarded
}

// partial is what is known of the frame at the start of the buffer. Offsets
// count from there.
type partial struct {
	seen    int // bytes that Next has had
	scanned int // no terminator of the current line ends before
	sought  int // nor what the current StepTo looks for
	first   int // end of the first line
	after   int // of its terminator, and so 0 while there is none
	turn    int // of the candidates
	step    int // of the current candidate
	at      int // where that step begins
	end     int // of the frame so far, without a final terminator
	bytes   int // where a counted step ends; 0 before it was counted
	// inside is a message, counted from 1, that came instead of the rest of a
	// block, and begins where it does; 0: there is none.
	inside int32
	begins int
	begun  bool // the candidates of a message that delimits itself are known
}

// NewDecoder makes a decoder for one stream. f and dispatch are kept and must
// not be changed. Framing.MaxLine counts as Framing.Max where it is larger or
// not positive.
func NewDecoder(f *Framing, dispatch *Dispatch) *Decoder {
	d := &Decoder{
		f:          f,
		dispatch:   dispatch,
		max:        min(f.Max, math.MaxInt/4), // sums of offsets never overflow
		newlines:   f.newlines(),
		crlf:       f.ends("\r\n"),
		lf:         f.ends("\n"),
		candidates: make([]candidate, 0, dispatch.most),
		inside:     make([]int32, 0, len(dispatch.inside)),
		met:        make([]bool, len(dispatch.objects.tree.marks)),
		prompts:    make([]int, len(dispatch.prompts)),
	}
	d.maxLine = d.max
	d.widest = 1
	if f.MaxLine > 0 {
		d.maxLine = min(f.MaxLine, d.max)
	}
	ends := f.Ends
	if f.Packet != nil {
		ends = f.Packet.Ends
		d.collapse = f.Packet.Extent == ExtentEnds && slices.Contains(ends, f.Packet.Starts)
		d.dropEmpty = f.DropEmpty || d.collapse
	}
	switch {
	case len(f.Others) > 0:
		d.kinds = newKinds(f, dispatch)
		d.other = d.several
	case f.Packet != nil:
		d.other = d.packet
	}
	for _, end := range ends {
		d.widest = max(d.widest, len(end))
	}
	d.lines = d.passes()
	return d
}

// SkipBy lets s drop lines.
func (d *Decoder) SkipBy(s Skipper) {
	d.skipper, d.lines = s, false
	if d.kinds != nil {
		for _, kind := range d.kinds.decoders {
			kind.SkipBy(s)
		}
	}
}

// Next looks for a frame at the start of buf.
//
// need 0 and no error: f is a frame, in the first consumed bytes. need > 0:
// there is no frame yet, and at least so many bytes must come behind buf; the
// first consumed bytes (empty lines, what Resync discards) are done with.
// What is not consumed must be at the start of the next call's buf.
//
// An error is a *[FrameError], as early as it can be known, and comes again
// until Resync or Reset.
func (d *Decoder) Next(buf []byte, expects Expecter) (f Frame, consumed, need int, err error) {
	if d.err != nil {
		return Frame{}, 0, 0, d.err
	}
	if d.lines && d.frame.seen == 0 && !d.discarding {
		if f, n, ok := d.pass(buf); ok {
			return f, n, 0, nil
		}
	}
	if d.other != nil {
		f, consumed, need, err = d.other(buf, expects)
		d.anew = d.anew || need > 0 || consumed == len(buf)
		return f, consumed, need, err
	}
	if d.discarding {
		if consumed, need = d.Skip(buf, expects); need > 0 {
			return Frame{}, consumed, need, nil
		}
	}
	if len(buf)-consumed < d.frame.seen {
		d.frame = partial{} // not what was there before: begin again
	}
	for {
		b := buf[consumed:]
		if d.frame.after == 0 {
			if d.f.Object && d.frame.scanned == 0 {
				n := skipSpace(alias(b), 0)
				consumed, b = consumed+n, b[n:]
			}
			if len(d.prompts) > 0 {
				if f, n, ok := d.prompt(b, expects); ok {
					d.frame = partial{}
					return f, consumed + n, 0, nil
				}
			}
			if need, err = d.firstLine(b); need > 0 || err != nil {
				break
			}
			if d.frame.first == 0 && d.f.DropEmpty || d.skipper != nil && d.skipper.Skips(b[:d.frame.first:d.frame.first]) {
				consumed += d.frame.after
				d.frame = partial{}
				if d.one {
					d.dropped = true
					return Frame{}, consumed, 0, nil
				}
				continue
			}
			d.choose(b, expects)
		}
		var n int
		if f, n, need, err = d.try(b, expects); need > 0 || err != nil {
			break
		}
		d.frame = partial{}
		return f, consumed + n, 0, nil
	}
	d.frame.seen = len(buf) - consumed
	d.err = err
	return Frame{}, consumed, need, err
}

// Pending reports whether a part of a frame was there when Next last asked for
// more, also of one that is skipped.
func (d *Decoder) Pending() bool {
	if d.kinds != nil {
		return d.kinds.pending() || d.left > 0
	}
	return d.err == nil && d.frame.seen > 0 || d.left > 0
}

// Skipping reports whether a packet is being skipped that Drop was called for.
func (d *Decoder) Skipping() bool { return d.left > 0 }

// Fresh reports whether the decoder is as [NewDecoder] made it: another stream
// could go on with it. One that holds more than its own state never is.
func (d *Decoder) Fresh() bool {
	return d.frame == partial{} && d.err == nil && !d.discarding && !d.started && d.left == 0 &&
		d.kinds == nil && d.skipper == nil && d.content == nil
}

// Reset forgets everything of the stream, for a new one.
func (d *Decoder) Reset() {
	d.frame, d.err, d.discarding, d.started, d.left = partial{}, nil, false, false, 0
	if d.kinds != nil {
		d.kinds.reset()
	}
}

// firstLine looks for the end of the frame's first line.
func (d *Decoder) firstLine(b []byte) (need int, err error) {
	var at, width int
	if d.f.Object {
		at, width, err = d.object(b)
	} else {
		at, width, err = d.line(b, 0)
	}
	if err != nil {
		return 0, err
	}
	if at+width == 0 || !d.f.Object && width == 0 {
		return 1, nil
	}
	d.frame.first, d.frame.after = at, at+width
	return 0, nil
}

// run goes through the steps of a shape, as far as the bytes go.
func (d *Decoder) run(b []byte, shape *Shape) (fits bool, need int, err error) {
	for {
		steps := d.steps(shape)
		if d.frame.step == len(steps) {
			if len(d.loops) == 0 {
				return true, 0, nil
			}
			d.again()
			continue
		}
		switch step := &steps[d.frame.step]; step.Kind {
		case StepBytes:
			fits, need, err = d.counted(b, step)
		case StepTimes:
			fits, err = d.times(b, step)
		case StepUntil, StepWhile:
			if fits, need, err = d.until(b, step); d.frame.inside > 0 {
				return fits, need, err
			}
		case StepTo:
			fits, need, err = d.to(b, step)
		case StepOneOf:
			fits, need, err = d.oneOf(b, shape, step)
		case StepMaybe:
			need = d.maybe(b, step)
			fits = true
		case StepVarint:
			fits, need = d.varint(b)
		case StepPart:
			fits, err = d.part(b, step)
		default:
			fits, need, err = d.lineStep(b, step)
		}
		if !fits || need > 0 || err != nil {
			return fits, need, err
		}
	}
}

// lineStep is the rest of a line that begins with a literal. A literal that is
// not there is noticed at its first byte, before the line is complete.
func (d *Decoder) lineStep(b []byte, step *Step) (fits bool, need int, err error) {
	from := d.frame.at
	limit, _ := d.limit(from)
	n := max(0, min(len(step.Lit), len(b)-from, limit))
	if step.Lit[:n] != string(b[from:from+n]) {
		return false, 0, nil
	}
	at, width, err := d.line(b, from)
	if err != nil {
		return false, 0, err
	}
	if width == 0 {
		return true, 1, nil
	}
	if at-from < len(step.Lit) || step.Whole && at-from > len(step.Lit) {
		return false, 0, nil
	}
	d.frame.end, d.frame.at, d.frame.scanned = at, at+width, at+width
	d.frame.step++
	return true, 0, nil
}
