package document

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// check looks at a document's size and characters. It reports whether the
// document is fit to be read; if not, there is a finding.
func check(data []byte, findings *report.List) bool {
	start := model.Pos{Line: 1, Col: 1}
	if len(data) > maxBytes {
		findings.Add(start, "yaml-size", "", fmt.Sprintf("a document of more than %d bytes", maxBytes), "")
		return false
	}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		findings.Add(start, "yaml-bom", "", "the document begins with a byte order mark", "save it as UTF-8 without one")
		return false
	}
	at, r, size := firstBad(data)
	if at < 0 {
		return true
	}
	pos := newSource(data).pos(at)
	switch {
	case r == utf8.RuneError && size == 1:
		findings.Add(pos, "yaml-utf8", "", fmt.Sprintf("byte 0x%02x is not valid UTF-8", data[at]), "save the document as UTF-8")
	case r == '\t':
		findings.Add(pos, "yaml-tab", "", "a tab", `indent with blanks; write "\t" or {0x09} where a tab is meant`)
	case r == '\r':
		findings.Add(pos, "yaml-control", "", "a carriage return without a line feed", "end lines with LF or CRLF")
	default:
		findings.Add(pos, "yaml-control", "", fmt.Sprintf("control or invisible character %U", r),
			fmt.Sprintf(`write it as an escape in double quotes: %s`, escape(r)))
	}
	return false
}

// firstBad finds the first character that a document must not hold.
func firstBad(data []byte) (at int, r rune, size int) {
	for i := 0; i < len(data); {
		c := data[i]
		if c >= ' ' && c < 0x7f || c == '\n' {
			i++
			continue
		}
		if c == '\r' && i+1 < len(data) && data[i+1] == '\n' {
			i += 2
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if c < utf8.RuneSelf || r == utf8.RuneError && size == 1 || invisible(r) {
			return i, r, size
		}
		i += size
	}
	return -1, 0, 0
}

// invisible reports whether r beyond ASCII does something to text other than
// to be seen: C1 controls, line and paragraph separators, what changes the
// direction of text (a reviewer would read another order than the parser), the
// byte order mark, surrogates and non-characters.
func invisible(r rune) bool {
	switch {
	case r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	case unicode.Is(unicode.Bidi_Control, r):
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	}
	return false
}

// escape is r as it is written in double quotes.
func escape(r rune) string {
	switch {
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
