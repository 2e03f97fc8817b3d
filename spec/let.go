package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// maxLets bounds the values that steps make.
const maxLets = 64

// declareLets enters the names of all that steps make, which commands refer to
// before the session is read.
func (w *lowering) declareLets() {
	part := w.parts.session
	if part.absent() || part.Kind != document.Map {
		return
	}
	for _, script := range []string{"login", "ready"} {
		e := part.Get(script)
		if e == nil || e.Value.Kind != document.List {
			continue
		}
		for _, step := range e.Value.Items {
			let := step.Get("let")
			if step.Kind != document.Map || let == nil || let.Value.Kind != document.Map {
				continue
			}
			for _, k := range let.Value.Keys {
				if w.lets[k.Key] == nil && len(w.lets) < maxLets {
					w.lets[k.Key] = &model.Let{Name: k.Key, Index: len(w.lets)}
				}
			}
		}
	}
}

// let reads values that later steps, probes, answers and set can use by name.
func (s *scripting) let(step *model.Step, v value) {
	v.named(snake, "a map of names to values", func(e entry) {
		l := s.lets[e.name]
		switch {
		case s.params.byName[e.name] != nil || s.messages.byName[e.name] != nil || l != nil && l.Value != nil:
			e.failAt(e.keyPos, "duplicate-name", "", "there is a parameter, a message or a value called %s already", e.name)
			return
		case l == nil:
			e.fail("too-much", "", "at most %d values are kept", maxLets)
			return
		}
		f := &model.Field{Named: model.Named{Name: e.name}, Type: &model.Type{Kind: model.Text}}
		scope := &scope{w: s.lowering, came: s.came, hidden: true, when: step.When}
		x := scope.value(e.value, f)
		if x == nil {
			return
		}
		if letParts(x) > maxLetParts {
			e.fail("too-long", "", "with the values that it uses written out, %s has more than %d parts", e.name, maxLetParts)
			return
		}
		l.Value, l.When = x, step.When
		step.Lets = append(step.Lets, l)
	})
}

// maxLetParts bounds a value with those that it uses written out: each could be
// twice as long as the one before.
const maxLetParts = 256

// letParts counts those of a value, with the lets in it written out.
func letParts(e *model.Expr) int {
	if e.Kind == model.ExprLet && e.Let.Value != nil {
		return letParts(e.Let.Value)
	}
	n := 1
	for _, a := range e.Args {
		n += letParts(a)
	}
	return n
}

// letRef resolves a value that a step made.
func (s *scope) letRef(v value, pos model.Pos, l *model.Let, f *model.Field) *model.Expr {
	switch {
	case l.Value != nil && secretInside(l.Value):
		s.leaks(v, pos, f, l.Name)
	case l.Value == nil && !s.set:
		v.failAt(pos, "capture-absent", "make it in an earlier step", "%s is not made yet", l.Name)
	}
	if !s.set && slices.ContainsFunc(l.When, func(c *model.Cond) bool { return !slices.ContainsFunc(s.when, c.Same) }) {
		v.failAt(pos, "capture-absent", "write the same when and unless", "%s is made under a condition, and used without it", l.Name)
	}
	return &model.Expr{Kind: model.ExprLet, Let: l, Type: &model.Type{Kind: model.Text}, Pos: pos}
}

// checkSetLets: what a command has by itself is needed whenever it is sent.
func (w *lowering) checkSetLets() {
	w.commands.all(func(d *commandDecl) {
		for _, f := range d.c.Template.Fields {
			if f.Set != nil && madeSometimes(f.Set) {
				w.setAt[f].fail("capture-absent", "give it in a step, under the same condition", "%s has a value that is made under a condition", f.Name)
			}
		}
	})
}

func madeSometimes(e *model.Expr) bool {
	return e.Kind == model.ExprLet && len(e.Let.When) > 0 || slices.ContainsFunc(e.Args, madeSometimes)
}

// usesLink reports whether a value is known only where a link is, or of a client's
// parameters.
func usesLink(e *model.Expr) bool {
	return e.Kind == model.ExprParam || changes(e)
}

// changes reports whether a value is another on each link.
func changes(e *model.Expr) bool {
	return e.Kind == model.ExprCaptured || e.Kind == model.ExprLet || slices.ContainsFunc(e.Args, changes)
}
