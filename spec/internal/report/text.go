package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text writes findings for people: place, message and rule, then the hint, then
// the source line with a caret under the place.
//
//	acme.yaml:12:14: a duration needs a unit: ms, s, m or h [unit]
//	  hint: 10s
//	    every: 10
//	           ^
//
// What is no error has its severity before the message.
func Text(w io.Writer, findings []Finding) error { return text(w, findings, plain) }

// ColourText is Text for a terminal that shows colours.
func ColourText(w io.Writer, findings []Finding) error { return text(w, findings, coloured) }

// style is what surrounds the parts of a finding that stand out.
type style struct{ place, rule, hint, caret, end string }

var (
	plain    = style{}
	coloured = style{place: "\x1b[1m", rule: "\x1b[2m", hint: "\x1b[36m", caret: "\x1b[1;31m", end: "\x1b[0m"}
)

func text(w io.Writer, findings []Finding, s style) error {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(s.place + place(f) + ":" + s.end + " " + mildness(f) + visible(f.Message))
		b.WriteString(" " + s.rule + "[" + visible(f.Rule) + "]" + s.end + "\n")
		if f.Hint != "" {
			b.WriteString("  " + s.hint + "hint:" + s.end + " " + visible(f.Hint) + "\n")
		}
		if f.Source != "" {
			b.WriteString("    " + visible(f.Source) + "\n")
			b.WriteString("    " + strings.Repeat(" ", width(before(f.Source, f.Caret))) + s.caret + "^" + s.end + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mildness says that a finding is no error.
func mildness(f Finding) string {
	if f.Severity == "" || f.Severity == Error {
		return ""
	}
	return f.Severity + ": "
}

// place is file:line:col, or as much of it as there is.
func place(f Finding) string {
	if f.Line == 0 {
		return visible(f.File)
	}
	return fmt.Sprintf("%s:%d:%d", visible(f.File), f.Line, f.Col)
}

// before is the part of a line before its column caret, as it is printed.
func before(line string, caret int) string {
	runes := []rune(line)
	return visible(string(runes[:max(0, min(caret-1, len(runes)))]))
}

// visible is text that only shows itself: controls, what changes the direction
// of text or has no glyph, and invalid bytes become escapes.
func visible(s string) string {
	clean := true
	for _, r := range s {
		clean = clean && shows(r)
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case shows(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += size
	}
	return b.String()
}

// shows reports whether r is only a glyph. U+FFFD stands for invalid bytes,
// too, so that it never counts as one.
func shows(r rune) bool { return unicode.IsPrint(r) && r != utf8.RuneError }

// width is how many columns of a terminal visible text takes.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// wideRanges are the characters that terminals show in two columns: the wide
// and fullwidth ranges of UAX #11, without their small gaps.
var wideRanges = [...][2]rune{
	{0x1100, 0x115f},
	{0x231a, 0x231b},
	{0x23e9, 0x23ec},
	{0x25fd, 0x25fe},
	{0x2614, 0x2615},
	{0x2648, 0x2653},
	{0x26aa, 0x26ab},
	{0x26bd, 0x26be},
	{0x26c4, 0x26c5},
	{0x2705, 0x2705},
	{0x270a, 0x270b},
	{0x274c, 0x274c},
	{0x2753, 0x2755},
	{0x2795, 0x2797},
	{0x2b1b, 0x2b1c},
	{0x2b50, 0x2b50},
	{0x2e80, 0x303e},
	{0x3041, 0xa4cf},
	{0xa960, 0xa97f},
	{0xac00, 0xd7a3},
	{0xf900, 0xfaff},
	{0xfe30, 0xfe6f},
	{0xff00, 0xff60},
	{0xffe0, 0xffe6},
	{0x16fe0, 0x18aff},
	{0x1b000, 0x1b2ff},
	{0x1f18e, 0x1f18e},
	{0x1f191, 0x1f19a},
	{0x1f200, 0x1f320},
	{0x1f32d, 0x1f335},
	{0x1f337, 0x1f393},
	{0x1f3a0, 0x1f3ca},
	{0x1f3e0, 0x1f3f0},
	{0x1f400, 0x1f64f},
	{0x1f680, 0x1f6ff},
	{0x1f900, 0x1f9ff},
	{0x1fa70, 0x1faff},
	{0x20000, 0x3fffd},
}

func wide(r rune) bool {
	for _, w := range wideRanges {
		if r < w[0] {
			return false
		}
		if r <= w[1] {
			return true
		}
	}
	return false
}
