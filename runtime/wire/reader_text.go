package wire

import (
	"math/bits"
	"strings"
)

const tooShort = "fewer bytes than it needs"

// Text reads to the first of stops or to the line end, which always ends it.
// It fails where the bytes leave the charset. The string aliases the frame.
func (r *Reader) Text(field string, stops ...string) string {
	if n := r.plain(stops); n >= 0 {
		r.pos += n
		return alias(r.b[r.pos-n : r.pos])
	}
	return r.text(field, r.until(stops))
}

// plain is the length of a text of printable ASCII, which every charset has and
// no terminator is in: the usual text, in one pass. It is -1 for any other.
func (r *Reader) plain(stops []string) int {
	if !r.short {
		return -1
	}
	rest := alias(r.b[r.pos:])
	switch {
	case len(stops) == 0 && printable(rest):
		return len(rest)
	case len(stops) == 1 && len(stops[0]) == 1:
		for i := range len(rest) {
			if rest[i] == stops[0][0] {
				return i
			}
			if rest[i]-0x20 > 0x5f {
				return -1
			}
		}
	}
	return -1
}

// Word reads as Text does; it fails where that is empty or holds blanks, tabs
// or control characters. The string aliases the frame.
func (r *Reader) Word(field string, stops ...string) string {
	if len(stops) == 1 && stops[0] == " " && r.short {
		if rest := r.b[r.pos:]; len(rest) >= 8 {
			// Nearly always: a short word, and a blank behind it.
			n := bits.TrailingZeros64(invisible8(load64(alias(rest)))) / 8
			if n > 0 && n < 8 && rest[n] == ' ' {
				r.pos += n
				return alias(rest[:n])
			}
		}
	}
	return r.anyWord(field, stops)
}

// anyWord is Word for all that is not short.
func (r *Reader) anyWord(field string, stops []string) string {
	if n := r.word(stops); n > 0 {
		r.pos += n
		return alias(r.b[r.pos-n : r.pos])
	}
	n := r.until(stops)
	if why := notWord(alias(r.b[r.pos : r.pos+n])); why != "" {
		r.Fail(field, why)
		return ""
	}
	return r.text(field, n)
}

// word is the length of a word of visible ASCII that ends where the only stop is, the
// line or the frame: the usual word, in one pass. It is 0 for any other.
func (r *Reader) word(stops []string) int {
	if len(stops) > 1 || !r.short {
		return 0
	}
	rest := alias(r.b[r.pos:])
	n := visibleRun(rest)
	if len(stops) == 1 {
		stop := stops[0]
		switch {
		case len(stop) != 1:
			return 0
		case stop[0] > ' ':
			if i := strings.IndexByte(rest[:n], stop[0]); i >= 0 {
				return i
			}
		case n < len(rest) && rest[n] == stop[0]:
			return n
		}
	}
	if n == len(rest) || r.f.endAt(r.b[r.pos+n:]) > 0 {
		return n
	}
	return 0
}

// Dotted reads a whole line, without the dot that stands before one that begins
// with a dot (RFC 1939, section 3); it fails where the line is a dot alone. The
// string aliases the frame.
func (r *Reader) Dotted(field string) string {
	line := r.rest()
	switch {
	case len(line) == 0 || line[0] != '.':
	case len(line) == 1:
		r.Fail(field, "a dot alone")
		return ""
	default:
		r.pos++
	}
	return r.Text(field)
}

// FixedText reads exactly n bytes of the current line. The string aliases the
// frame.
func (r *Reader) FixedText(field string, n int) string {
	if n < 0 || len(r.rest()) < n {
		r.Fail(field, tooShort)
		return ""
	}
	return r.text(field, n)
}

// Bool reads one of two words; where one begins with the other, the longer.
func (r *Reader) Bool(field, on, off string) bool {
	v := r.Has(on)
	if v && len(off) > len(on) && r.Has(off) {
		v = false
	}
	switch {
	case v:
		r.pos += len(on)
	case r.Has(off):
		r.pos += len(off)
	default:
		r.Fail(field, "neither of its two words")
	}
	return v && r.err == nil
}

// text takes n bytes that are there.
func (r *Reader) text(field string, n int) string {
	s := alias(r.b[r.pos : r.pos+n])
	if why := r.f.Charset.refuses(s); why != "" {
		r.Fail(field, why)
		return ""
	}
	r.pos += n
	return s
}

// until is the number of bytes before the first stop of the current line.
func (r *Reader) until(stops []string) int {
	line := alias(r.rest())
	n := len(line)
	for _, stop := range stops {
		if stop == "" {
			continue
		}
		// Only a stop that begins before n is of interest.
		if i := indexOf(line[:min(len(line), n+len(stop)-1)], stop); i >= 0 {
			n = i
		}
	}
	return n
}

func indexOf(s, sub string) int {
	if len(sub) == 1 {
		return strings.IndexByte(s, sub[0])
	}
	return strings.Index(s, sub)
}
