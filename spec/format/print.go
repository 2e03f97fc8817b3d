package format

import (
	"strings"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/internal/document"
)

const (
	// width is how long a line in brackets may be; what is longer is written in
	// lines of its own.
	width = 120
	step  = 2 // of the indentation
)

// printer writes a layout.
type printer struct{ strings.Builder }

func (l *layout) String() string {
	var p printer
	p.whole(l.head, 0)
	root := l.root
	switch f := root.form(0); {
	case f == unfolded:
		p.whole(trimBlank(root.above(f, 0)), 0)
		if root.value.props != "" {
			p.WriteString(root.value.props + "\n")
		}
		p.items(root.value, 0)
	default:
		p.whole(root.above(f, 0), 0)
		if begins := root.value.text + strings.Join(root.value.lines, "\n"); strings.HasPrefix(begins, "---") || strings.HasPrefix(begins, "...") {
			p.indent(step) // else it would be a marker
		}
		p.item(root, 0, true)
	}
	p.whole(l.foot, 0)
	return p.String()
}

// whole writes comments and blank lines; of blank lines in a row, one.
func (p *printer) whole(lines []string, indent int) {
	for _, l := range lines {
		if l != "" || !strings.HasSuffix(p.String(), "\n\n") {
			p.text([]string{l}, indent)
		}
	}
}

// text writes lines.
func (p *printer) text(lines []string, indent int) {
	for _, l := range lines {
		if l != "" {
			p.indent(indent)
		}
		p.WriteString(l + "\n")
	}
}

func (p *printer) indent(n int) { p.WriteString(strings.Repeat(" ", n)) }

// items writes the entries of a map or list in lines of their own, and what is
// below them.
func (p *printer) items(n *node, indent int) {
	for i, it := range n.items {
		if i == 0 {
			it.lead = trimBlank(it.lead)
		}
		p.item(it, indent, false)
	}
	p.whole(n.below, indent)
}

// item writes an entry whose key or dash is at indent. What stands above the first
// of a list item's entries was written above its dash: it is inline.
func (p *printer) item(it *item, indent int, inline bool) {
	f := it.form(indent)
	if !inline {
		p.whole(it.above(f, indent), indent)
		p.indent(indent)
	}
	p.WriteString(it.prefix())
	n := it.value
	if n.props != "" {
		p.space()
		p.WriteString(n.props)
	}
	switch f {
	case oneLine:
		text := n.text
		if n.collection() {
			text, _ = n.onLine(width)
		}
		if text != "" {
			p.space()
			p.WriteString(text)
		}
	case filled:
		p.fill(it, indent)
	case severalLines:
		p.space()
		p.WriteString(n.lines[0] + "\n")
		p.text(n.lines[1:len(n.lines)-1], indent+step)
		p.indent(indent + step)
		p.WriteString(n.lines[len(n.lines)-1])
	case blockLines:
		p.space()
		p.WriteString(n.text)
	case unfolded:
		p.unfold(it, indent)
		return
	}
	p.endLine(it)
	if f == blockLines {
		p.text(n.lines, indent+step)
	}
	p.whole(n.below, indent+step)
}

// space separates a value from what stands before it on its line.
func (p *printer) space() {
	if s := p.String(); s != "" && s[len(s)-1] != '\n' && s[len(s)-1] != ' ' {
		p.WriteByte(' ')
	}
}

// endLine ends an entry's line, with the comment beside it.
func (p *printer) endLine(it *item) {
	if len(it.notes) > 0 {
		p.space()
		p.WriteString(it.notes[len(it.notes)-1])
	}
	p.WriteByte('\n')
}

// unfold writes a map or list below its key, or behind its dash.
func (p *printer) unfold(it *item, indent int) {
	n := it.value
	if !it.dashed() {
		p.endLine(it)
		p.items(n, indent+step)
		return
	}
	if n.props != "" {
		p.WriteByte('\n')
		p.items(n, indent+step)
		return
	}
	p.WriteByte(' ')
	p.item(n.items[0], indent+step, true)
	for _, child := range n.items[1:] {
		p.item(child, indent+step, false)
	}
	p.whole(n.below, indent+step)
}

// fill writes a list of short values over several lines.
func (p *printer) fill(it *item, indent int) {
	p.space()
	p.WriteByte('[')
	at := width - it.room(indent) + 1
	if indent += step; it.dashed() {
		indent += step
	}
	n := it.value
	for i, it := range n.items {
		text := it.value.text
		long := utf8.RuneCountInString(text) + 1
		switch {
		case i > 0 && at+1+long > width:
			p.WriteByte('\n')
			p.indent(indent)
			at = indent
		case i > 0:
			p.WriteByte(' ')
			at++
		}
		p.WriteString(text)
		if i < len(n.items)-1 {
			p.WriteByte(',')
		}
		at += long
	}
	p.WriteByte(']')
}

// form is how an entry's value is written.
type form uint8

const (
	oneLine      form = iota // beside its key
	filled                   // in brackets, over several lines
	severalLines             // text that goes on below
	blockLines               // a literal or folded scalar
	unfolded                 // a map or list in lines of its own
)

func (it *item) form(indent int) form {
	n := it.value
	switch {
	case n.block:
		return blockLines
	case n.lines != nil:
		return severalLines
	case !n.collection() || len(n.items) == 0:
		return oneLine
	}
	if _, ok := n.onLine(it.room(indent)); ok {
		return oneLine
	}
	if n.fills() {
		return filled
	}
	return unfolded
}

// room is how much of an entry's line is left for its value.
func (it *item) room(indent int) int {
	room := width - indent - utf8.RuneCountInString(it.prefix()) - 1
	if props := it.value.props; props != "" {
		room -= utf8.RuneCountInString(props) + 1
	}
	return room
}

// onLine is a value on one line, if it can be, and is no longer than room.
func (n *node) onLine(room int) (text string, ok bool) {
	switch {
	case n.lines != nil, n.block, len(n.below) > 0:
		return "", false
	case !n.collection():
		return n.text, utf8.RuneCountInString(n.text) <= room
	case len(n.items) > 0 && !n.flow:
		return "", false
	}
	open, end := "[", "]"
	if n.kind == document.Map {
		open, end = "{", "}"
	}
	room -= 2
	parts := make([]string, len(n.items))
	for i, it := range n.items {
		part, ok := it.onLine(n, room)
		if room -= utf8.RuneCountInString(part); !ok || it.commented() || room < 0 {
			return "", false
		}
		parts[i] = part
		room -= len(", ")
	}
	return open + strings.Join(parts, ", ") + end, true
}

// onLine is an item in the brackets of n.
func (it *item) onLine(n *node, room int) (text string, ok bool) {
	text = it.prefixIn(n)
	if props := it.value.props; props != "" {
		text += props + " "
	}
	value, ok := it.value.onLine(room - utf8.RuneCountInString(text))
	return text + value, ok
}

// commented reports whether comments belong to it.
func (it *item) commented() bool {
	return len(it.notes) > 0 || strings.Join(it.lead, "") != ""
}

// fills reports whether n is a list of short values in brackets.
func (n *node) fills() bool {
	if !n.flow || n.kind != document.List || len(n.below) > 0 {
		return false
	}
	for _, it := range n.items {
		if v := it.value; v.collection() || v.lines != nil || v.props != "" || it.commented() {
			return false
		}
	}
	return true
}
