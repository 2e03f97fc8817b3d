package document

import (
	"strconv"
	"unicode/utf8"
)

// quotedEnd is the offset behind the quoted text at offset if it ends on its
// line, else offset.
func (s *source) quotedEnd(offset int) int {
	quote := s.data[offset]
	for i := offset + 1; !breaks(s.at(i)); i++ {
		switch {
		case s.data[i] == '\\' && quote == '"':
			if i++; breaks(s.at(i)) {
				return offset
			}
		case s.data[i] == quote && quote == '\'' && s.at(i+1) == quote:
			i++
		case s.data[i] == quote:
			return i + 1
		}
	}
	return offset
}

// singleQuoted reads text in single quotes, in which two are one.
func (s *source) singleQuoted(offset int) scalar {
	return s.quoted(offset, SingleQuoted, func(t *text, i int) (int, *fault) {
		t.put(i, "'")
		return i + 2, nil
	})
}

// doubleQuoted reads text in double quotes, with escapes.
func (s *source) doubleQuoted(offset int) scalar {
	return s.quoted(offset, DoubleQuoted, s.escape)
}

// quoted reads quoted text; special reads an escape, or a doubled quote, at i
// and says where it ends.
func (s *source) quoted(offset int, style Style, special func(t *text, i int) (int, *fault)) scalar {
	r := scalar{start: offset, style: style}
	quote := s.data[offset]
	var t text
	from, i := offset+1, offset+1 // the text from..i is yet to be copied
	for {
		switch c := s.at(i); {
		case c == 0:
			r.faults = append(r.faults, fault{offset, true, "the text that begins here has no closing quote", ""})
			r.end, r.value, r.marks = len(s.data), string(t.value), t.marks
			return r
		case c == '\n' || c == '\r':
			var f *fault
			from, f = s.quotedBreak(&t, from, i)
			if f != nil {
				r.faults = append(r.faults, *f)
				r.end, r.value, r.marks = len(s.data), string(t.value), t.marks
				return r
			}
			i = from
		case c == quote && !(quote == '\'' && s.at(i+1) == quote):
			t.copy(s, from, i)
			r.end, r.value, r.marks = i+1, string(t.value), t.marks
			return r
		case c == quote || c == '\\' && quote == '"':
			t.copy(s, from, i)
			next, f := special(&t, i)
			if f != nil {
				r.faults = append(r.faults, *f)
			}
			from, i = next, next
		default:
			i++
		}
	}
}

// quotedBreak folds the line breaks at i into text, whose piece from..i is yet
// to be copied without its trailing blanks.
func (s *source) quotedBreak(t *text, from, i int) (next int, f *fault) {
	t.copy(s, from, s.trimBlanks(from, i))
	next, count, f := s.skipBreaks(i)
	if f == nil {
		t.fold(i, count)
	}
	return next, f
}

// skipBreaks is where text goes on after the line breaks at i, and how many
// there are.
func (s *source) skipBreaks(i int) (next, count int, f *fault) {
	next = i
	for c := s.at(next); c == '\n' || c == '\r'; c = s.at(next) {
		next = s.skipBreak(next)
		count++
		if s.marker(next) {
			return next, count, &fault{next, true, "a document marker within quotes", ""}
		}
		next = s.skipBlanks(next)
	}
	return next, count, nil
}

// escapes are the escapes of one character.
var escapes = map[byte]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
	' ': " ", '"': `"`, '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

// escape reads the escape at i.
func (s *source) escape(t *text, i int) (next int, f *fault) {
	c := s.at(i + 1)
	if value, ok := escapes[c]; ok {
		t.put(i, value)
		return i + 2, nil
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
	switch {
	case c == '\n' || c == '\r':
		return s.escapedBreak(t, i)
	case digits == 0:
		t.put(i, `\`)
		return i + 1, &fault{i, false, "an escape that YAML does not know", `write \\ for a backslash`}
	}
	hex := s.data[min(i+2, len(s.data)):min(i+2+digits, len(s.data))]
	n, err := strconv.ParseUint(string(hex), 16, 32)
	if err != nil || len(hex) < digits || !utf8.ValidRune(rune(n)) {
		t.put(i, string(utf8.RuneError))
		return i + 2, &fault{i, false, `\` + string(c) + " needs " + strconv.Itoa(digits) + " hex digits of a character", ""}
	}
	t.put(i, string(rune(n)))
	return i + 2 + digits, nil
}

// escapedBreak reads a backslash at a line's end: the break is no text, nor are
// the blanks that the next line begins with; empty lines are.
func (s *source) escapedBreak(t *text, i int) (int, *fault) {
	next, count, f := s.skipBreaks(i + 1)
	for range count - 1 {
		t.put(i, "\n")
	}
	return next, f
}
