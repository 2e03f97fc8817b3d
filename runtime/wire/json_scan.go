package wire

import "unicode/utf8"

// scanner reads JSON text once, from the left, and checks all of it: the grammar
// (RFC 8259, as the standard library takes it), that it is UTF-8, and how deep it
// nests. On the way it may look for the members that tell messages apart.
type scanner struct {
	s   string
	i   int
	why string // it was refused; empty: not so far
	// marks are looked for, and met, unless nil.
	marks *markTree
	met   []bool
	// doc takes the members of the outermost object, and refuses keys that come
	// twice in any, unless nil.
	doc *document
}

// all reads one value with blanks around it, to the end. node is the place of
// the value in the tree of marks, or noMark.
func (p *scanner) all(node int32) bool {
	p.i = skipSpace(p.s, p.i)
	if !p.value(1, node) {
		return false
	}
	if p.i = skipSpace(p.s, p.i); p.i < len(p.s) {
		return p.refuse(notJSON)
	}
	return true
}

// refuse keeps the first reason.
func (p *scanner) refuse(why string) bool {
	if p.why == "" {
		p.why = why
	}
	return false
}

// next is the byte that comes next; 0 at the end, which no JSON has here.
func (p *scanner) next() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

// value reads one value; depth counts the object or array that it may be.
func (p *scanner) value(depth int, node int32) bool {
	from := p.i
	if !p.plain(depth, node) {
		return false
	}
	if node != noMark {
		p.marks.note(node, p.s[from:p.i], p.met)
	}
	return true
}

func (p *scanner) plain(depth int, node int32) bool {
	switch c := p.next(); {
	case c == '"':
		return p.text()
	case c == '{' || c == '[':
		if depth > maxJSONDepth {
			return p.refuse(tooDeep)
		}
		if c == '{' {
			return p.object(depth, node)
		}
		return p.list(depth)
	case c == 't':
		return p.word("true")
	case c == 'f':
		return p.word("false")
	case c == 'n':
		return p.word("null")
	}
	return p.number()
}

func (p *scanner) word(w string) bool {
	if end := p.i + len(w); end <= len(p.s) && p.s[p.i:end] == w {
		p.i = end
		return true
	}
	return p.refuse(notJSON)
}

func (p *scanner) object(depth int, node int32) bool {
	before := p.known()
	for first := true; ; first = false {
		if done, ok := p.separated('}', first); !ok {
			return false
		} else if done {
			return p.once(before, depth)
		}
		if !p.member(depth, node) {
			return false
		}
	}
}

func (p *scanner) member(depth int, node int32) bool {
	from := p.i
	if p.next() != '"' || !p.text() {
		return p.refuse(notJSON)
	}
	end, child := p.i, noMark
	if node != noMark {
		child = p.marks.child(node, p.s[from:end])
	}
	if p.i = skipSpace(p.s, end); p.next() != ':' {
		return p.refuse(notJSON)
	}
	p.i = skipSpace(p.s, p.i+1)
	at := p.i
	if p.doc != nil {
		p.doc.nodes = append(p.doc.nodes, newNode(p.s, from, end, at, at))
	}
	mine := p.known() - 1
	if !p.value(depth+1, child) {
		return false
	}
	if p.doc != nil {
		p.doc.nodes[mine].end = int32(p.i)
	}
	return true
}

// known is how many members the document has so far.
func (p *scanner) known() int {
	if p.doc == nil {
		return 0
	}
	return len(p.doc.nodes)
}

// once refuses an object, whose members come from a place on, where a key comes
// twice or means nothing. Members of inner objects are forgotten then.
func (p *scanner) once(from, depth int) bool {
	if p.doc == nil {
		return true
	}
	if key, why := p.doc.badKey(from); why != "" {
		p.doc.err = &FieldError{Field: below(p.doc.open(from), key), Reason: why}
		return p.refuse(why)
	}
	if depth > 1 {
		p.doc.nodes = p.doc.nodes[:from]
	}
	return true
}

func (p *scanner) list(depth int) bool {
	for first := true; ; first = false {
		if done, ok := p.separated(']', first); done || !ok {
			return ok
		}
		if !p.value(depth+1, noMark) {
			return false
		}
	}
}

// separated goes to the next member or item: behind the opening bracket or the
// comma. done: the closing bracket was there instead.
func (p *scanner) separated(closing byte, first bool) (done, ok bool) {
	if first {
		p.i++
	}
	p.i = skipSpace(p.s, p.i)
	switch c := p.next(); {
	case c == closing:
		p.i++
		return true, true
	case first:
		return false, true
	case c == ',':
		p.i = skipSpace(p.s, p.i+1)
		return false, true
	}
	return false, p.refuse(notJSON)
}

// text reads a string with its quotes.
func (p *scanner) text() bool {
	from, ascii := p.i, true
	for p.i++; ; p.i++ {
		p.i = skipPlain(p.s, p.i)
		switch c := p.next(); {
		case c == '"':
			p.i++
			if !ascii && !utf8.ValidString(p.s[from:p.i]) {
				return p.refuse(notUTF8)
			}
			return true
		case c < 0x20: // or the end
			return p.refuse(notJSON)
		case c == '\\':
			if !p.escape() {
				return p.refuse(notJSON)
			}
		default:
			ascii = false
		}
	}
}

// skipPlain is the place of the next byte from i that is no ordinary ASCII of a
// string.
func skipPlain(s string, i int) int {
	for i < len(s) && s[i]-0x20 < 0x60 && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

// escape goes to the last byte of the escape that begins here.
func (p *scanner) escape() bool {
	p.i++
	switch p.next() {
	case 'b', 'f', 'n', 'r', 't', '\\', '"', '/':
		return true
	case 'u':
		_, ok := hexUnit(p.s[p.i+1:])
		p.i += 4
		return ok
	}
	return false
}

func (p *scanner) number() bool {
	if p.next() == '-' {
		p.i++
	}
	if p.next() == '0' {
		p.i++
	} else if !p.digits() {
		return p.refuse(notJSON)
	}
	if p.next() == '.' {
		if p.i++; !p.digits() {
			return p.refuse(notJSON)
		}
	}
	if c := p.next(); c == 'e' || c == 'E' {
		p.i++
		if c := p.next(); c == '+' || c == '-' {
			p.i++
		}
		if !p.digits() {
			return p.refuse(notJSON)
		}
	}
	return true
}

// digits skips digits; there must be one.
func (p *scanner) digits() bool {
	from, i := p.i, p.i
	for i < len(p.s) && p.s[i]-'0' < 10 {
		i++
	}
	p.i = i
	return i > from
}
