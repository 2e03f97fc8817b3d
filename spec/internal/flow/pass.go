package flow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// Problem is a template that no straight-line parser can read.
type Problem struct {
	Op   *model.Op
	Rule string
	Msg  string
	Hint string
}

// The rules that a Pass checks.
const (
	RuleRunsOn      = "field-runs-on"        // G1, G2: a field without an end
	RuleUndecidable = "optional-undecidable" // G3: an optional part that cannot be told from what follows
	RuleEndless     = "list-endless"         // G4: a list without an end
)

// Pass goes through the templates of one protocol: first those of messages and
// commands, then layouts, each after all that use it.
type Pass struct {
	uses     map[*model.Type]*uses
	held     map[holding]string
	problems []Problem
	tails    map[*model.Type]int // the bits behind binary layouts; -1: they differ
	follow   map[*model.Type]byteset.Set
}

// holding asks whether a value of an enum holds a literal.
type holding struct {
	enum *model.Type
	lit  string
}

// Template fills in what ops leave open, and returns what cannot be.
func (p *Pass) Template(ops []*model.Op) []Problem {
	p.problems = nil
	p.walk(ops, lineEnd, true)
	return p.problems
}

func (p *Pass) fail(op *model.Op, rule, hint, format string, args ...any) {
	p.problems = append(p.problems, Problem{op, rule, fmt.Sprintf(format, args...), hint})
}

// walk goes through ops from the last to the first. whole: ops run to the end
// of the template, so that what is left of a line can be seen in them.
func (p *Pass) walk(ops []*model.Op, after next, whole bool) {
	end := after
	for i, op := range slices.Backward(ops) {
		switch op.Kind {
		case model.OpField, model.OpSame:
			p.field(op, after)
			if op.Kind == model.OpField && op.Count == nil && standsOnLines(op.Field.Type) {
				p.until(op, ops[i+1:], end)
			}
		case model.OpCount:
			p.runs(op, op.Field.Type, after)
		case model.OpOptional:
			p.walk(op.Body, after, false)
			p.decide(op, ops[i+1:], after, whole)
		}
		after = beforeOp(op, after)
	}
}

// field finds where a field ends.
func (p *Pass) field(op *model.Op, after next) {
	t := op.Field.Type
	switch {
	case op.Rest:
	case (t.Kind == model.JSON || t.Kind == model.JSONRaw) && after.blank:
		p.fail(op, RuleRunsOn, "", "blanks at the line's end belong to the JSON of %s, and nothing else may follow it but blanks", op.Field.Name)
	case t.Kind == model.Layout || t.Kind == model.OneOf:
		p.use(t, after)
	case t.Kind == model.PairsOf:
		if t.Pairs.Each != "" {
			p.pairs(op, after)
		}
	case t.Kind == model.List && t.Sep != "":
		p.list(op, after)
	case t.Kind == model.List:
		p.item(op, t.Elem)
	case classOf(op) == run:
		p.runs(op, t, after)
	case classOf(op) == open:
		p.open(op, after)
	}
}

// open gives an open field its stops.
func (p *Pass) open(op *model.Op, after next) {
	if after.fields {
		p.fail(op, RuleRunsOn, "put a literal between them, or count it: {#"+op.Field.Name+"}",
			"nothing marks the end of %s", op.Field.Name)
		return
	}
	op.Stops = after.lits
	p.stopsInside(op, op.Field.Type, after.lits)
}

// stopsInside reports stops that a value would run into, and stops that look
// like part of the value.
func (p *Pass) stopsInside(op *model.Op, t *model.Type, stops []string) {
	for _, stop := range stops {
		if name := p.valueWith(holding{t, stop}); name != "" {
			p.fail(op, RuleRunsOn, "", "value %s of %s contains %q, which ends it", name, op.Field.Name, stop)
		}
		if (t.Kind == model.HexBytes || t.Kind == model.Base64) && alphabet(t).Has(stop[0]) {
			p.fail(op, RuleRunsOn, "", "%q after %s could belong to it", stop, op.Field.Name)
		}
	}
}

