package spec

import (
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// NewFinding makes a finding about a document in the way that Load does, with
// the source line: for tools that find more than the loader.
func NewFinding(name string, data []byte, pos model.Pos, rule, path, message, hint string) Finding {
	list := report.NewList(name, data)
	list.Add(pos, rule, path, message, hint)
	return list.Sorted()[0]
}
