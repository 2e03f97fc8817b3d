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
func (s *source) singleQuoted(t *text, offset int) scalar {
	return s.quoted(t, scalar{start: offset, style: SingleQuoted}, func(t *text, i int) (int, *fault) {
		t.put(i, "'")
		return i + 2, nil
	})
}

// doubleQuoted reads text in double quotes, with escapes.
func (s *source) doubleQuoted(t *text, offset int) scalar {
	return s.quoted(t, scalar{start: offset, style: DoubleQuoted}, s.escape)
}

// quoted reads quoted text; special reads an escape, or a doubled quote, at i
// and says where it ends.
func (s *source) quoted(t *text, r scalar, special func(t *text, i int) (int, *fault)) scalar {
	quote := s.data[r.start]
	from, i := r.start+1, r.start+1 // the text from..i is yet to be copied
	for {
		var f *fault
		switch c := s.at(i); {
		case c == 0:
			f = &fault{r.start, true, "the text that begins here has no closing quote", ""}
		case c == '\n' || c == '\r':
			from, f = s.quotedBreak(t, from, i)
			i = from
		case c == quote && !(quote == '\'' && s.at(i+1) == quote):
			t.copy(s, from, i)
			return t.end(r, i+1)
		case c == quote || c == '\\' && quote == '"':
			t.copy(s, from, i)
			from, f = special(t, i)
			i = from
		default:
			i++
		}
		if f == nil {
			continue
		}
		r.faults = append(r.faults, *f)
		if f.fatal || len(r.faults) == maxMistakes {
			return t.end(r, len(s.data))
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
var escapes = [256]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
	' ': " ", '"': `"`, '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

// escape reads the escape at i.
func (s *source) escape(t *text, i int) (next int, f *fault) {
	c := s.at(i + 1)
	if value := escapes[c]; value != "" {
		t.put(i, value)
		return i + 2, nil
	}
	digits := 0
	switch c {
	case '\n', '\r':
		return s.escapedBreak(t, i)
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
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
	t.repeat(i, "\n", count-1)
	return next, f
}
