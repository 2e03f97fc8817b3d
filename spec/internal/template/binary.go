package template

import (
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// ParseBinary reads a template of a binary frame: outside of braces there are
// pairs of hex digits, names of control characters and text in double quotes,
// with blanks and line breaks between them as one likes. What is both, FF, is
// hex. The template is never nil; with errors it holds what could be understood.
func ParseBinary(src string) (*Template, []*Error) {
	p := &scanner{s: src, binary: true}
	if !utf8.ValidString(src) {
		p.syntax(Span{0, len(src)}, "", "template is not UTF-8")
	}
	t := &Template{Lines: 1, Nodes: p.binaryNodes(false)}
	checkBinary(&p.errs, t.Nodes)
	return t, p.list
}

// binaryNodes is nodes for binary templates.
func (p *scanner) binaryNodes(inside bool) []Node {
	var out []Node
	for !p.done() {
		start := p.i
		switch c := p.peek(); {
		case c == ' ' || c == '\n' || c == '\t':
			p.i++
		case c == '{':
			out = p.hole(out)
		case c == '}' && inside:
			return whole(out)
		case c == '"':
			if text := p.doubleQuoted(); text != "" {
				out = p.lit(out, start, text)
			}
		case isIdent(c):
			if text := p.pairs(); text != "" {
				out = p.lit(out, start, text)
			}
		default:
			p.i += p.here().Len
			p.syntax(p.from(start), `write hex pairs, names as in STX, or "text"`, "%q in a binary template", p.s[start:p.i])
		}
	}
	return whole(out)
}

// pairs takes a word of hex digits, or a control character's name.
func (p *scanner) pairs() string {
	start := p.i
	for isIdent(p.peek()) {
		p.i++
	}
	word := p.s[start:p.i]
	if b, err := hex.DecodeString(word); err == nil {
		return string(b)
	}
	if text, ok := Control(word); ok && isUpper(word[0]) {
		return text
	}
	hint := `write text in double quotes: "` + word + `"`
	if strings.Trim(word, "0123456789abcdefABCDEF") == "" {
		hint = "two hex digits a byte"
	}
	p.syntax(p.from(start), hint, "%q is no bytes", word)
	return ""
}

// doubleQuoted takes "text", in which "" stands for a quote.
func (p *scanner) doubleQuoted() string {
	start := p.i
	p.i++
	var b []byte
	for !p.done() {
		c := p.s[p.i]
		if c == '\n' {
			break
		}
		p.i++
		if c != '"' {
			b = append(b, c)
			continue
		}
		if !p.eat('"') {
			if len(b) == 0 {
				p.syntax(p.from(start), "", "empty text")
			}
			return string(b)
		}
		b = append(b, '"')
	}
	p.syntax(p.from(start), "", "text in quotes does not end")
	return string(b)
}

// checkBinary reports what lines alone have.
func checkBinary(e *errs, nodes []Node) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *NoEOL, *Empty:
			e.syntax(n.At(), "", "binary frames have no lines")
		case *Opt:
			checkBinary(e, n.Body)
		}
	}
}
