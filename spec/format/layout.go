package format

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/language"
)

// node is a value of the document, with what will be written of it.
type node struct {
	kind  document.Kind
	is    *language.Form      // its place in the language
	of    *language.Construct // of a map whose keys are the language's
	props string              // anchor and tag
	text  string              // of a scalar on one line; of a block its header, |
	lines []string            // of a scalar of several lines: behind its key and below
	block bool                // all lines are below text
	keep  bool                // empty lines behind it are part of it
	items []*item             // of a map or list
	last  *item               // the one that was last before they were sorted
	flow  bool                // in brackets
	below []string            // comments and blank lines behind the last item, or below nothing
	col   int                 // comments from this column on may be below
}

// item is an entry of a map, an item of a list, or the document itself.
type item struct {
	place place
	name  string // a map's key
	key   string // as it is written
	lead  []string
	notes []string // comments that stood beside it: the last one may again
	value *node
}

// place is what an item is in.
type place uint8

const (
	nowhere place = iota // the document itself
	inMap
	inList
)

// collection reports whether n is a map or list.
func (n *node) collection() bool { return n.kind == document.Map || n.kind == document.List }

// line is a line between values: a comment with its column, or a blank line.
type line struct {
	col  int
	text string
}

// gap reads what is between two values: the comment on the first one's line, and
// the lines behind it. Blank lines in a row are one. What else stands there is
// YAML's own: commas, brackets, dashes and markers.
func (b *builder) gap(from, to int) (beside string, lines []line) {
	pieces := strings.Split(string(b.data[from:to]), "\n")
	for i, piece := range pieces {
		at := strings.IndexByte(piece, '#')
		switch {
		case at >= 0 && i == 0:
			beside = strings.TrimRight(piece[at:], " ")
		case at >= 0:
			lines = append(lines, line{at, strings.TrimRight(piece[at:], " ")})
		case i > 0 && i < len(pieces)-1 && strings.TrimSpace(piece) == "":
			if len(lines) == 0 || lines[len(lines)-1].text != "" {
				lines = append(lines, line{})
			}
		}
	}
	if b.keep && len(lines) > 0 && lines[0].text == "" {
		lines = lines[1:] // it was part of the text before it
	}
	b.keep = false
	return beside, lines
}

// beside gives a comment on the line where it ends to the innermost value there.
func (it *item) beside(comment string) {
	if comment == "" {
		return
	}
	for it.value.collection() && !it.value.flow && it.value.last != nil {
		it = it.value.last
	}
	it.notes = append(it.notes, comment)
}

// claim takes the lines behind n that are indented as what is in it, and gives
// what is left.
func (n *node) claim(lines []line) []line {
	switch {
	case n.kind == document.Null:
	case n.collection() && !n.flow && n.last != nil:
		lines = n.last.value.claim(lines)
	default:
		return lines
	}
	taken := 0
	for i, l := range lines {
		if l.text == "" {
			continue
		}
		if l.col < n.col {
			break
		}
		taken = i + 1
	}
	n.below = append(n.below, texts(lines[:taken])...)
	return lines[taken:]
}

func texts(lines []line) (list []string) {
	for _, l := range lines {
		list = append(list, l.text)
	}
	return list
}

// comments are lines without the blank ones.
func comments(lines []line) (list []string) {
	for _, l := range lines {
		if l.text != "" {
			list = append(list, l.text)
		}
	}
	return list
}

// trimBlank takes blank lines off the beginning.
func trimBlank(lines []string) []string {
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	return lines
}