// valueWith names the first value of an enum that holds the literal. It looks
// once: a large enum may have many fields.
func (p *Pass) valueWith(h holding) string {
	name, known := p.held[h]
	if !known {
		i := slices.IndexFunc(h.enum.Values, func(v model.EnumValue) bool { return strings.Contains(v.Wire, h.lit) })
		if i >= 0 {
			name = h.enum.Values[i].Name
		}
		if p.held == nil {
			p.held = map[holding]string{}
		}
		p.held[h] = name
	}
	return name
}

// runs checks that nothing after a number, or a text in quotes, could belong to it.
func (p *Pass) runs(op *model.Op, t *model.Type, after next) {
	if classOfType(t) == run && !continues(t).And(after.first).Empty() {
		p.fail(op, RuleRunsOn, "put a literal between them that is no part of the value",
			"what follows %s could belong to it", op.Field.Name)
	}
}

// list checks a list with a separator, and its items.
func (p *Pass) list(op *model.Op, after next) {
	t := op.Field.Type
	if after.fields {
		p.fail(op, RuleRunsOn, "put a literal after it", "nothing marks the end of %s", op.Field.Name)
		return
	}
	for _, lit := range after.lits {
		if strings.HasPrefix(lit, t.Sep) || strings.HasPrefix(t.Sep, lit) {
			p.fail(op, RuleEndless, "", "%s is followed by %q, which looks like its separator", op.Field.Name, lit)
			return
		}
	}
	item := after.union(literal(t.Sep))
	if classOfType(t.Elem) != open && !beforeValue(t.Elem, item).first.And(after.first).Empty() {
		p.fail(op, RuleEndless, "put another literal after it", "what follows %s could be an item of it", op.Field.Name)
		return
	}
	op.Stops = after.lits
	switch elem := t.Elem; {
	case elem.Kind == model.List:
		p.list(items(op), item)
	case elem.Kind == model.Layout || elem.Kind == model.OneOf:
		p.use(elem, item)
	case classOfType(elem) == run:
		p.runs(op, elem, item)
	case classOfType(elem) == open:
		p.stopsInside(op, elem, item.lits)
	}
}

// item checks an item of a list of lines, which ends with its line.
func (p *Pass) item(op *model.Op, t *model.Type) {
	switch {
	case t.Kind == model.List:
		p.list(items(op), lineEnd)
	case t.Kind == model.Layout || t.Kind == model.PairsOf || t.Kind == model.OneOf:
		p.use(t, lineEnd)
	case (t.Kind == model.JSON || t.Kind == model.JSONRaw):
	case classOfType(t) == run:
		p.runs(op, t, lineEnd)
	}
}

// items is a field that is an item of op's.
func items(op *model.Op) *model.Op {
	return &model.Op{Kind: model.OpField, Field: &model.Field{Named: op.Field.Named, Type: op.Field.Type.Elem}, Pos: op.Pos}
}

// use notes what follows a layout, or each form of a type with several, at one
// place.
func (p *Pass) use(t *model.Type, after next) {
	if t.Kind == model.OneOf {
		if p.follow == nil {
			p.follow = map[*model.Type]byteset.Set{}
		}
		p.follow[t] = p.follow[t].Or(after.first)
		for _, op := range t.Body.Ops {
			p.use(op.Field.Type, after)
		}
		return
	}
	if p.uses == nil {
		p.uses = map[*model.Type]*uses{}
	}
	u := p.uses[t]
	if u == nil {
		u = &uses{known: map[string]bool{}}
		p.uses[t] = u
	}
	if key := after.key(); !u.known[key] {
		u.known[key] = true
		u.list = append(u.list, after)
	}
}

// Follow are the bytes that may come behind values of a type with several forms, on
// their line.
func (p *Pass) Follow(t *model.Type) byteset.Set { return p.follow[t] }

// uses are the different things that follow a layout.
type uses struct {
	known map[string]bool
	list  []next
}
