package template

import "strings"

// ParseValue reads a value of with or set. The value is never nil; with
// errors it holds what could be understood.
func ParseValue(src string) (*Value, []*Error) {
	p := &scanner{s: src}
	v := &Value{}
	for !p.done() {
		start := p.i
		switch c := p.peek(); {
		case (c == '{' || c == '}') && p.peekAt(1) == c:
			p.i += 2
			v.lit(p.from(start), string(c))
		case c == '{':
			p.i++
			if e := p.braced(); e != nil {
				v.Parts = append(v.Parts, Part{Span: p.from(start), Expr: e})
			}
		case c == '}':
			p.i++
			p.syntax(p.from(start), "write }} for a brace", "} without {")
		default:
			if n := strings.IndexAny(p.s[p.i:], "{}"); n >= 0 {
				p.i += n
			} else {
				p.i = len(p.s)
			}
			v.lit(p.from(start), p.s[start:p.i])
		}
	}
	return v, p.list
}

// lit appends literal text, joined to a literal just before it.
func (v *Value) lit(at Span, text string) {
	if n := len(v.Parts); n > 0 && v.Parts[n-1].Expr == nil {
		last := &v.Parts[n-1]
		last.Lit += text
		last.Len = at.End() - last.Offset
		return
	}
	v.Parts = append(v.Parts, Part{Span: at, Lit: text})
}

// braced parses an expression and its closing brace; nil after an error, from
// which it goes on behind the next closing brace.
func (p *scanner) braced() Expr {
	before := p.count
	e := p.join()
	if p.count == before && !p.eat('}') {
		p.syntax(p.here(), "", "expected } or +, found %s", p.next())
	}
	if p.count > before {
		p.recover()
		return nil
	}
	return e
}

// join parses a + b + ….
func (p *scanner) join() Expr {
	p.blanks()
	start := p.i
	terms := []Expr{p.operand()}
	end := p.i
	for p.blanks(); p.eat('+'); p.blanks() {
		p.blanks()
		terms = append(terms, p.operand())
		end = p.i
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return &Join{Span{start, end - start}, terms}
}

// operand parses 'text', the name of a control character, a number, a call, or a
// dotted path.
func (p *scanner) operand() Expr {
	start := p.i
	switch c := p.peek(); {
	case c == '\'':
		text, _ := p.quoted()
		return &Text{p.from(start), text}
	case isDigit(c):
		n, _ := p.number()
		return &Number{p.from(start), n}
	}
	name := p.ident()
	if name.Text == "" {
		p.syntax(p.here(), "write a name, 'text' or a call", "expected a value, found %s", p.next())
		return &Text{Span: p.here()}
	}
	if p.eat('(') {
		return p.call(start, name)
	}
	if text, ok := Control(name.Text); ok {
		return &Text{p.from(start), text}
	}
	path := []Name{name}
	for p.eat('.') {
		part := p.ident()
		if part.Text == "" {
			p.syntax(p.here(), "", "expected a name after the dot, found %s", p.next())
		}
		path = append(path, part)
	}
	return &Ref{p.from(start), path}
}

// call parses a function's arguments, behind the opening parenthesis.
func (p *scanner) call(start int, name Name) Expr {
	c := &Call{Func: name}
	if !p.enter() {
		return c
	}
	defer p.leave()
	for p.blanks(); !p.eat(')'); {
		if len(c.Args) > 0 && !p.eat(',') {
			p.syntax(p.here(), "", "expected , or ), found %s", p.next())
			break
		}
		before := p.count
		c.Args = append(c.Args, p.join())
		if p.blanks(); p.count > before {
			break
		}
	}
	c.Span = p.from(start)
	return c
}
