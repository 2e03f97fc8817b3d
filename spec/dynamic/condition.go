package dynamic

import (
	"slices"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// condition is a step's when and unless.
func (p *Protocol) condition(h *plan.Hook) func(v *session.Vars) bool {
	conds, answer := h.Step.When, h.Answers
	return func(v *session.Vars) bool {
		s := p.scriptScope(v, answer)
		return !slices.ContainsFunc(conds, func(c *model.Cond) bool { return s.holds(c) == c.Not })
	}
}

// holds reports whether the named thing is there, and not zero.
func (s *scope) holds(c *model.Cond) bool {
	switch {
	case c.TLS:
		return s.vars.TLS
	case c.Param != nil:
		v, _ := s.params.Get(c.Param.Name)
		return !isZero(v)
	case len(c.Path) == 0:
		return s.frame(c.Message) != nil
	default:
		r, err := s.captured(c.Message, c.Path)
		return err == nil && !isZero(r.value)
	}
}
