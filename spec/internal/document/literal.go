package document

// header is the first line of a block scalar: |, |-, |+, |2, > …
type header struct {
	folded bool
	chomp  byte // '-', '+' or 0
	indent int  // explicit, relative to the parent; 0: found from the text
	end    int  // offset of its line's end
}

// literal reads the block scalar at offset. Its lines are indented deeper than
// parent.
func (s *source) literal(t *text, offset, parent int) scalar {
	r := scalar{start: offset, style: Literal}
	h, f := s.header(offset)
	if h.folded {
		r.style = Folded
	}
	if f != nil {
		r.faults, r.end = append(r.faults, *f), len(s.data)
		return r
	}
	b := s.block(h, parent)
	if b.fault != nil {
		r.faults = append(r.faults, *b.fault)
	}
	b.join(t, s, h)
	return t.end(r, b.end)
}

// header reads a block scalar's first line.
func (s *source) header(offset int) (header, *fault) {
	h := header{folded: s.at(offset) == '>'}
	i := offset + 1
	for ; ; i++ {
		c := s.at(i)
		switch {
		case (c == '-' || c == '+') && h.chomp == 0:
			h.chomp = c
			continue
		case c >= '1' && c <= '9' && h.indent == 0:
			h.indent = int(c - '0')
			continue
		}
		break
	}
	rest := s.skipBlanks(i)
	if c := s.at(rest); !breaks(c) && (c != '#' || rest == i) {
		return h, &fault{rest, true, "text beside " + string(s.data[offset]) + ", which begins a block", "begin the text on the next line"}
	}
	h.end = s.lineEnd(rest)
	return h, nil
}

// block is the text of a block scalar, line by line.
type block struct {
	lines []blockLine
	below int // empty lines after the last
	end   int // offset of the last line's end
	fault *fault
}

// blockLine is one line that is not empty, its indentation left out.
type blockLine struct {
	from, to int
	above    int // empty lines between the line before, or the header, and this
}

// unknown is an indentation before the text that shows it.
const unknown = -1

// block finds the lines of a block scalar.
func (s *source) block(h header, parent int) (b block) {
	parent = max(parent, 0)
	indent := unknown
	if h.indent > 0 {
		indent = parent + h.indent
	}
	b.end = h.end
	deepest := 0 // of the empty lines before the first text
	for i := s.skipBreak(b.end); i < len(s.data); {
		text := s.skipBlanks(i)
		col := text - i
		if breaks(s.at(text)) && (indent == unknown || col <= indent) {
			if indent == unknown {
				deepest = max(deepest, col)
			}
			if text < len(s.data) {
				b.below++
			}
			i = s.skipBreak(text)
			continue
		}
		if indent == unknown && col > parent {
			if indent = col; deepest > indent {
				b.fault = &fault{text, true, "the empty lines above are indented deeper than this block's text", "take their blanks out"}
				return b
			}
		}
		if indent == unknown || col < indent || s.marker(i) {
			if col > parent && s.at(text) != '#' {
				b.fault = &fault{text, true, "this line is indented less than the block that it belongs to", ""}
			}
			return b
		}
		b.end = s.lineEnd(text)
		b.lines = append(b.lines, blockLine{i + indent, b.end, b.below})
		b.below = 0
		i = s.skipBreak(b.end)
	}
	return b
}

// join collects the block's text: its lines, then what its header says about
// the breaks behind them: one, none, or all there are.
func (b block) join(t *text, s *source, h header) {
	if h.folded {
		foldLines(t, s, b.lines)
	} else {
		for i, l := range b.lines {
			if i > 0 {
				t.put(b.lines[i-1].to, "\n")
			}
			t.repeat(l.from, "\n", l.above)
			t.copy(s, l.from, l.to)
		}
	}
	if len(b.lines) > 0 && h.chomp != '-' && b.end < len(s.data) {
		t.put(b.end, "\n")
	}
	if h.chomp == '+' {
		t.repeat(b.end, "\n", b.below)
	}
}

// foldLines joins lines as > does: a single break is a blank, of more breaks
// the first is dropped, and lines that begin with a blank keep theirs.
func foldLines(t *text, s *source, lines []blockLine) {
	deeper := false
	for i, l := range lines {
		was := deeper
		deeper = s.data[l.from] == ' '
		switch {
		case i == 0:
			t.repeat(l.from, "\n", l.above)
		case was || deeper:
			t.repeat(l.from, "\n", l.above+1)
		default:
			t.fold(l.from, l.above+1)
		}
		t.copy(s, l.from, l.to)
	}
}
