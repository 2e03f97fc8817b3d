package spec

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// LoadAnyway is Load for tests that look at the model of a document with
// findings, such as examples that are missing.
func LoadAnyway(name string, data []byte) (*model.Protocol, []Finding) {
	findings := report.NewList(name, data)
	l := newLoader(findings)
	if root := document.Load(data, findings); root != nil {
		l.load(value{Node: root, path: "$", in: l})
	}
	return l.p, findings.Sorted()
}
