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
func (s *source) literal(offset, parent int) scalar {
	r := scalar{start: offset, style: Literal}
	h, f := s.header(offset)
	if h.folded {
		r.style = Folded
	}
	if f != nil {
		r.faults, r.end = append(r.faults, *f), len(s.data)
		return r
	}
	lines, end, f := s.blockLines(h, max(parent, -1))
	if f != nil {
		r.faults = append(r.faults, *f)
	}
	t := h.join(s, lines)
	r.end, r.value, r.marks = end, string(t.value), t.marks
	return r
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

// blockLine is one line of a block scalar, its indentation left out.
type blockLine struct{ from, to int }

// unknown is an indentation before the text that shows it.
const unknown = -1

// blockLines finds the lines of a block scalar, and its end: the end of its last
// line that is not empty or, if the block keeps them, of its last empty one.
func (s *source) blockLines(h header, parent int) (lines []blockLine, end int, f *fault) {
	indent := unknown
	if h.indent > 0 {
		indent = max(parent, 0) + h.indent
	}
	end = h.end
	deepest := 0 // of the empty lines before the first text
	for i := s.skipBreak(end); i < len(s.data); {
		text, stop := s.skipBlanks(i), s.lineEnd(i)
		col := text - i
		if text >= stop { // empty
			if indent == unknown {
				deepest = max(deepest, col)
				lines = append(lines, blockLine{stop, stop})
			} else {
				lines = append(lines, blockLine{min(i+indent, stop), stop})
			}
			i = s.skipBreak(stop)
			continue
		}
		if indent == unknown && col > parent {
			if indent = col; deepest > indent {
				return lines, end, &fault{text, true, "the empty lines above are indented deeper than this block's text", "take their blanks out"}
			}
		}
		if indent == unknown || col < indent || s.marker(i) {
			if col > parent && s.at(text) != '#' {
				f = &fault{text, true, "this line is indented less than the block that it belongs to", ""}
			}
			break
		}
		lines = append(lines, blockLine{i + indent, stop})
		end = stop
		i = s.skipBreak(stop)
	}
	return lines, end, f
}

// join makes the block's text of its lines.
func (h header) join(s *source, lines []blockLine) *text {
	last := len(lines)
	for last > 0 && lines[last-1].from >= lines[last-1].to {
		last--
	}
	t := &text{}
	if h.folded {
		foldLines(t, s, lines[:last])
	} else {
		for i, l := range lines[:last] {
			t.copy(s, l.from, l.to)
			if i < last-1 {
				t.put(l.to, "\n")
			}
		}
	}
	h.finish(t, lines, last)
	return t
}

// finish appends the line breaks behind the last text, which are one, none or
// all there are.
func (h header) finish(t *text, lines []blockLine, last int) {
	if last > 0 && h.chomp != '-' {
		t.put(lines[last-1].to, "\n")
	}
	if h.chomp == '+' {
		for _, l := range lines[last:] {
			t.put(l.to, "\n")
		}
	}
}

// foldLines joins lines as > does: a single break is a blank, of more breaks
// the first is dropped, and lines that begin with a blank keep theirs.
func foldLines(t *text, s *source, lines []blockLine) {
	empty, deeper := 0, false
	for i, l := range lines {
		if l.from >= l.to {
			empty++
			continue
		}
		was := deeper
		deeper = s.data[l.from] == ' '
		switch {
		case i == empty: // the first text
			for range empty {
				t.put(l.from, "\n")
			}
		case was || deeper:
			for range empty + 1 {
				t.put(l.from, "\n")
			}
		default:
			t.fold(l.from, empty+1)
		}
		t.copy(s, l.from, l.to)
		empty = 0
	}
}
