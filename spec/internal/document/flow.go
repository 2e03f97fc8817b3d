package document

import "strings"

// flow reads the map or list in brackets that begins here.
func (p *parser) flow() (n *Node) {
	open := p.pos
	if p.peek() == '{' {
		n = p.flowMap(open)
	} else {
		n = p.flowList(open)
	}
	n.flow, n.Written.To = true, p.pos
	return n
}

func (p *parser) flowList(open int) *Node {
	n := p.node(List, open)
	if !p.enter(open) {
		return n
	}
	defer p.leave()
	p.pos++
	for p.more(open, ']', "list") {
		p.path.push("", len(n.Items))
		n.Items = append(n.Items, p.flowNode())
		p.path.pop()
		if p.gap(); p.peek() == ':' {
			p.syntax(p.pos, "a key in a list", "write {key: value}, or put the text in double quotes")
		}
		p.comma(']')
	}
	return n
}

func (p *parser) flowMap(open int) *Node {
	n := p.node(Map, open)
	if !p.enter(open) {
		return n
	}
	defer p.leave()
	p.pos++
	var seen keys
	for p.more(open, '}', "map") {
		key := p.flowKey()
		p.path.push(key.value, -1)
		p.add(n, &seen, key, p.flowValue(key))
		p.path.pop()
		p.comma('}')
	}
	return n
}

// more skips to the next item, and reports whether there is one; the closing
// bracket is skipped.
func (p *parser) more(open int, closing byte, what string) bool {
	if p.gap(); p.dead {
		return false
	}
	switch c := p.peek(); c {
	case closing:
		p.pos++
		return false
	case 0:
		p.syntax(open, "the "+what+" that begins here has no "+string(closing), "")
		return false
	case ',', ']', '}':
		p.syntax(p.pos, "a value is missing before '"+string(c)+"'", "")
		return false
	}
	return true
}

// comma expects a comma or, unskipped, the closing bracket.
func (p *parser) comma(closing byte) {
	p.gap()
	switch p.peek() {
	case ',':
		p.pos++
	case closing, 0:
	default:
		p.syntax(p.pos, p.char(p.pos)+" where ',' or '"+string(closing)+"' is wanted", quoteHint)
	}
}

// flowKey reads a key within braces.
func (p *parser) flowKey() scalar {
	p.keyProperties()
	switch c := p.peek(); {
	case c == '{' || c == '[':
		p.fatal(p.pos, "yaml-key", "a map or list as a key", "")
		return scalar{start: p.pos}
	case c == '?' && ends(p.at(p.pos+1)):
		p.fatal(p.pos, "yaml-key", "a key that is written with '?'", "write key: value")
		return scalar{start: p.pos}
	}
	return p.key(true)
}

// flowValue reads the value of a key within braces: the colon and what
// follows. A key without a colon has none.
func (p *parser) flowValue(key scalar) *Node {
	line := p.place(p.pos).line
	if p.gap(); p.peek() == ':' && p.place(p.pos).line > line {
		p.syntax(p.pos, "a ':' on another line than its key", "")
	}
	if p.peek() != ':' {
		if i := strings.IndexByte(key.value, ':'); i >= 0 && key.style == Plain {
			p.syntax(key.start+i, "a blank is missing behind ':'", "")
		}
		return p.node(Null, key.start)
	}
	p.pos++
	if p.gap(); p.peek() == ',' || p.peek() == '}' {
		return p.node(Null, key.start)
	}
	return p.flowNode()
}

// flowNode reads a value within brackets.
func (p *parser) flowNode() *Node {
	if p.properties() {
		p.gap()
	}
	switch p.peek() {
	case '{', '[':
		return p.flow()
	case ',', '}', ']', 0:
		return p.node(Null, p.pos)
	}
	return p.flowScalar(-1, true)
}
