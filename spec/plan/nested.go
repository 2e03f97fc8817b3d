package plan

import (
	"fmt"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// nestedTypes are the types of a shape that may hold themselves: steps refer to
// them by their place, from 1.
type nestedTypes struct {
	place  map[*model.Type]int
	types  []wire.Nested
	counts []counted
}

func newNested() *nestedTypes { return &nestedTypes{place: map[*model.Type]int{}} }

// step goes on as one of the forms of a type does; steps gives those of one.
func (n *nestedTypes) step(t *model.Type, steps func(form *model.Type) ([]wire.Step, []counted)) (wire.Step, counted) {
	step := wire.Step{Kind: wire.StepOneOf}
	if t.Depth == 0 {
		var c counted
		step.Cases, c = cases(t, steps)
		return step, c
	}
	place, known := n.place[t]
	if !known {
		n.types, n.counts = append(n.types, wire.Nested{Group: t.Group, Depth: t.Depth}), append(n.counts, counted{})
		place = len(n.types)
		n.place[t] = place
		list, c := cases(t, steps)
		n.types[place-1].Cases, n.counts[place-1] = list, c
	}
	step.Nested = place
	return step, counted{}
}

func cases(t *model.Type, steps func(form *model.Type) ([]wire.Step, []counted)) (list []wire.Case, c counted) {
	for _, i := range t.Order {
		body, counts := steps(t.Body.Fields[i].Type)
		list = append(list, wire.Case{Lit: t.Leads[i], Body: body})
		c.cases = append(c.cases, counts)
	}
	return list, c
}

// nested gives a shape its types that may hold themselves, and makes their hooks.
func (b *builder) nested(s shapeOf, n *nestedTypes) {
	s.out.Nested = n.types
	for i, c := range n.counts {
		for form, counts := range c.cases {
			b.counts(s, counts, s.out.Nested[i].Cases[form].Body, fmt.Sprintf("%s.Nested[%d].Cases[%d].Body", s.path, i, form))
		}
	}
}
