package document

import "github.com/linewright/linewright/spec/internal/report"

// Load reads a document. What is wrong with it goes to findings. The root is
// nil where the rest cannot be understood; otherwise the tree is complete, but
// for what a finding refuses.
func Load(data []byte, findings *report.List) *Node {
	if !check(data, findings) {
		return nil
	}
	p := parser{source: newSource(data), findings: findings}
	return p.document()
}

// Read is Load for tools that write a document again: what is YAML but not in
// the language is kept where that can be, so that it is written as it was.
// These are anchors, aliases and tags of values, merge keys, and keys twice in a
// map. An alias is Refused, with its text as Value. The comments are those of the
// whole document, in its order.
func Read(data []byte, findings *report.List) (root *Node, comments []Span) {
	if !check(data, findings) {
		return nil, nil
	}
	p := parser{source: newSource(data), findings: findings, all: true}
	return p.document(), p.comments
}
