package plan

import (
	"fmt"
	"slices"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/model"
)

// sequences are the commands that are made of several.
func (b *builder) sequences() {
	if len(b.model.Sequences) == 0 {
		return
	}
	b.plan.Sequences = make([]session.Sequence, len(b.model.Sequences))
	for i, c := range b.model.Sequences {
		out, path := &b.plan.Sequences[i], fmt.Sprintf("Sequences[%d]", i)
		b.sequence = c
		out.Name = c.Name
		out.Steps = b.steps(c.Steps, path+".Steps", "commands."+c.Name+".steps")
		if c.UndoneBy != nil {
			out.Undo = &session.Step{}
			b.step(out.Undo, c.UndoneBy, path+".Undo", "commands."+c.Name+".undone_by", nil)
		}
	}
	b.sequence = nil
}

// early reports whether what a step sends is known before its sequence begins: an
// argument that cannot be sent is then found before anything is.
func early(s *model.Step) bool {
	if s.Do == nil || s.Do.ID != nil || slices.ContainsFunc(s.When, func(c *model.Cond) bool { return c.Message != nil }) {
		return false
	}
	given := func(f *model.Field) bool {
		return slices.ContainsFunc(s.With, func(a model.Assign) bool { return a.Path[0] == f })
	}
	if slices.ContainsFunc(s.With, func(a model.Assign) bool { return made(a.Value) }) {
		return false
	}
	return !slices.ContainsFunc(s.Do.Template.Fields, func(f *model.Field) bool { return f.Set != nil && !given(f) && made(f.Set) })
}

// made reports whether a value is made anew each time, or is the server's.
func made(e *model.Expr) bool {
	switch {
	case e.Kind == model.ExprCaptured, e.Kind == model.ExprLet, e.Kind == model.ExprID:
		return true
	case e.Kind == model.ExprCall && (e.Func == "count" || e.Func == "random"):
		return true
	}
	return slices.ContainsFunc(e.Args, made)
}
