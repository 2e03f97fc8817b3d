package emit

import (
	"go/doc/comment"
	"strings"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// width is how long a line of a comment may be, its slashes included.
const width = 80

// Doc is a doc comment; its parts stand a blank line apart.
//
//	// Reading is what the server sends as
//	//
//	//	READING {channel:uint8} {value:decimal}
//	//
//	// A channel's value.
//	//
//	//   - Channel: the channel that was measured.
//	//
//	// Deprecated: ask for Values.
type Doc []Part

// Part is one part of a [Doc]. Its text may be anything, also from a spec that
// nobody should trust: it stays a comment, and no tool takes it for an order.
type Part struct {
	kind partKind
	text string
}

type partKind uint8

const (
	partText partKind = iota
	partCode
	partItem
	partDeprecated
)

// Text is one or more paragraphs, filled anew.
func Text(text string) Part { return Part{partText, text} }

// Code is text shown as it is, indented by a tab.
func Code(text string) Part { return Part{partCode, text} }

// Item is one item of a list.
func Item(text string) Part { return Part{partItem, text} }

// Deprecated is the paragraph that tools know.
func Deprecated(text string) Part { return Part{partDeprecated, text} }

// code is the comment, each line a comment of its own.
func (d Doc) code() *jen.Statement {
	s := jen.Null()
	for _, line := range d.lines() {
		s.Comment(line).Line()
	}
	return s
}

// lines are the comment's lines; each begins with two slashes. They are as
// gofmt writes them, which sees lists and headings where nobody meant any.
func (d Doc) lines() []string {
	var text strings.Builder
	for _, line := range d.rough() {
		text.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " ") + "\n")
	}
	if text.Len() == 0 {
		return nil
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(canonical(text.String()), "\n"), "\n") {
		switch {
		case line == "", strings.HasPrefix(line, "\t"):
			lines = append(lines, "//"+line)
		default:
			lines = append(lines, "// "+line)
		}
	}
	return lines
}

// canonical is a comment's text as gofmt would write it. What it writes may be
// read differently once more: until nothing changes.
func canonical(text string) string {
	for range 4 {
		doc := new(comment.Parser).Parse(text)
		next := string(new(comment.Printer).Comment(doc))
		if next == text {
			break
		}
		text = next
	}
	return text
}

// rough are the lines before gofmt has its say.
func (d Doc) rough() []string {
	var lines []string
	var last partKind
	for _, p := range d {
		part := p.lines()
		if len(part) == 0 {
			continue
		}
		if len(lines) > 0 && (last != partItem || p.kind != partItem) {
			lines = append(lines, "//")
		}
		if last == partCode && p.kind == partItem {
			lines = append(lines, "// Where:", "//") // else the item would be code
		}
		lines = append(lines, part...)
		last = p.kind
	}
	return lines
}

func (p Part) lines() []string {
	switch p.kind {
	case partCode:
		return verbatim(p.text)
	case partItem:
		if words := words(p.text); len(words) > 0 {
			words[0] = tame(words[0])
			return fill("//   - ", "//     ", words)
		}
	case partDeprecated:
		if words := words(p.text); len(words) > 0 {
			return fill("// ", "// ", append([]string{"Deprecated:"}, words...))
		}
	default:
		var lines []string
		for i, words := range paragraphs(p.text) {
			if i > 0 {
				lines = append(lines, "//")
			}
			words[0] = tame(words[0])
			lines = append(lines, fill("// ", "// ", words)...)
		}
		return lines
	}
	return nil
}

// fill puts words on lines.
func fill(first, rest string, words []string) []string {
	var lines []string
	line := first + words[0]
	for _, w := range words[1:] {
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > width {
			lines = append(lines, defuse(line))
			line = rest + tame(w)
			continue
		}
		line += " " + w
	}
	return append(lines, defuse(line))
}

// tame keeps the first word of a line from meaning something to a tool: a
// build constraint, a directive, a heading, a link's target, a list or a note.
func tame(word string) string {
	for _, prefix := range []string{"+build", "#", "//", "/*", "go:", "BUG(", "TODO(", "Deprecated:", "Output:", "Unordered"} {
		if strings.HasPrefix(word, prefix) {
			return "| " + word
		}
	}
	switch word {
	case "+", "-", "*", "•":
		return "| " + word // a list's mark stands alone
	}
	if linkTarget(word) {
		return "| " + word
	}
	return word
}

// linkTarget reports whether a line that begins so may be a link's target.
func linkTarget(line string) bool {
	return strings.HasPrefix(line, "[") && (strings.Contains(line, "]:") || !strings.Contains(line, "]"))
}

// defuse breaks a line that would say that the file is generated.
func defuse(line string) string {
	const mark = "// Code generated "
	if strings.HasPrefix(line, mark) {
		return "// | " + strings.TrimPrefix(line, "// ")
	}
	return line
}

// verbatim shows lines as code: with a tab after the slashes. What all lines
// are indented by is taken off, as gofmt would.
func verbatim(text string) []string {
	var lines []string
	indent := -1
	for line := range strings.SplitSeq(plain(text), "\n") {
		line = strings.TrimRight(strings.ReplaceAll(line, "\t", " "), " ")
		if line == "" && len(lines) == 0 {
			continue
		}
		lines = append(lines, line)
		if n := len(line) - len(strings.TrimLeft(line, " ")); line != "" && (indent < 0 || n < indent) {
			indent = n
		}
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	for i, line := range lines {
		lines[i] = "//"
		if line = line[min(max(indent, 0), len(line)):]; line != "" {
			lines[i] += "\t" + harmless(line)
		}
	}
	return lines
}

// harmless breaks a line of code that would be a build constraint, or, where
// the code looks like a list, the target of a link.
func harmless(line string) string {
	text := strings.TrimSpace(line)
	if strings.HasPrefix(text, "+build") || linkTarget(text) {
		return "| " + line
	}
	return line
}
