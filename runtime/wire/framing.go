package wire

import (
	"bytes"
	"strings"
	"unsafe"
)

// newlines reports whether all received terminators are LF or CRLF: nearly
// every line protocol, and the case that is worth being fast in.
func (f *Framing) newlines() bool {
	for _, end := range f.Ends {
		if end != "\n" && end != "\r\n" {
			return false
		}
	}
	return len(f.Ends) > 0
}

// newlinesOnly reports whether what we send ends with CR, LF or both, too.
func (f *Framing) newlinesOnly() bool { return isNewline(f.SendEnd) && f.newlines() }

// lineEnd finds the first terminator in b: where it begins and its length; at
// len(b) with length 0 where there is none. As no terminator begins with
// another (G8), at most one begins at any place.
func (f *Framing) lineEnd(b []byte) (at, width int) {
	if !f.newlines() {
		return f.lineEndAny(b)
	}
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], '\n')
		if i < 0 {
			return len(b), 0
		}
		i += from
		if i > 0 && b[i-1] == '\r' && f.ends("\r\n") {
			return i - 1, 2
		}
		if f.ends("\n") {
			return i, 1
		}
		from = i + 1 // LF alone is data where only CRLF ends a line
	}
}

// lineEndAny is lineEnd for terminators of any bytes.
func (f *Framing) lineEndAny(b []byte) (at, width int) {
	if len(f.Ends) == 0 {
		return len(b), 0
	}
	if len(f.Ends) == 1 && f.Ends[0] != "" {
		if at = strings.Index(alias(b), f.Ends[0]); at >= 0 {
			return at, len(f.Ends[0])
		}
		return len(b), 0
	}
	// One pass: to search for each in turn would read the whole buffer for a
	// terminator that is rare, on every line.
	for at = range b {
		if width = f.endAt(b[at:]); width > 0 {
			return at, width
		}
	}
	return len(b), 0
}

// EndAt reports whether a received line ends where b begins.
func (f *Framing) EndAt(b []byte) bool { return f.endAt(b) > 0 }

// endAt is the length of the terminator that b begins with, or 0.
func (f *Framing) endAt(b []byte) int {
	for i := range f.Ends {
		switch end := f.Ends[i]; {
		case len(b) < len(end):
		case len(end) == 2 && b[0] == end[0] && b[1] == end[1]: // nearly always, without a call
			return 2
		case string(b[:len(end)]) == end:
			return len(end)
		}
	}
	return 0
}

// controls reports whether each terminator begins with a control character: none is
// in printable text.
func (f *Framing) controls() bool {
	for i := range f.Ends {
		if end := f.Ends[i]; end == "" || end[0] >= 0x20 {
			return false
		}
	}
	return true
}

func (f *Framing) ends(terminator string) bool {
	for _, end := range f.Ends {
		if end == terminator {
			return true
		}
	}
	return false
}

// alias gives b as a string that shares its memory. The caller answers for b
// not changing while the string is in use.
func alias(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// terminators calls yield with each terminator, of either direction.
func (f *Framing) terminators(yield func(end string) bool) {
	for _, end := range f.Ends {
		if end != "" && !yield(end) {
			return
		}
	}
	if f.SendEnd != "" {
		yield(f.SendEnd)
	}
}

// begins reports whether s begins with a terminator.
func (f *Framing) begins(s string) bool {
	for end := range f.terminators {
		if strings.HasPrefix(s, end) {
			return true
		}
	}
	return false
}

// breaks reports whether s, sent as text, could end a line: it holds a
// terminator, or a CR or LF where any terminator is made of such. Servers that
// promise CRLF often take a bare LF too, and the other way round.
func (f *Framing) breaks(s string) bool {
	for end := range f.terminators {
		if strings.Contains(s, end) {
			return true
		}
		if strings.ContainsAny(end, "\r\n") && strings.ContainsAny(s, "\r\n") {
			return true
		}
	}
	return false
}

// plain reports whether every terminator consists of CR and LF alone, or is a
// single control character. Then no number, literal or escape holds one, and
// none can arise where two parts of a line meet, each of which is free of
// breaks; else the whole line must be looked at.
func (f *Framing) plain() bool {
	if f.newlinesOnly() {
		return true // nearly always
	}
	for end := range f.terminators {
		if strings.Trim(end, "\r\n") != "" && (len(end) > 1 || end[0] >= 0x20) {
			return false
		}
	}
	return true
}
