package wire

import "unicode/utf8"

// maxJSONDepth bounds the objects and arrays inside each other.
const maxJSONDepth = 64

const (
	notJSON = "not a JSON value"
	tooDeep = "JSON nested too deeply"
)

// refuseJSON says why raw is not one JSON value, blanks around it allowed, that
// may be taken in, or gives "".
func refuseJSON(raw []byte) string {
	p := scanner{s: alias(raw)}
	p.all(noMark)
	return p.why
}

// jsonExtent is the length of the JSON value that s begins with, as far as
// brackets, quotes and blanks tell; whether it is one is another question.
func jsonExtent(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			i = skipString(s, i) - 1
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			depth--
			if depth <= 0 {
				return i + max(0, depth+1)
			}
		case ' ', '\t', '\r', '\n', ',', ':':
			if depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

// skipString is the place behind the JSON string that begins at i, at most
// len(s).
func skipString(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

// skipSpace is the place of the next byte from i that is no blank.
func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		i++
	}
	return i
}

// skipValue is the place behind the JSON value that begins at i. s is valid.
func skipValue(s string, i int) int { return i + jsonExtent(s[i:]) }

// compactJSON appends s, which is valid, without blanks outside of strings;
// ascii escapes what is not ASCII.
func compactJSON(b []byte, s string, ascii bool) []byte {
	for i := skipSpace(s, 0); i < len(s); i = skipSpace(s, i) {
		if s[i] != '"' {
			b = append(b, s[i])
			i++
			continue
		}
		end := skipString(s, i)
		if ascii {
			b = appendASCII(b, s[i:end])
		} else {
			b = append(b, s[i:end]...)
		}
		i = end
	}
	return b
}

func appendASCII(b []byte, s string) []byte {
	for _, r := range s {
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
		} else {
			b = appendJSONRune(b, r)
		}
	}
	return b
}
