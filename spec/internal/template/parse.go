package template

import (
	"strings"
	"unicode/utf8"
)

// Parse reads a template. The template is never nil; with errors it holds
// what could be understood.
func Parse(src string) (*Template, []*Error) {
	p := &scanner{s: strings.TrimSuffix(src, "\n")}
	p.lines()
	t := &Template{Lines: 1, Nodes: p.nodes(false)}
	for _, n := range t.Nodes {
		if _, ok := n.(*Break); ok {
			t.Lines++
		}
	}
	checkNoEOL(&p.errs, t.Nodes)
	return t, p.list
}

// lines reports what can be seen without parsing: empty lines, blanks at a
// line's end, control characters.
func (p *scanner) lines() {
	start := 0
	for line := range strings.SplitSeq(p.s, "\n") {
		trimmed := strings.TrimRight(line, " \t")
		switch {
		case line == "":
			p.add(RuleBlank, Span{start, 0}, "write {} for an empty line", "empty line in a template")
		case trimmed != line:
			p.add(RuleBlank, Span{start + len(trimmed), len(line) - len(trimmed)},
				"write {SP} or {HT}", "blank at the end of a line")
		}
		for i := range len(trimmed) {
			if c := trimmed[i]; c < ' ' || c == 0x7f {
				p.add(RuleEscape, Span{start + i, 1}, "write "+ControlName(c), "control character in a template")
			}
		}
		start += len(line) + 1
	}
	if !utf8.ValidString(p.s) {
		p.syntax(Span{0, len(p.s)}, "", "template is not UTF-8")
	}
}

// nodes parses up to the end, or, inside an optional part, up to its closing
// brace, which it leaves. Inside a part, "}}" is an escaped brace only where
// an escaped "{{" of the same part is open: so "{?a{?b}}" closes two parts.
func (p *scanner) nodes(inside bool) []Node {
	if p.binary {
		return p.binaryNodes(inside)
	}
	var out []Node
	open := 0
	for !p.done() {
		start := p.i
		switch c := p.peek(); {
		case c == '{' && p.peekAt(1) == '{':
			open++
			p.i += 2
			out = p.lit(out, start, "{")
		case c == '{':
			out = p.hole(out)
		case c == '}' && inside && (open == 0 || p.peekAt(1) != '}'):
			return whole(out)
		case c == '}' && p.peekAt(1) == '}':
			open--
			p.i += 2
			out = p.lit(out, start, "}")
		case c == '}':
			p.i++
			p.syntax(p.from(start), "write }} for a brace", "} without {")
		case c == '\n':
			p.i++
			out = append(out, &Break{p.from(start)})
		default:
			if n := strings.IndexAny(p.s[p.i:], "{}\n"); n >= 0 {
				p.i += n
			} else {
				p.i = len(p.s)
			}
			out = p.lit(out, start, p.s[start:p.i])
		}
	}
	return whole(out)
}

// lit appends literal text that was written from start on, joined to a
// literal just before it.
func (p *scanner) lit(out []Node, start int, text string) []Node {
	if len(out) > 0 {
		if last, ok := out[len(out)-1].(*Lit); ok {
			last.text = append(last.text, text...)
			last.Len = p.i - last.Offset
			return out
		}
	}
	return append(out, &Lit{Span: p.from(start), text: []byte(text)})
}

// whole gives literals their text.
func whole(nodes []Node) []Node {
	for _, n := range nodes {
		if lit, ok := n.(*Lit); ok {
			lit.Text, lit.text = string(lit.text), nil
		}
	}
	return nodes
}

// checkNoEOL reports prompts and empty lines that are not where they mean
// something.
func checkNoEOL(e *errs, nodes []Node) {
	for i, n := range nodes {
		switch n := n.(type) {
		case *NoEOL:
			if i != len(nodes)-1 {
				e.syntax(n.Span, "", "{NOEOL} must be at the template's end")
			}
		case *Empty:
			if !lineStart(nodes, i) || !lineEnd(nodes, i) {
				e.syntax(n.Span, "{} stands alone on its line, for an empty one", "{} beside other text")
			}
		case *Opt:
			checkInside(e, n.Body)
		}
	}
}

func checkInside(e *errs, body []Node) {
	for _, n := range body {
		switch n := n.(type) {
		case *NoEOL, *Empty:
			e.syntax(n.At(), "", "only fields, counts and text may be in an optional part")
		case *Opt:
			checkInside(e, n.Body)
		}
	}
}

func lineStart(nodes []Node, i int) bool {
	if i == 0 {
		return true
	}
	_, ok := nodes[i-1].(*Break)
	return ok
}

func lineEnd(nodes []Node, i int) bool {
	if i == len(nodes)-1 {
		return true
	}
	switch nodes[i+1].(type) {
	case *Break, *NoEOL:
		return true
	}
	return false
}
