package template

import (
	"fmt"
	"unicode/utf8"
)

// scanner walks the string; i never passes len(s).
type scanner struct {
	errs
	s      string
	i      int
	depth  int
	binary bool // the template is a binary frame's
}

func (p *scanner) done() bool { return p.i >= len(p.s) }

// peek is the next byte, 0 at the end.
func (p *scanner) peek() byte {
	if p.done() {
		return 0
	}
	return p.s[p.i]
}

// peekAt is the byte n places ahead, 0 past the end.
func (p *scanner) peekAt(n int) byte {
	if p.i+n >= len(p.s) {
		return 0
	}
	return p.s[p.i+n]
}

func (p *scanner) eat(c byte) bool {
	if !p.done() && p.s[p.i] == c {
		p.i++
		return true
	}
	return false
}

func (p *scanner) blanks() {
	for p.peek() == ' ' {
		p.i++
	}
}

func (p *scanner) from(start int) Span { return Span{start, p.i - start} }

// here is the next character, or an empty span at the end.
func (p *scanner) here() Span {
	if p.done() {
		return Span{len(p.s), 0}
	}
	_, n := utf8.DecodeRuneInString(p.s[p.i:])
	return Span{p.i, n}
}

// next names the next character for messages.
func (p *scanner) next() string {
	if p.done() {
		return "the end"
	}
	r, _ := utf8.DecodeRuneInString(p.s[p.i:])
	if r == '\n' {
		return "a line break"
	}
	return fmt.Sprintf("%q", string(r))
}

// enter guards recursion; where it returns false an error was reported.
func (p *scanner) enter() bool {
	if p.depth >= maxDepth {
		p.syntax(p.here(), "", "nested more than %d deep", maxDepth)
		return false
	}
	p.depth++
	return true
}

func (p *scanner) leave() { p.depth-- }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isIdent(c byte) bool { return isLower(c) || isUpper(c) || isDigit(c) || c == '_' }

// ident takes letters, digits and _ that do not start with a digit; "" where
// there are none.
func (p *scanner) ident() Name {
	start := p.i
	if isDigit(p.peek()) {
		return Name{Span: Span{start, 0}}
	}
	for isIdent(p.peek()) {
		p.i++
	}
	return Name{Span: p.from(start), Text: p.s[start:p.i]}
}

// number takes decimal digits. ok is false where there are none or they are
// too many; the latter is reported.
func (p *scanner) number() (n int64, ok bool) {
	const tooLarge = 1 << 53
	start := p.i
	for isDigit(p.peek()) {
		if n < tooLarge {
			n = n*10 + int64(p.peek()-'0')
		}
		p.i++
	}
	if n >= tooLarge {
		p.syntax(p.from(start), "", "number too large")
		return 0, false
	}
	return n, p.i > start
}

// quoted takes 'text', where ” stands for a quote; the next byte is the
// opening quote.
func (p *scanner) quoted() (text string, ok bool) {
	start := p.i
	p.i++
	var b []byte
	for !p.done() {
		c := p.s[p.i]
		if c == '\n' {
			break
		}
		p.i++
		if c != '\'' {
			b = append(b, c)
			continue
		}
		if !p.eat('\'') {
			return string(b), true
		}
		b = append(b, '\'')
	}
	p.syntax(p.from(start), "", "text in quotes does not end")
	return string(b), false
}
