package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/flow"
	"github.com/linewright/linewright/spec/model"
)

// deep reports whether d, which is being lowered, may hold itself by the types
// that are: all are templates, and one says how deep.
func (w *lowering) deep(d *typeDecl) bool {
	held := w.busy[slices.Index(w.busy, d):]
	templates := !slices.ContainsFunc(held, func(d *typeDecl) bool { return !holdsTemplates(d.typ) })
	return templates && slices.ContainsFunc(held, func(d *typeDecl) bool { return d.typ.Depth > 0 })
}

// holdsItself complains about a type that holds itself, and nothing says how deep.
func (w *lowering) holdsItself(d *typeDecl) {
	if !w.deep(d) {
		d.failAt(d.keyPos, "type-cycle", depthHint(w.busy[slices.Index(w.busy, d):]), "type %s contains itself", d.name)
	}
}

// depthHint is what to write where one of the types has several forms.
func depthHint(held []*typeDecl) string {
	for _, d := range held {
		if d.typ.Kind == model.OneOf {
			return "say how deep: write depth: 8 beside the one_of of " + d.name
		}
	}
	return ""
}

func holdsTemplates(t *model.Type) bool {
	return t.Kind == model.Layout || t.Kind == model.OneOf || t.Kind == model.PairsOf
}

// findCircles finds the types that hold each other, and what is wrong with them.
// What holds such types is not looked at any more.
func (w *lowering) findCircles() {
	c := &circles{lowering: w, index: map[*typeDecl]int{}, low: map[*typeDecl]int{}, bad: map[*typeDecl]bool{}}
	w.types.all(func(d *typeDecl) {
		if c.index[d] == 0 {
			c.visit(d)
		}
	})
}

// circles goes through the types, each after those that it holds.
type circles struct {
	*lowering
	index, low map[*typeDecl]int // in the order of visiting; low is 0 once a type's circle is closed
	stack      []*typeDecl
	bad        map[*typeDecl]bool
}

func (c *circles) visit(d *typeDecl) {
	n := len(c.index) + 1
	c.index[d], c.low[d] = n, n
	c.stack = append(c.stack, d)
	for _, held := range c.held(d) {
		if c.index[held] == 0 {
			c.visit(held)
		}
		if low := c.low[held]; low > 0 {
			c.low[d] = min(c.low[d], low)
		}
	}
	if c.low[d] < n {
		return
	}
	i := len(c.stack) - 1
	for c.stack[i] != d {
		i--
	}
	members := slices.Clone(c.stack[i:])
	c.stack = c.stack[:i]
	for _, m := range members {
		c.low[m] = 0
	}
	c.close(members)
}

// close looks at types that hold each other, and nothing else that is new.
func (c *circles) close(members []*typeDecl) {
	first := members[0]
	ok := true
	switch {
	case len(members) > 1 || slices.Contains(c.held(first), first):
		ok = c.clean(func() { c.circle(members) })
	case first.typ.Depth > 0 && first.ok:
		first.find("depth").fail("depth-unused", "leave it out", "type %s never holds itself", first.name)
	}
	for _, d := range members {
		ok = ok && !slices.ContainsFunc(c.held(d), func(held *typeDecl) bool { return c.bad[held] || !held.ok })
	}
	for _, d := range members {
		if !ok {
			d.ok, c.bad[d] = false, true
		}
	}
}

// held are the types of d's fields.
func (c *circles) held(d *typeDecl) []*typeDecl {
	if d.body == nil || d.typ.Body == nil {
		return nil
	}
	return c.inOps(d.typ.Body.Ops, nil)
}

func (c *circles) inOps(ops []*model.Op, held []*typeDecl) []*typeDecl {
	for _, op := range ops {
		if inner := c.layoutIn(op); inner != nil {
			held = append(held, inner)
		}
		held = c.inOps(op.Body, held)
	}
	return held
}

// circle checks types that hold each other.
func (c *circles) circle(members []*typeDecl) {
	slices.SortFunc(members, func(a, b *typeDecl) int { return c.index[a] - c.index[b] })
	first := members[0]
	if len(members) > maxCircle {
		first.failAt(first.keyPos, "template-large", "", "%d types and forms hold each other: at most %d are allowed", len(members), maxCircle)
		return
	}
	r := &round{circles: c, in: map[*typeDecl]bool{}, ends: map[*typeDecl]bool{}}
	for _, d := range members {
		r.in[d] = true
	}
	if d := r.cycle(members, r.shallow); d != nil {
		d.failAt(d.keyPos, "type-cycle", depthHint(members), "type %s contains itself", d.name)
		return
	}
	if d := r.cycle(members, r.begins); d != nil {
		d.failAt(d.keyPos, "type-endless", "begin the form that holds it with text", "a value of type %s may begin with another", d.name)
		return
	}
	if d := r.endless(members); d != nil {
		d.failAt(d.keyPos, "type-endless", "add a form that holds none", "each value of type %s holds another", d.name)
		return
	}
	c.lowering.circles = append(c.lowering.circles, members)
	for _, d := range members {
		if d.circle = len(c.lowering.circles); d.typ.Depth > 0 {
			d.typ.Group = d.circle
		}
		if d.typ.Kind == model.OneOf { // what follows it follows each form
			for _, form := range c.held(d) {
				form.circle = d.circle
			}
		}
	}
}

// flowAround finds what may follow types that hold each other, before each is
// looked at by itself: once for all of them.
func (w *lowering) flowAround(d *typeDecl) {
	members := w.circles[d.circle-1]
	if members == nil {
		return
	}
	w.circles[d.circle-1] = nil
	var types []*model.Type
	for _, m := range w.layouts {
		if m.circle == d.circle && m.ok {
			types = append(types, m.typ)
		}
	}
	f := w.frameOf()
	if !w.flow.Circle(types, f != nil && f.f.Content == "binary") {
		d.failAt(d.keyPos, flow.RuleRunsOn, "", "what follows the types that hold each other differs in too many ways")
		for _, m := range w.layouts {
			m.ok = m.ok && m.circle != d.circle
		}
	}
}
