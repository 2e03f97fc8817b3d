package wire

import "strings"

const (
	holdsBreak = "holds a line break"
	holdsStop  = "holds the text that ends it"
	isEmpty    = "is empty"
	holdsBlank = "holds a blank or a control character"
)

// Text writes text that a receiver reads to the first of stops, or to the line
// end. It refuses what holds a stop, or with the stop behind it would make one
// earlier, a line break, a NUL (but in Latin1), and what leaves the charset.
// Latin1 text is given and written as its bytes, without conversion.
func (w *Writer) Text(field, s string, stops ...string) {
	if why := w.refuses(s); why != "" {
		w.Fail(field, why)
		return
	}
	w.textBefore(field, s, stops)
}

// textBefore writes text that may be on the line, before one of stops.
func (w *Writer) textBefore(field, s string, stops []string) {
	if hidesStop(s, stops) {
		w.Fail(field, holdsStop)
		return
	}
	w.append(s)
}

// Dotted writes a whole line, and a dot before one that begins with a dot.
func (w *Writer) Dotted(field, s string) {
	if strings.HasPrefix(s, ".") {
		w.Lit(".")
	}
	w.Text(field, s)
}

// Word is Text that must not be empty and holds no blanks, tabs or control
// characters: no bytes up to 0x20.
func (w *Writer) Word(field, s string, stops ...string) {
	if w.lines && visible(s) { // nearly always: looked at once
		if len(stops) == 1 && stops[0] == " " {
			w.append(s)
		} else {
			w.textBefore(field, s, stops)
		}
		return
	}
	if why := notWord(s); why != "" {
		w.Fail(field, why)
		return
	}
	w.Text(field, s, stops...)
}

// FixedText writes text of exactly n bytes.
func (w *Writer) FixedText(field, s string, n int) {
	if len(s) != n {
		w.Fail(field, "not of exactly "+itoa(n)+" bytes")
		return
	}
	w.Text(field, s)
}

// Bool writes one of two words.
func (w *Writer) Bool(field string, v bool, on, off string) {
	if v {
		w.Lit(on)
	} else {
		w.Lit(off)
	}
}

func (w *Writer) append(s string) {
	if w.room(len(s)) {
		w.b = append(w.b, s...)
	}
}

// refuses says why s cannot be text of a line, or gives "".
func (w *Writer) refuses(s string) string {
	if w.lines && printable(s) {
		return ""
	}
	if w.f.breaks(s) {
		return holdsBreak
	}
	return w.f.Charset.refuses(s)
}

func isNewline(end string) bool { return end == "\n" || end == "\r\n" || end == "\r" }

func notWord(s string) string {
	if s == "" {
		return isEmpty
	}
	for i := range len(s) {
		if s[i] <= 0x20 {
			return holdsBlank
		}
	}
	return ""
}

// hidesStop reports whether a reader of s, followed by any of stops, could find
// a stop before the end of s.
func hidesStop(s string, stops []string) bool {
	for _, stop := range stops {
		if stop == "" {
			continue
		}
		if len(stop) == 1 {
			if strings.IndexByte(s, stop[0]) >= 0 {
				return true
			}
			continue
		}
		if strings.Contains(s, stop) {
			return true
		}
		for _, next := range stops {
			if straddles(s, stop, next) {
				return true
			}
		}
	}
	return false
}

// straddles reports whether stop may begin inside s and end in what follows,
// which begins with next: s "xa" before "aa" is read as "x".
func straddles(s, stop, next string) bool {
	for k := 1; k < len(stop); k++ {
		rest := stop[k:]
		n := min(len(rest), len(next))
		if strings.HasSuffix(s, stop[:k]) && rest[:n] == next[:n] {
			return true
		}
	}
	return false
}
