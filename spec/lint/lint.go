// Package lint finds what a document may say, and should not: promises that nothing
// keeps, clients that come back all at once, secrets in the clear, frames that are
// hard to tell apart, names and texts that nobody understands, and what no example
// shows. What the loader refuses is an error, and is not looked at again here; what
// these rules find is a warning, or an information.
//
//	protocol, findings := spec.Load(name, data)
//	findings = append(findings, lint.Check(name, data, protocol)...)
//
// [Rules] lists them with their purpose, a bad and a good example: the tests are these
// examples. A finding that is right in general and not here is allowed in the document,
// with the reason, at the end of its line or on a line above (see allow.go):
//
//	# linewright: allow gives-up the unit is only there while it is being serviced
//
// To read in order: rule.go (what a rule is, and what it looks at), then a file for
// each kind of rules: liveness.go, load.go, repeat.go, secrets.go, framing.go,
// naming.go, documentation.go, examples.go.
package lint

import (
	"cmp"
	"slices"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// Finding is one thing that a rule has found.
type Finding = report.Finding

// Check gives what the rules find in the document data, which name names, and what is
// wrong with its allowances; by place. Protocol is what the loader has made of it. Where
// that is nil, only the allowances are looked at.
func Check(name string, data []byte, protocol *model.Protocol) []Finding {
	root, comments := document.Read(data, report.NewList(name, data))
	if root == nil {
		return nil
	}
	s := &subject{name: name, data: data, p: protocol, root: root}
	if protocol != nil {
		s.report = explain.Of(protocol, data, explain.Options{Static: true})
		for _, r := range rules {
			if r.check != nil {
				s.rule = r
				r.check(s)
			}
		}
	}
	found := s.allow(readAllowances(data, comments))
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Path, b.Path))
	})
	return found
}
