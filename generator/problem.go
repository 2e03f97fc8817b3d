package generator

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// Problem is why no code can be generated: what a spec says cannot be written
// in Go as it is. The loader's findings come before; these are about names, or
// tell of a defect of the generator.
type Problem struct {
	Rule    string    // stable id: go-name, internal
	Pos     model.Pos // in the spec
	Path    string    // what is there: messages.reading
	Message string    // lower case, no full stop
	Hint    string    // what to do; may be empty
	// Other is the second place of a clash; the zero Pos where there is none.
	Other model.Pos
}

// String is line:col: path: message; the file's name is the caller's to add.
func (p Problem) String() string {
	s := fmt.Sprintf("%d:%d: %s: %s", p.Pos.Line, p.Pos.Col, p.Path, p.Message)
	if p.Hint != "" {
		s += " (" + p.Hint + ")"
	}
	return s
}

// sortProblems orders by place, then text, so that output is the same each run.
func sortProblems(list []Problem) {
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Message, b.Message),
		)
	})
}
