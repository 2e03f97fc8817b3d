// Package printable makes text from elsewhere fit for a terminal: what a
// device, a certificate or a document says must not move the cursor, change
// colours, or look like other text than it is.
package printable

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is text on one line: control characters, escape sequences, characters
// that turn the direction of writing, and bytes that are no text become Go's
// escapes. Line ends between the parts of an error become "; ".
func Line(text string) string {
	if clean(text) {
		return text
	}
	text = strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "; ")
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && isBadByte(text[i:]):
			b.WriteString(`\x`)
			b.WriteString(strconv.FormatUint(uint64(text[i])+0x100, 16)[1:])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

func clean(text string) bool {
	for _, r := range text {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// enough bounds what Short keeps, in bytes.
const enough = 4 << 10

// Short is the beginning of a long text, and how much there was: a frame may be
// of many megabytes, which nobody reads.
func Short(text string) string {
	if len(text) <= enough {
		return text
	}
	end := enough
	for end > enough-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return fmt.Sprintf("%s … (%d bytes)", text[:end], len(text))
}

// isBadByte tells a byte that is no UTF-8 from a U+FFFD that was sent.
func isBadByte(text string) bool {
	_, n := utf8.DecodeRuneInString(text)
	return n == 1
}

// Named is a message or a command on one line: its name, and its fields, which
// print as {name: value}.
func Named(name string, fields fmt.Stringer) string {
	if text := fields.String(); text != "{}" {
		return name + " " + text
	}
	return name
}
