package wire

import "strings"

// The one-letter escapes of C, and what they mean.
const (
	escapesC  = `abfnrtv\"'?`
	meaningsC = "\a\b\f\n\r\t\v\\\"'?"
)

func appendQuotedC(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\r':
			b = append(b, '\\', 'r')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < 0x20 || c == 0x7f:
			b = append(b, '\\', 'x', upperHex[c>>4], upperHex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// unescapeC appends what s means: one-letter escapes, \xHH and up to three
// octal digits.
func unescapeC(b []byte, s string) ([]byte, bool) {
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			b = append(b, s[i])
			i++
			continue
		}
		c, n := escapeC(s[i+1:])
		if n == 0 {
			return b, false
		}
		b = append(b, c)
		i += 1 + n
	}
	return b, true
}

// escapeC reads the escape whose backslash is before s: the byte that it means
// and its length, 0 where it is none.
func escapeC(s string) (c byte, n int) {
	switch {
	case s == "":
		return 0, 0
	case s[0] == 'x':
		if len(s) < 3 || hexValue[s[1]]|hexValue[s[2]] > 15 {
			return 0, 0
		}
		return hexValue[s[1]]<<4 | hexValue[s[2]], 3
	case s[0]-'0' < 8:
		v := 0
		for n < 3 && n < len(s) && s[n]-'0' < 8 {
			v = v*8 + int(s[n]-'0')
			n++
		}
		if v > 0xff {
			return 0, 0
		}
		return byte(v), n
	}
	if i := strings.IndexByte(escapesC, s[0]); i >= 0 {
		return meaningsC[i], 1
	}
	return 0, 0
}
