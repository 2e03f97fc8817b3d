package document

import "bytes"

// document reads the whole document.
func (p *parser) document() *Node {
	p.gap()
	if p.peek() == '%' {
		p.fatal(p.pos, "yaml-directive", "directives are not read", "")
	}
	if p.dead {
		return nil
	}
	if p.eof() {
		p.findings.Add(p.source.pos(0), "yaml-empty", "", "the document is empty", "start with linewright: 1")
		return nil
	}
	n := p.blockNode(-1)
	if p.gap(); !p.eof() {
		p.syntax(p.pos, "this line's indentation fits nothing above it", "")
	}
	if p.dead {
		return nil
	}
	return n
}

// blockNode reads the node that begins here: the first text of a line, or
// after a dash. Parent is the column of the map or list around it.
func (p *parser) blockNode(parent int) *Node {
	col := p.column(p.pos)
	if p.properties() {
		switch {
		case breaks(p.peek()), p.peek() == '#' && p.commentMayBegin():
			if p.gap(); p.eof() || p.column(p.pos) <= parent {
				return p.node(Null, p.pos)
			}
			col = p.column(p.pos)
		case p.all && p.atKey():
			p.refuseProperty(p.props.From)
		}
	}
	switch {
	case p.dash():
		return p.blockList(col)
	case p.peek() == '?' && ends(p.at(p.pos+1)):
		p.fatal(p.pos, "yaml-key", "a key that is written with '?'", "write key: value")
		return p.node(Refused, p.pos)
	case p.atKey():
		return p.blockMap(col)
	}
	return p.inline(parent)
}

// dash reports whether a list item begins here.
func (p *parser) dash() bool { return p.peek() == '-' && ends(p.at(p.pos+1)) }

// blockList reads the list whose dashes are in column col.
func (p *parser) blockList(col int) *Node {
	n := p.node(List, p.pos)
	if !p.enter(p.pos) {
		return n
	}
	defer p.leave()
	for !p.dead {
		if p.all {
			n.Written.Dashes = append(n.Written.Dashes, p.pos)
		}
		p.pos++
		p.path.push("", len(n.Items))
		n.Items = append(n.Items, p.item(col))
		p.path.pop()
		if p.gap(); !p.sameColumn(col) {
			break
		}
		if !p.dash() {
			// a list may stand in the column of its own key: the next key ends it
			if !p.atKey() {
				p.syntax(p.pos, "neither a list item nor a key", "")
			}
			break
		}
	}
	return n
}

// item reads what follows a dash.
func (p *parser) item(col int) *Node {
	dash := p.pos - 1
	p.pos = p.skipBlanks(p.pos)
	if breaks(p.peek()) || p.peek() == '#' {
		return p.nextLine(col, dash, false)
	}
	return p.blockNode(col)
}

// blockMap reads the map whose keys are in column col.
func (p *parser) blockMap(col int) *Node {
	n := p.node(Map, p.pos)
	if !p.enter(p.pos) {
		return n
	}
	defer p.leave()
	var seen keys
	for !p.dead {
		key := p.key(false)
		if p.dead {
			break
		}
		p.pos++ // the colon
		p.path.push(key.value, -1)
		p.add(n, &seen, key, p.value(col, key.start))
		p.path.pop()
		if p.gap(); !p.sameColumn(col) {
			break
		}
		switch {
		case p.dash():
			p.syntax(p.pos, "a list item among the keys of a map", "")
		case p.peek() == '?' && ends(p.at(p.pos+1)):
			p.fatal(p.pos, "yaml-key", "a key that is written with '?'", "write key: value")
		default:
			if p.keyProperties(); !p.atKey() {
				p.noKey()
			}
		}
	}
	return n
}

// noKey refuses what stands among the keys of a map and is none.
func (p *parser) noKey() {
	if end, ok := p.keyEnd(p.pos, false); ok {
		if i := bytes.IndexByte(p.data[p.pos:end], ':'); i >= 0 {
			p.syntax(p.pos+i, "a blank is missing behind ':'", "")
		}
	}
	p.syntax(p.pos, "a key and ':' are wanted here", quoteHint)
}

// sameColumn reports whether the map or list whose keys or dashes are in column
// col may go on here.
func (p *parser) sameColumn(col int) bool {
	if p.eof() {
		return false
	}
	here := p.column(p.pos)
	if here > col {
		p.syntax(p.pos, "this line is indented deeper than what it belongs to", "")
	}
	return here == col
}

// value reads what follows a key's colon; col is the key's column.
func (p *parser) value(col, key int) *Node {
	p.pos = p.skipBlanks(p.pos)
	p.properties()
	if breaks(p.peek()) || p.peek() == '#' && p.commentMayBegin() {
		return p.nextLine(col, key, true)
	}
	if p.dash() {
		p.syntax(p.pos, "a list item beside its key", "begin the list on a line of its own")
	}
	return p.inline(col)
}

// nextLine reads a value that begins on a line below its key or dash, at
// offset, in column col; without one the value is Null. A map's lists may
// stand in the key's own column.
func (p *parser) nextLine(col, offset int, ofKey bool) *Node {
	p.gap()
	if !p.eof() {
		here := p.column(p.pos)
		if here > col || ofKey && here == col && p.dash() {
			return p.blockNode(col)
		}
	}
	return p.node(Null, offset)
}

// inline reads a scalar, or a map or list in brackets, to the end of its line.
func (p *parser) inline(parent int) *Node {
	var n *Node
	switch p.peek() {
	case '{', '[':
		n = p.flow()
	case '|', '>':
		p.headerComment()
		return p.scalarNode(p.literal(&text{}, p.pos, parent), parent, false)
	default:
		n = p.flowScalar(parent, false)
	}
	p.endLine()
	return n
}

// properties skips the anchors and tags that begin here, which are refused
// unless all is kept. It reports whether there were any.
func (p *parser) properties() bool {
	from, to := p.pos, p.pos
	for c := p.peek(); c == '&' || c == '!'; c = p.peek() {
		if p.pos == from && !p.all {
			p.refuseProperty(p.pos)
		}
		for !ends(p.peek()) && !brackets(p.peek()) {
			p.pos++
		}
		to = p.pos
		p.pos = p.skipBlanks(p.pos)
		if p.dead {
			break
		}
	}
	if p.all && to > from {
		if p.props.To > 0 {
			p.syntax(from, "a value has its anchor or tag already", "")
		}
		p.props = Span{from, to}
	}
	return to > from
}

// keyProperties is properties before a key, which nobody keeps.
func (p *parser) keyProperties() {
	if at := p.pos; p.properties() && p.all {
		p.refuseProperty(at)
	}
}

func (p *parser) refuseProperty(at int) {
	if p.at(at) == '&' {
		p.mistake(at, "yaml-anchor", "anchors are not read", "write the value out where it is used; put text that begins with & in quotes")
		return
	}
	p.mistake(at, "yaml-tag", "tags are not read", "leave it out; put text that begins with ! in quotes")
}
