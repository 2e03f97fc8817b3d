package spec

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// Finding is one thing that is wrong with a document.
type Finding = report.Finding

// Load reads a document, which name names in findings. It returns the resolved
// protocol or, if there is anything wrong with the document, all that is, by
// place. It does no I/O and keeps neither data nor name.
func Load(name string, data []byte) (*model.Protocol, []Finding) {
	findings := report.NewList(name, data)
	root := document.Load(data, findings)
	if root == nil {
		return nil, findings.Sorted()
	}
	l := &loader{findings: findings, p: &model.Protocol{}}
	l.load(value{Node: root, path: "$", in: l})
	if findings.Len() > 0 {
		return nil, findings.Sorted()
	}
	return l.p, nil
}

// loader is one document on its way to a protocol.
type loader struct {
	findings *report.List
	p        *model.Protocol
	parts    parts
}

// parts are the pieces of the document that are lowered after all sections
// without templates have been read, because they refer to each other by name.
// The Node of one that the document does not have is nil.
type parts struct {
	types, parameters, messages, commands value
	session, answers                      value
	probeSend, probeWith                  value // the probe itself is p.Liveness.Probe
	beatSend, beatWith                    value
	errors                                value // replies.errors
}

// later keeps a value for when its turn comes.
func later(into *value) reader { return func(v value) { *into = v } }

// absent reports whether the document does not have this part.
func (v value) absent() bool { return v.Node == nil }

// load reads the sections in the order that the language gives, then lowers
// what refers to names.
func (l *loader) load(root value) {
	l.lower()
}
