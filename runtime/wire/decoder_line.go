package wire

import (
	"bytes"
	"strings"
)

var errCount = &FrameError{Reason: "a count is out of range"}

func (d *Decoder) tooLarge() error {
	return &FrameError{Reason: "a frame is larger than " + itoa(d.f.Max) + " bytes"}
}

// limit is how long the line that begins at from may be, and the error where it
// is longer: of MaxLine and what Max leaves the smaller, so that the error does
// not depend on how much of the line is there.
func (d *Decoder) limit(from int) (bytes int, tooLong func(d *Decoder) error) {
	if left := d.max - from; left < d.maxLine {
		return left, (*Decoder).tooLarge
	}
	return d.maxLine, (*Decoder).lineTooLong
}

func (d *Decoder) lineTooLong() error {
	return &FrameError{Reason: "a line is longer than " + itoa(d.maxLine) + " bytes"}
}

// line looks for the end of the line that begins at from; width is 0 where more
// bytes are needed to tell.
func (d *Decoder) line(b []byte, from int) (at, width int, err error) {
	limit, tooLong := d.limit(from)
	// A line of just the limit ends within this window.
	window := from + limit + d.widest
	full := window <= len(b)
	if full {
		b = b[:max(window, from)]
	}
	at, width = d.terminator(b, from)
	if limit < 0 || at-from > limit || width == 0 && full {
		return 0, 0, tooLong(d)
	}
	return at, width, nil
}

// terminator finds the first terminator of the line that begins at from, and
// remembers how far it looked.
func (d *Decoder) terminator(b []byte, from int) (at, width int) {
	scanned := &d.frame.scanned
	if !d.newlines {
		start := max(from, *scanned-d.widest+1)
		at, width = d.f.lineEndAny(b[start:])
		*scanned = start + at // it may be looked for again
		if width == 0 {
			return from, 0
		}
		return start + at, width
	}
	for {
		i := bytes.IndexByte(b[*scanned:], '\n')
		if i < 0 {
			*scanned = len(b)
			return from, 0
		}
		i += *scanned
		if d.crlf && i > from && b[i-1] == '\r' {
			return i - 1, 2
		}
		if d.lf {
			return i, 1
		}
		*scanned = i + 1 // LF alone is data where only CRLF ends a line
	}
}

// discard looks for the end of what Resync discards; more says that it has not
// come yet. The beginning of a terminator at the end of b is kept.
func (d *Decoder) discard(b []byte) (consumed int, more bool) {
	if d.f.Object {
		return discardObject(b)
	}
	at, width := d.f.lineEnd(b)
	if width > 0 {
		return at + width, false
	}
	for keep := min(d.widest-1, len(b)); keep > 0; keep-- {
		tail := alias(b[len(b)-keep:])
		for _, end := range d.f.Ends {
			if len(end) > keep && strings.HasPrefix(end, tail) {
				return len(b) - keep, true
			}
		}
	}
	return len(b), true
}
