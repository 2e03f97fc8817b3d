package wire

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shown is text as an error may print it: what a log or a terminal would take
// for more than glyphs is quoted, as a JSON key of a hostile peer, and what is
// longer than limit bytes is cut. Text of glyphs alone stays as it is.
func Shown(text string, limit int) string {
	rest := ""
	if len(text) > limit {
		text, rest = text[:limit], "…"
	}
	if utf8.ValidString(text) && !strings.ContainsFunc(text, hidden) {
		return text + rest
	}
	return strconv.Quote(text) + rest
}

// hidden reports whether r does something else than to be seen: controls, what
// turns the direction of text, separators of lines. U+FFFD stands for bytes
// that are no text.
func hidden(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }
