package template

import "strings"

// hole parses what begins with "{" and appends it. After an error it goes on
// behind the hole's closing brace, or at the line's end.
func (p *scanner) hole(out []Node) []Node {
	start := p.i
	p.i++ // {
	before := p.count
	n, lit := p.holeBody()
	if _, nested := n.(*Opt); !nested && p.count > before {
		p.recover()
		return out
	}
	if !p.eat('}') {
		if p.count == before {
			p.syntax(p.here(), "", "expected } after %q, found %s", p.s[start:p.i], p.next())
		}
		p.recover()
		return out
	}
	if n == nil {
		return p.lit(out, start, lit)
	}
	setSpan(n, p.from(start))
	return append(out, n)
}

func setSpan(n Node, at Span) {
	switch n := n.(type) {
	case *Field:
		n.Span = at
	case *Same:
		n.Span = at
	case *Count:
		n.Span = at
	case *Opt:
		n.Span = at
	case *Empty:
		n.Span = at
	case *NoEOL:
		n.Span = at
	}
}

// holeBody parses between the braces; a nil node is literal text.
func (p *scanner) holeBody() (Node, string) {
	switch c := p.peek(); {
	case c == '}':
		return &Empty{}, ""
	case c == '?':
		return p.opt(Name{}), ""
	case c == '#':
		p.i++
		return p.counted(), ""
	case isDigit(c) || isUpper(c):
		return p.control()
	}
	name := p.ident()
	switch {
	case name.Text == "":
		p.syntax(p.here(), "write {{ for a brace, {name:type} for a field", "expected a name after {, found %s", p.next())
		return nil, ""
	case p.peek() == '?':
		return p.opt(name), ""
	case p.eat(':'):
		return &Field{Name: p.fieldName(name), Type: p.typ()}, ""
	}
	if name.Text == "_" {
		p.syntax(name.Span, "write {_:type}", "an ignored field needs a type")
	}
	return &Same{Name: p.fieldName(name)}, ""
}

// fieldName reports a name that is not snake_case.
func (p *scanner) fieldName(n Name) Name {
	if n.Text != "_" && !Snake(n.Text) {
		p.syntax(n.Span, "", "field name %q is not snake_case", n.Text)
	}
	return n
}

// Snake reports whether s is a name in snake_case: a lower-case letter, then
// lower-case letters, digits and single _ between them.
func Snake(s string) bool {
	if s == "" || !isLower(s[0]) || strings.HasSuffix(s, "_") || strings.Contains(s, "__") {
		return false
	}
	for i := range len(s) {
		if isUpper(s[i]) || !isIdent(s[i]) {
			return false
		}
	}
	return true
}

// Pascal reports whether s is a name in PascalCase.
func Pascal(s string) bool {
	if s == "" || !isUpper(s[0]) {
		return false
	}
	for i := range len(s) {
		if s[i] == '_' || !isIdent(s[i]) {
			return false
		}
	}
	return true
}

// control parses CR, 0x1a or NOEOL.
func (p *scanner) control() (Node, string) {
	from := p.i
	for isIdent(p.peek()) {
		p.i++
	}
	name := p.s[from:p.i]
	if name == "NOEOL" {
		return &NoEOL{}, ""
	}
	text, ok := Control(name)
	if !ok {
		hint := "known are NUL to US, SP, DEL, CRLF and pairs of hex digits: {CR}, {SP}, {0x1a}"
		if p.peek() == ':' {
			hint = "field names are snake_case: {name:type}"
		}
		p.syntax(Span{from, len(name)}, hint, "no control character is called %q", name)
	}
	return nil, text
}

// opt parses ?…, up to the closing brace.
func (p *scanner) opt(flag Name) Node {
	start := p.i
	p.i++ // ?
	o := &Opt{Flag: flag}
	if flag.Text != "" && !Snake(flag.Text) {
		p.syntax(flag.Span, "", "field name %q is not snake_case", flag.Text)
	}
	if !p.enter() {
		p.i = len(p.s)
		return o
	}
	o.Body = p.nodes(true)
	p.leave()
	if len(o.Body) == 0 && p.peek() == '}' {
		p.syntax(p.from(start), "", "optional part is empty")
	}
	return o
}

// recover skips to behind the next closing brace of this line.
func (p *scanner) recover() {
	for !p.done() && p.peek() != '\n' {
		p.i++
		if p.s[p.i-1] == '}' {
			return
		}
	}
}
