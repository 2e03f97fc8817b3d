package spec

import (
	"maps"
	"slices"

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

// Key is a row of a key table.
type Key struct {
	Name     string
	Required bool
}

// Keys gives the key table of each map that is read in a document.
func Keys(data []byte, yield func(path string, keys []Key)) {
	findings := report.NewList("keys.yaml", data)
	l := newLoader(findings)
	l.watch = func(path string, keys []key) {
		var rows []Key
		for _, k := range keys {
			if !k.refused {
				rows = append(rows, Key{k.name, k.required})
			}
		}
		yield(path, rows)
	}
	if root := document.Load(data, findings); root != nil {
		l.load(value{Node: root, path: "$", in: l})
	}
}

// Builtins are the names of the types that the language has.
func Builtins() []string { return builtinNames }

// Functions are the names of what a value can call.
func Functions() []string { return slices.Sorted(maps.Keys(functions)) }
