package flow

import (
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// Type does for a named type what Template does for a template.
func (p *Pass) Type(t *model.Type) []Problem {
	if t.Kind == model.PairsOf {
		return p.pairsType(t)
	}
	return p.Layout(t)
}

// pairsType finds where the values of keys end: with their line, or where the
// next pair or what follows them all begins.
func (p *Pass) pairsType(t *model.Type) []Problem {
	p.problems = nil
	after := lineEnd
	if u := p.uses[t]; t.Pairs.Each != "" {
		after = literal(t.Pairs.Each).union(lineEnd)
		for i := 0; u != nil && i < len(u.list); i++ {
			after = after.union(u.list[i])
		}
	}
	for i, op := range t.Body.Ops {
		p.keyInside(op, t.Pairs.Keys[i]+t.Pairs.Between, after.lits)
		one := *op
		if standsOnLines(op.Field.Type) { // a key that may come again
			f := *op.Field
			f.Type = f.Type.Elem
			one.Field = &f
		}
		p.walk([]*model.Op{&one}, after, false)
		op.Stops = one.Stops
	}
	for _, k := range t.Pairs.Counts {
		p.keyInside(k.Op, k.Key+t.Pairs.Between, after.lits)
		p.walk([]*model.Op{k.Op}, after, false)
	}
	t.Pairs.Stops = after.lits
	return p.problems
}

// keyInside reports a key in which the pairs would end.
func (p *Pass) keyInside(op *model.Op, key string, stops []string) {
	for _, stop := range stops {
		if strings.Contains(key, stop) {
			p.fail(op, RuleRunsOn, "put other text behind the pairs", "%q is part of key %s, and ends the pairs somewhere", stop, op.Field.Name)
			return
		}
	}
}

// pairs checks pairs on one line.
func (p *Pass) pairs(op *model.Op, after next) {
	t := op.Field.Type
	if after.fields {
		p.fail(op, RuleRunsOn, "put a literal after it", "nothing marks the end of %s", op.Field.Name)
		return
	}
	for _, lit := range after.lits {
		if strings.HasPrefix(lit, t.Pairs.Each) || strings.HasPrefix(t.Pairs.Each, lit) {
			p.fail(op, RuleEndless, "", "%s is followed by %q, which looks like what stands between its pairs", op.Field.Name, lit)
			return
		}
	}
	op.Stops = after.lits
	p.use(t, after)
}

// standsOnLines reports whether values of t stand alone on lines.
func standsOnLines(t *model.Type) bool {
	return t.Kind == model.List && t.Sep == "" || t.Kind == model.PairsOf && t.Pairs.Each == ""
}
