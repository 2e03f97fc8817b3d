package wire

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The one-letter escapes of JSON (RFC 8259, section 7), and what they mean.
const (
	escapesJSON  = `bfnrt\"/`
	meaningsJSON = "\b\f\n\r\t\\\"/"
)

// appendQuotedJSON writes s, which is valid in charset c, as a JSON string.
func appendQuotedJSON(b []byte, s string, c Charset) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			b = appendJSONByte(b, s[i])
			i++
			continue
		}
		if c == Latin1 {
			b = appendJSONUnit(b, uint16(s[i]))
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if c == UTF8 {
			b = append(b, s[i:i+n]...)
		} else {
			b = appendJSONRune(b, r)
		}
		i += n
	}
	return append(b, '"')
}

func appendJSONByte(b []byte, c byte) []byte {
	switch {
	case c == '"' || c == '\\':
		return append(b, '\\', c)
	case c == '\n':
		return append(b, '\\', 'n')
	case c == '\r':
		return append(b, '\\', 'r')
	case c == '\t':
		return append(b, '\\', 't')
	case c < 0x20 || c == 0x7f:
		return appendJSONUnit(b, uint16(c))
	}
	return append(b, c)
}

func appendJSONRune(b []byte, r rune) []byte {
	if r < 0x10000 {
		return appendJSONUnit(b, uint16(r))
	}
	hi, lo := utf16.EncodeRune(r)
	return appendJSONUnit(appendJSONUnit(b, uint16(hi)), uint16(lo))
}

func appendJSONUnit(b []byte, u uint16) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[u>>12], digits[u>>8&15], digits[u>>4&15], digits[u&15])
}

// unescapeJSON appends what s means. It refuses half a surrogate pair, for
// which the standard library puts another character, and in Latin1 what is
// beyond it.
func unescapeJSON(b []byte, s string, c Charset) ([]byte, bool) {
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			b = append(b, s[i])
			i++
			continue
		}
		r, n := escapeJSON(s[i+1:])
		switch {
		case n == 0, c == Latin1 && r > 0xff:
			return b, false
		case c == Latin1:
			b = append(b, byte(r))
		default:
			b = utf8.AppendRune(b, r)
		}
		i += 1 + n
	}
	return b, true
}

// escapeJSON reads the escape whose backslash is before s: the character that
// it means and its length, 0 where it is none.
func escapeJSON(s string) (r rune, n int) {
	if s == "" {
		return 0, 0
	}
	if s[0] != 'u' {
		if i := strings.IndexByte(escapesJSON, s[0]); i >= 0 {
			return rune(meaningsJSON[i]), 1
		}
		return 0, 0
	}
	r, ok := hexUnit(s[1:])
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 5
	}
	if len(s) < 7 || s[5] != '\\' || s[6] != 'u' {
		return 0, 0
	}
	low, ok := hexUnit(s[7:])
	if pair := utf16.DecodeRune(r, low); ok && pair != utf8.RuneError {
		return pair, 11
	}
	return 0, 0
}

func hexUnit(s string) (u rune, ok bool) {
	if len(s) < 4 {
		return 0, false
	}
	for i := range 4 {
		d := hexValue[s[i]]
		if d > 15 {
			return 0, false
		}
		u = u<<4 | rune(d)
	}
	return u, true
}
