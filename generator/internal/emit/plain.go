package emit

import (
	"strings"
	"unicode"
)

// lineEnds are all that ends a line somewhere, made one.
var lineEnds = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n",
)

// plain leaves out what cannot be seen: NUL and the byte order mark, which Go
// source cannot hold, other controls, and what turns the direction of text
// around, so that a comment reads as it is.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, lineEnds.Replace(strings.ToValidUTF8(text, "\uFFFD")))
}

// paragraphs cuts text at blank lines, and each paragraph into words.
func paragraphs(text string) [][]string {
	var list [][]string
	var current []string
	for line := range strings.SplitSeq(plain(text), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 && len(current) > 0 {
			list = append(list, current)
			current = nil
		}
		current = append(current, fields...)
	}
	if len(current) > 0 {
		list = append(list, current)
	}
	return list
}

// words is text as one paragraph.
func words(text string) []string { return strings.Fields(plain(text)) }

// oneLine is text as one line.
func oneLine(text string) string { return strings.Join(words(text), " ") }
