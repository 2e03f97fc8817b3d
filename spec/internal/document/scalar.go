package document

import (
	"fmt"
	"sort"

	"github.com/linewright/linewright/spec/model"
)

// scalar is text that was read from a source.
type scalar struct {
	start, end int // in the source, quotes included
	style      Style
	value      string
	marks      []mark // where the pieces of value came from
	faults     []fault
}

// mark says that the bytes of a value from at on came from the source at from
// on, one by one (whole) or all from that place (an escape, a folded break).
type mark struct {
	at, from int
	whole    bool
}

// fault is what is wrong with a scalar. After a fatal one it has no end.
type fault struct {
	offset        int
	fatal         bool
	message, hint string
}

// text collects a scalar's value and, if it is asked to, the marks.
type text struct {
	value  []byte
	marked bool
	marks  []mark
}

// mark notes where the next piece came from.
func (t *text) mark(from int, whole bool) {
	if t.marked {
		t.marks = append(t.marks, mark{len(t.value), from, whole})
	}
}

// end makes r the scalar of the collected text, which ends at offset.
func (t *text) end(r scalar, offset int) scalar {
	r.end, r.value, r.marks = offset, string(t.value), t.marks
	return r
}

// copy appends the source's bytes from..to.
func (t *text) copy(s *source, from, to int) {
	if from < to {
		t.mark(from, true)
		t.value = append(t.value, s.data[from:to]...)
	}
}

// put appends what the source at from stands for.
func (t *text) put(from int, value string) {
	t.mark(from, false)
	t.value = append(t.value, value...)
}

// fold appends what breaks line breaks in a row become between two texts.
func (t *text) fold(from, breaks int) {
	if breaks == 1 {
		t.put(from, " ")
		return
	}
	t.repeat(from, "\n", breaks-1)
}

// repeat is put, so many times.
func (t *text) repeat(from int, value string, times int) {
	for range times {
		t.put(from, value)
	}
}

// flowScalar reads a plain or quoted scalar, or refuses an alias.
func (p *parser) flowScalar(parent int, flow bool) *Node {
	switch c := p.peek(); c {
	case '"':
		return p.scalarNode(p.doubleQuoted(&text{}, p.pos), parent, flow)
	case '\'':
		return p.scalarNode(p.singleQuoted(&text{}, p.pos), parent, flow)
	case '*':
		return p.alias()
	case '@', '`', '%':
		p.mistake(p.pos, "yaml-syntax", fmt.Sprintf("text must not begin with %q", c), "put it in double quotes")
	default:
		if !p.plainMayBegin(p.pos, flow) {
			p.syntax(p.pos, fmt.Sprintf("%s is not expected here", p.char(p.pos)), quoteHint)
			return p.node(Refused, p.pos)
		}
	}
	return p.scalarNode(p.plain(&text{}, p.pos, parent, flow), parent, flow)
}

// alias refuses an alias, and skips it.
func (p *parser) alias() *Node {
	n := p.node(Refused, p.pos)
	if !p.all {
		p.mistake(p.pos, "yaml-alias", "aliases are not read", "write the value out; put text that begins with * in quotes")
	}
	for !ends(p.peek()) && !brackets(p.peek()) {
		p.pos++
	}
	if n.Written.To = p.pos; p.all {
		n.Value = n.Raw()
	}
	return n
}

// scalarNode makes a node of a scalar, and moves behind it.
func (p *parser) scalarNode(s scalar, parent int, flow bool) *Node {
	n := p.node(Scalar, s.start)
	n.Value, n.Style, n.parent, n.flow = s.value, s.style, parent, flow
	n.Written.To = s.end
	p.take(s)
	return n
}

// take reports a scalar's faults, and moves behind it.
func (p *parser) take(s scalar) {
	for _, f := range s.faults {
		if f.fatal {
			p.syntax(f.offset, f.message, f.hint)
		} else {
			p.mistake(f.offset, "yaml-syntax", f.message, f.hint)
		}
	}
	if !p.dead {
		p.pos = s.end
	}
}

// At is the place in the document of the byte at offset of a scalar's decoded
// Value; the place of len(Value) is behind the last one. Of what is no scalar
// it is Pos. At must not be called by two goroutines at once for nodes of one
// document.
func (n *Node) At(offset int) model.Pos {
	if n.Kind != Scalar {
		return n.Pos
	}
	offset = max(0, min(offset, len(n.Value)))
	s := n.again()
	if len(s.marks) == 0 {
		// an empty scalar: between its quotes
		if n.Style == DoubleQuoted || n.Style == SingleQuoted {
			return n.src.pos(n.start + 1)
		}
		return n.Pos
	}
	i := sort.Search(len(s.marks), func(i int) bool { return s.marks[i].at > offset })
	last := s.marks[max(i-1, 0)]
	from := last.from
	if last.whole {
		from += offset - last.at
	} else if offset >= len(s.value) && s.style <= DoubleQuoted {
		from = s.end - 1
	}
	return n.src.pos(min(from, len(n.src.data)))
}

// again reads the scalar once more, for its marks. The last one is kept: a
// template with a mistake often has many.
func (n *Node) again() scalar {
	if n.src.marked != n {
		n.src.marked, n.src.marks = n, n.read()
	}
	return n.src.marks
}

func (n *Node) read() scalar {
	t := &text{marked: true}
	switch n.Style {
	case SingleQuoted:
		return n.src.singleQuoted(t, n.start)
	case DoubleQuoted:
		return n.src.doubleQuoted(t, n.start)
	case Literal, Folded:
		return n.src.literal(t, n.start, n.parent)
	}
	return n.src.plain(t, n.start, n.parent, n.flow)
}
