package format

import "github.com/linewright/linewright/spec/internal/document"

// dashed reports whether it is an item of a list.
func (it *item) dashed() bool { return it.place == inList }

// prefix is what stands before a value in lines of its own.
func (it *item) prefix() string {
	switch it.place {
	case inMap:
		return it.key + ":"
	case inList:
		return "-"
	}
	return ""
}

// prefixIn is what stands before a value in the brackets of n.
func (it *item) prefixIn(n *node) string {
	if n.kind == document.Map {
		return it.key + ": "
	}
	return ""
}

// above are the lines over an entry: its own comments and those that have no room
// beside it, and of a list item that begins on its dash's line those of the first
// entry in it.
func (it *item) above(f form, indent int) []string {
	lines := append([]string(nil), it.lead...)
	beside := 1
	n := it.value
	if f == unfolded && it.place != inMap {
		beside = 0
	}
	if len(it.notes) > beside {
		lines = append(lines, it.notes[:len(it.notes)-beside]...)
	}
	if f == unfolded && it.place == inList && n.props == "" {
		first := n.items[0]
		lines = append(lines, trimBlank(first.above(first.form(indent+step), indent+step))...)
	}
	return lines
}
