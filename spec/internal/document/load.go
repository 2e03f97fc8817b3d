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
