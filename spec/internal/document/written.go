package document

import "strings"

// Span is a piece of the source: the offsets of its first byte and behind its
// last.
type Span struct{ From, To int }

// Written is how a node is written, for [Read].
type Written struct {
	// Span is the value's own text; of a block map or list only From counts. A
	// Null has none.
	Span
	// Properties are its anchor and tag.
	Properties Span
	// Dashes are the places of a block list's dashes.
	Dashes []int
}

// Flow reports whether a map or list is written in brackets.
func (n *Node) Flow() bool { return n.flow && n.Kind != Scalar }

// Raw is a value's text as it is written, quotes or brackets included.
func (n *Node) Raw() string { return string(n.src.data[n.Written.From:n.Written.To]) }

// Column is how many characters stand before the value on its line.
func (n *Node) Column() int { return n.Pos.Col - 1 }

// Written is where the key is, quotes included.
func (e *Entry) Written() Span { return Span{e.from, e.to} }

// BlockLines are the lines of a literal or folded scalar, without indentation.
// Empty lines behind the text are given where they are part of the value: keep.
func (n *Node) BlockLines() (lines []string, keep bool) {
	h, _ := n.src.header(n.start)
	b := n.src.block(h, n.parent)
	for _, l := range b.lines {
		for range l.above {
			lines = append(lines, "")
		}
		lines = append(lines, string(n.src.data[l.from:l.to]))
	}
	if keep = h.chomp == '+'; keep {
		lines = append(lines, make([]string, b.below)...)
	}
	return lines, keep
}

// HeaderComment is the comment beside the | or > of a block scalar.
func (n *Node) HeaderComment() string {
	_, comment, found := strings.Cut(n.src.headerLine(n.start), "#")
	if !found {
		return ""
	}
	return "#" + comment
}

// headerLine is the first line of the block scalar at offset.
func (s *source) headerLine(offset int) string { return string(s.data[offset:s.lineEnd(offset)]) }

// headerComment notes the comment of the block scalar that begins here.
func (p *parser) headerComment() {
	if i := strings.IndexByte(p.headerLine(p.pos), '#'); i >= 0 && p.all {
		p.comments = append(p.comments, Span{p.pos + i, p.lineEnd(p.pos)})
	}
}

// comment skips the comment that begins here, and notes it.
func (p *parser) comment() {
	end := p.lineEnd(p.pos)
	if p.all {
		p.comments = append(p.comments, Span{p.pos, end})
	}
	p.pos = end
}

// Bracketed reports whether a scalar is within brackets.
func (n *Node) Bracketed() bool { return n.flow && n.Kind == Scalar }
