package document

// plainMayBegin reports whether plain text may begin at offset.
func (s *source) plainMayBegin(offset int, flow bool) bool {
	switch c := s.at(offset); c {
	case ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', 0:
		return false
	case '?', ':':
		return !flow && !ends(s.at(offset+1)) // within brackets loaders disagree
	case '-':
		next := s.at(offset + 1)
		return !ends(next) && !(flow && brackets(next))
	}
	return true
}

// plainLine is where the plain text at offset ends on its line, blanks before
// the end left out.
func (s *source) plainLine(offset int, flow bool) int {
	i := offset
	for ; !breaks(s.at(i)); i++ {
		c, next := s.data[i], s.at(i+1)
		if c == ':' && (ends(next) || flow && brackets(next)) {
			break
		}
		if c == '#' && i > offset && s.data[i-1] == ' ' {
			break
		}
		if flow && brackets(c) {
			break
		}
	}
	return s.trimBlanks(offset, i)
}

// plain reads plain text. It goes on over the lines that are indented deeper
// than parent.
func (s *source) plain(t *text, offset, parent int, flow bool) scalar {
	r := scalar{start: offset, style: Plain}
	end := s.plainLine(offset, flow)
	t.copy(s, offset, end)
	for {
		next, count := s.continued(end, parent, flow)
		if count == 0 {
			break
		}
		to := s.plainLine(next, flow)
		if !flow && (s.at(s.skipBlanks(to)) == ':' || s.at(next) == '-' && ends(s.at(next+1))) {
			r.faults = append(r.faults, fault{
				next, true, "this line would be part of the text above it", "check the indentation, or put the text in quotes",
			})
			break
		}
		t.fold(end, count)
		t.copy(s, next, to)
		end = to
	}
	return t.end(r, end)
}

// continued finds where plain text that ends its line at end goes on, and over
// how many line breaks; 0 if it does not.
func (s *source) continued(end, parent int, flow bool) (next, count int) {
	next = s.skipBlanks(end)
	for c := s.at(next); c == '\n' || c == '\r'; c = s.at(next) {
		next = s.skipBreak(next)
		if s.marker(next) {
			return 0, 0
		}
		count++
		next = s.skipBlanks(next)
	}
	c := s.at(next)
	if count == 0 || c == 0 || c == '#' {
		return 0, 0
	}
	if flow {
		if brackets(c) || c == ':' && (ends(s.at(next+1)) || brackets(s.at(next+1))) {
			return 0, 0
		}
		return next, count
	}
	if s.column(next) <= parent {
		return 0, 0
	}
	return next, count
}

// atKey reports whether a key and its colon begin here, on this line.
func (p *parser) atKey() bool {
	end, ok := p.keyEnd(p.pos, false)
	if !ok {
		return false
	}
	end = p.skipBlanks(end)
	return p.at(end) == ':' && ends(p.at(end+1))
}

// keyEnd is where the text of a key at offset ends, on its line.
func (s *source) keyEnd(offset int, flow bool) (end int, ok bool) {
	switch c := s.at(offset); {
	case c == '"' || c == '\'':
		end = s.quotedEnd(offset)
		return end, end > offset
	case s.plainMayBegin(offset, flow):
		return s.plainLine(offset, flow), true
	}
	return offset, false
}

// key reads a key, on one line, and moves to its colon.
func (p *parser) key(flow bool) scalar {
	end, ok := p.keyEnd(p.pos, flow)
	if !ok {
		p.syntax(p.pos, "a key is wanted here", quoteHint)
		return scalar{start: p.pos}
	}
	var s scalar
	switch p.peek() {
	case '"':
		s = p.doubleQuoted(&text{}, p.pos)
	case '\'':
		s = p.singleQuoted(&text{}, p.pos)
	default:
		s = scalar{start: p.pos, end: end, style: Plain, value: string(p.data[p.pos:end])}
	}
	if p.take(s); !p.dead {
		p.pos = p.skipBlanks(p.pos)
	}
	return s
}
