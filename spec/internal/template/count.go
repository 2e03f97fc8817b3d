package template

// counted parses a+b.bytes-2:type, behind the #.
func (p *scanner) counted() Node {
	c := &Count{}
	minus := false
	for {
		t := p.term()
		t.Minus = minus
		c.Terms = append(c.Terms, t)
		if minus = p.peek() == '-'; !minus && p.peek() != '+' {
			break
		}
		p.i++
	}
	if p.eat(':') {
		c.Type = p.typ()
	}
	return c
}

// term parses a name, name.bytes or a number.
func (p *scanner) term() Term {
	start := p.i
	if isDigit(p.peek()) {
		n, _ := p.number()
		return Term{Span: p.from(start), N: n}
	}
	name := p.ident()
	if name.Text == "" {
		p.syntax(p.here(), "write {#field}, or a sum: {#a+b+2}", "expected a field's name, found %s", p.next())
		return Term{}
	}
	t := Term{Name: p.fieldName(name)}
	if p.eat('.') {
		if part := p.ident(); part.Text != "bytes" {
			p.syntax(Span{part.Offset - 1, part.Len + 1}, "only .bytes, a list's length in bytes", "unknown part %q of %s", part.Text, name.Text)
		}
		t.Bytes = true
	}
	t.Span = p.from(start)
	return t
}
