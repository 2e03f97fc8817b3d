package format

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/language"
)

// builder makes nodes of a document, and gives each comment its place.
type builder struct {
	data     []byte
	fixed    bool   // the order of keys means something: an alias must stay behind its anchor
	keep     bool   // the last text holds the empty lines behind it
	lead     []line // of the document's first entry
	edits    []edit
	findings *report.List
}

// edit is a text that is written in another way, but means the same.
type edit struct{ old, new string }

// layout is a document that is ready to be written.
type layout struct {
	head []string // comments at the very beginning
	root *item
	foot []string // comments at the end that belong to nothing
}

// document makes a layout of a document.
func (b *builder) document(root *document.Node) *layout {
	b.fixed = hasAlias(root)
	l := &layout{root: &item{}}
	begin := first(root)
	beside, lines := b.gap(0, begin)
	if beside != "" {
		lines = append([]line{{0, beside}}, lines...)
	}
	l.head, b.lead = head(lines)
	if !within(root) {
		l.head, b.lead = append(l.head, texts(b.lead)...), nil
	}
	end := b.value(l.root, root, language.Root, begin)
	beside, lines = b.gap(end, len(b.data))
	l.root.beside(beside)
	l.foot = comments(l.root.value.claim(lines))
	return l
}

// within reports whether n is a map or list in lines of its own, in which
// something is first.
func within(n *document.Node) bool {
	return (n.Kind == document.Map || n.Kind == document.List) && !n.Flow()
}

// head splits the comments at the beginning: those that stay there whatever comes
// first in the end, and those that a blank line sets apart from them, which are
// what comes first's now.
func head(lines []line) (stay []string, rest []line) {
	split := len(lines)
	for i, line := range lines {
		if line.text == "" && i > 0 {
			split = i + 1
		}
	}
	return trimBlank(texts(lines[:split])), lines[split:]
}

// first is where a value begins, its properties included.
func first(n *document.Node) int {
	if n.Written.Properties.To > 0 {
		return n.Written.Properties.From
	}
	return n.Written.From
}

// value makes the node of it, which is read from the offset behind what came
// before it, and says where it ends.
func (b *builder) value(it *item, n *document.Node, is *language.Form, from int) (end int) {
	node := &node{kind: n.Kind, is: is, of: is.Construct(n.Has), flow: n.Flow()}
	it.value = node
	var beside, more string
	var lines, others []line
	if p := n.Written.Properties; p.To > 0 {
		beside, lines = b.gap(from, p.From)
		node.props, from = string(b.data[p.From:p.To]), p.To
	}
	if n.Kind == document.Null {
		it.note(beside, lines)
		return from
	}
	more, others = b.gap(from, n.Written.From)
	lines = append(lines, others...)
	if within(n) {
		it.note(beside, nil)
		it.note(more, nil)
		lines, b.lead = append(b.lead, lines...), nil
		return b.items(node, n, lines)
	}
	it.note(beside, nil)
	it.note(more, lines)
	if node.flow {
		return b.brackets(it, n)
	}
	if b.scalar(it, n); node.lines != nil && !node.block {
		it.lead, it.notes = append(it.lead, it.notes...), nil // they were beside the key
	}
	return n.Written.To
}

// note keeps comments that stand between a key and its value.
func (it *item) note(beside string, lines []line) {
	it.lead = append(it.lead, comments(lines)...)
	if beside != "" {
		it.notes = append(it.notes, beside)
	}
}

// items reads the entries of a block map or the items of a block list; lines are
// those before the first.
func (b *builder) items(node *node, n *document.Node, lines []line) (end int) {
	add := func(it *item, start int) {
		if node.last != nil {
			beside, between := b.gap(end, start)
			node.last.beside(beside)
			lines = node.last.value.claim(between)
		}
		it.lead = append(it.lead, texts(lines)...)
		node.add(it)
	}
	for _, e := range n.Keys {
		it := b.entry(e)
		add(it, e.Written().From)
		end = b.value(it, e.Value, node.is.Value(node.of, e.Key), b.behindKey(e))
		it.value.col = max(it.value.col, n.Column()+1)
	}
	for i, v := range n.Items {
		it := &item{place: inList}
		add(it, n.Written.Dashes[i])
		end = b.value(it, v, node.is.Items(), n.Written.Dashes[i]+1)
		it.value.col = max(it.value.col, n.Column()+1)
	}
	node.col = n.Column()
	b.sort(node)
	return end
}

// brackets reads a map or list in brackets.
func (b *builder) brackets(it *item, n *document.Node) (end int) {
	node := it.value
	end = n.Written.From + 1
	add := func(child *item, start int) {
		beside, lines := b.gap(end, start)
		if node.last == nil {
			it.note(beside, nil)
		} else {
			node.last.beside(beside)
		}
		child.lead = texts(lines)
		node.add(child)
	}
	for _, e := range n.Keys {
		child := b.entry(e)
		add(child, e.Written().From)
		end = b.value(child, e.Value, node.is.Value(node.of, e.Key), b.behindKey(e))
	}
	for _, v := range n.Items {
		child := &item{place: inList}
		add(child, first(v))
		end = b.value(child, v, node.is.Items(), first(v))
	}
	beside, lines := b.gap(end, n.Written.To-1)
	if node.last != nil {
		node.last.beside(beside)
		node.below = trimBlank(texts(lines))
	} else {
		it.note(beside, lines)
	}
	b.sort(node)
	return n.Written.To
}

func (n *node) add(it *item) {
	n.last = it
	n.items = append(n.items, it)
}

// entry is the item of a map's key.
func (b *builder) entry(e *document.Entry) *item {
	w := e.Written()
	return &item{place: inMap, name: e.Key, key: requote(string(b.data[w.From:w.To]))}
}

// behindKey is the offset behind a key's colon, or behind a key that has none.
func (b *builder) behindKey(e *document.Entry) int {
	end := e.Written().To
	colon := end
	for colon < len(b.data) && b.data[colon] == ' ' {
		colon++
	}
	if colon < len(b.data) && b.data[colon] == ':' {
		return colon + 1
	}
	return end
}

// hasAlias reports whether there is an alias in n.
func hasAlias(n *document.Node) bool {
	if n.Kind == document.Refused {
		return true
	}
	for _, e := range n.Keys {
		if hasAlias(e.Value) {
			return true
		}
	}
	for _, i := range n.Items {
		if hasAlias(i) {
			return true
		}
	}
	return false
}
