package document

import (
	"fmt"

	"github.com/linewright/linewright/spec/internal/report"
)

// parser reads a document from its beginning to its end, once.
type parser struct {
	*source
	findings *report.List
	pos      int
	path     path
	depth    int
	nodes    int
	room     []Node // for the next nodes
	mistakes int
	begun    bool // a marker came
	ended    bool // it was ...: nothing more may come
	dead     bool // after a fatal finding: nothing more is said
	// What Read wants besides.
	all      bool // keep what is not in the language
	props    Span // of the next node
	comments []Span
}

// fatal adds a finding after which the rest cannot be understood, and moves to
// the end.
func (p *parser) fatal(offset int, rule, message, hint string) {
	p.mistake(offset, rule, message, hint)
	p.dead = true
	p.pos = len(p.data)
}

// syntax is fatal for what is no YAML.
func (p *parser) syntax(offset int, message, hint string) {
	p.fatal(offset, "yaml-syntax", message, hint)
}

// mistake adds a finding after which reading goes on.
func (p *parser) mistake(offset int, rule, message, hint string) {
	if p.dead {
		return
	}
	p.findings.Add(p.source.pos(offset), rule, p.path.String(), message, hint)
	p.mistakes++
	if p.mistakes == maxMistakes {
		p.dead = true
		p.pos = len(p.data)
	}
}

// eof reports whether nothing is left to read.
func (p *parser) eof() bool { return p.pos >= len(p.data) }

// peek is the byte at the current place, or 0.
func (p *parser) peek() byte { return p.at(p.pos) }

// node makes a node that begins at offset, and counts it.
func (p *parser) node(kind Kind, offset int) *Node {
	p.nodes++
	if p.nodes > maxNodes {
		p.fatal(offset, "yaml-nodes", fmt.Sprintf("more than %d values in the document", maxNodes), "")
	}
	if len(p.room) == 0 {
		p.room = make([]Node, 256) // nodes live and die together
	}
	n := &p.room[0]
	p.room = p.room[1:]
	*n = Node{Kind: kind, Pos: p.source.pos(offset), src: p.source, start: offset}
	n.Written = Written{Span: Span{offset, offset}, Properties: p.props}
	p.props = Span{}
	return n
}

// enter counts a map or list that begins inside others; leave ends it.
func (p *parser) enter(offset int) bool {
	p.depth++
	if p.depth > maxDepth {
		p.fatal(offset, "yaml-depth", fmt.Sprintf("maps and lists nested more than %d deep", maxDepth), "")
	}
	return !p.dead
}

func (p *parser) leave() { p.depth-- }

// keys finds the keys of one map. Most maps have few: those are compared one
// by one.
type keys map[string]*Entry

const fewKeys = 16

func (k *keys) find(n *Node, key string) *Entry {
	if len(n.Keys) < fewKeys {
		return n.Get(key)
	}
	if *k == nil {
		*k = make(keys)
		for _, e := range n.Keys {
			(*k)[e.Key] = e
		}
	}
	return (*k)[key]
}

// add puts an entry into map n, unless its key is there or means something else
// in YAML.
func (p *parser) add(n *Node, seen *keys, key scalar, value *Node) {
	if p.dead {
		return
	}
	if key.value == "<<" && key.style == Plain && !p.all {
		p.mistake(key.start, "yaml-merge", "merge keys are not read", "write the keys out")
		return
	}
	if first := seen.find(n, key.value); first != nil && !p.all {
		p.mistake(key.start, "duplicate-key", fmt.Sprintf("key %s is here twice: first at %d:%d",
			short(key.value), first.Pos.Line, first.Pos.Col), "")
		return
	}
	if len(n.Keys) == maxKeys {
		p.fatal(key.start, "yaml-keys", fmt.Sprintf("more than %d keys in a map", maxKeys), "")
		return
	}
	e := &Entry{Key: key.value, Pos: p.source.pos(key.start), Value: value, from: key.start, to: key.end}
	if *seen != nil {
		(*seen)[e.Key] = e
	}
	n.Keys = append(n.Keys, e)
}

// short is a key in a message.
func short(key string) string {
	const most = 40
	if runes := []rune(key[:min(len(key), 4*most)]); len(runes) > most {
		key = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", key)
}

// gap skips blanks, comments, line breaks, and the markers around the document.
func (p *parser) gap() {
	for {
		if (p.pos == 0 || p.data[p.pos-1] == '\n') && p.marker(p.pos) {
			p.skipMarker()
		}
		p.pos = p.skipBlanks(p.pos)
		switch c := p.peek(); {
		case c == '#' && p.commentMayBegin():
			p.comment()
		case c == '\n' || c == '\r':
			p.pos = p.skipBreak(p.pos)
		default:
			if p.ended && !p.eof() {
				p.secondDocument()
			}
			return
		}
	}
}

// skipMarker skips --- before the document and ... after it; any other is a
// finding.
func (p *parser) skipMarker() {
	if p.ended || p.peek() == '-' && (p.begun || p.nodes > 0) {
		p.secondDocument()
		return
	}
	p.begun, p.ended = true, p.peek() == '.'
	p.pos += len("---")
	p.endLine()
}

// commentMayBegin reports whether a # here would be a comment.
func (p *parser) commentMayBegin() bool {
	return p.pos == 0 || ends(p.data[p.pos-1])
}

// endLine expects nothing but a comment on the rest of the line.
func (p *parser) endLine() {
	p.pos = p.skipBlanks(p.pos)
	switch c := p.peek(); {
	case breaks(c), c == '#' && p.commentMayBegin():
	case c == '#':
		p.syntax(p.pos, "a comment needs a blank before it", "")
	case c == ':' && ends(p.at(p.pos+1)):
		p.syntax(p.pos, "a second ':' on this line", quoteHint)
	default:
		p.syntax(p.pos, fmt.Sprintf("%s is not expected after the value", p.char(p.pos)), quoteHint)
	}
}

const quoteHint = `put text that holds : # [ ] { } , or quotes in double quotes`

// char is the character at offset in a message.
func (p *parser) char(offset int) string {
	if offset >= len(p.data) {
		return "the end of the document"
	}
	for _, r := range string(p.data[offset:min(offset+4, len(p.data))]) {
		return fmt.Sprintf("%q", r)
	}
	return ""
}

// secondDocument refuses a document marker.
func (p *parser) secondDocument() {
	p.fatal(p.pos, "yaml-documents", "a second document begins, or this one ends, here", "keep each document in a file of its own")
}
