package flow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// Layout does the same for a layout, whose end lies in the templates that use
// it: it must be found in the same way in all of them.
func (p *Pass) Layout(t *model.Type) []Problem {
	p.problems = nil
	uses := []next{lineEnd}
	if u := p.uses[t]; u != nil {
		uses = u.list
	}
	before := ""
	all := next{}
	for i, after := range uses {
		p.walk(t.Body.Ops, after, false)
		if len(p.problems) > 0 {
			return p.problems
		}
		now := signature(t.Body.Ops)
		if i > 0 && now != before {
			last := t.Body.Ops[len(t.Body.Ops)-1]
			p.fail(last, RuleRunsOn, "end the layout with something that shows its own end, or use it alike everywhere",
				"where layout %s ends depends on what follows it, which differs from place to place", t.Name)
			return p.problems
		}
		before, all = now, all.union(after)
	}
	if len(uses) > 1 {
		p.walk(t.Body.Ops, all, false)
	}
	return p.problems
}

// signature is equal for ops that are parsed alike. Words end at blanks
// whatever their stops.
func signature(ops []*model.Op) string {
	var b strings.Builder
	for _, op := range ops {
		stops := op.Stops
		if op.Field != nil && op.Field.Type.Kind == model.Word {
			stops = slices.DeleteFunc(slices.Clone(stops), func(s string) bool { return s[0] <= ' ' })
		}
		fmt.Fprintf(&b, "%q %s %q %d (%s)", stops, op.Decide, op.Sep, op.After, signature(op.Body))
		if op.Until != nil {
			fmt.Fprintf(&b, "%+v", *op.Until)
		}
	}
	return b.String()
}
