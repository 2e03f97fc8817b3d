package template

import (
	"strconv"
	"strings"
)

// ParseType reads a type expression, as in `type:` and `is:`. The type is nil
// only where there are errors.
func ParseType(src string) (*Type, []*Error) {
	p := &scanner{s: src}
	t := p.typ()
	if p.count == 0 && !p.done() {
		p.syntax(p.here(), "", "expected the type's end, found %s", p.next())
	}
	if p.count > 0 {
		return nil, p.list
	}
	return t, nil
}

// typ parses name or name(args).
func (p *scanner) typ() *Type {
	start := p.i
	name := p.ident()
	t := &Type{Name: name.Text}
	if name.Text == "" {
		p.syntax(p.here(), "", "expected a type, found %s", p.next())
		return t
	}
	if p.eat('(') {
		t.Parens = true
		if p.enter() {
			t.Args = p.typeArgs()
			p.leave()
		}
	}
	t.Span = p.from(start)
	return t
}

// typeArgs parses up to and with the closing parenthesis.
func (p *scanner) typeArgs() []Arg {
	var out []Arg
	for {
		p.blanks()
		before := p.count
		a := p.typeArg()
		if p.count > before {
			return out
		}
		out = append(out, a)
		p.blanks()
		switch {
		case p.eat(')'):
			return out
		case p.eat(','):
		default:
			p.syntax(p.here(), "", "expected , or ), found %s", p.next())
			return out
		}
	}
}

func (p *scanner) typeArg() Arg {
	start := p.i
	a := Arg{}
	switch c := p.peek(); {
	case c == '\'':
		text, _ := p.quoted()
		a.Text, a.IsText = unnamed(text), true
	case isDigit(c):
		n, _ := p.number()
		a.Num, a.IsNum = int(n), true
	default:
		a.Type = p.typ()
	}
	a.Span = p.from(start)
	return a
}

// String is the type as a document writes it.
func (t *Type) String() string {
	if t == nil {
		return ""
	}
	s := t.Name
	for i, a := range t.Args {
		if i == 0 {
			s += "("
		} else {
			s += ","
		}
		s += a.String()
	}
	if len(t.Args) > 0 {
		s += ")"
	}
	return s
}

// String is the argument as a document writes it.
func (a Arg) String() string {
	switch {
	case a.IsText:
		return "'" + named(strings.ReplaceAll(a.Text, "'", "''")) + "'"
	case a.IsNum:
		return strconv.Itoa(a.Num)
	}
	return a.Type.String()
}
