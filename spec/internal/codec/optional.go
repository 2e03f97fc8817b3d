package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// optional reads a part that may be absent.
func (p *parser) optional(s *fields, op *model.Op) {
	here := op.Decide == model.DecideFlag && s.flagged(op.Flag) || op.Decide != model.DecideFlag && present(&p.r, op)
	if len(p.at) > 0 && p.at[0] == op {
		if p.at = p.at[1:]; len(p.at) == 0 {
			p.done, p.size = true, int(wire.Bit(here))
			return
		}
	}
	if here {
		p.ops(s, op.Body)
	}
}

// present decides by the bytes whether an optional part is there (G3).
func present(r *wire.Reader, op *model.Op) bool {
	switch op.Decide {
	case model.DecideText:
		return r.Has(op.Body[0].Lit)
	case model.DecideByte:
		first := lead(op.Body)
		return first != "" && r.Has(first)
	case model.DecideLine:
		return r.NextLine(op.Sep)
	case model.DecideSeparators:
		return r.Separators(op.Sep) > op.After
	case model.DecideLeft:
		return r.Left(op.Tail) > 0
	default: // DecideEOL
		return !r.AtBreak()
	}
}

// lead is the first byte of what ops write; empty where that is not fixed.
func lead(ops []*model.Op) string {
	for len(ops) > 0 {
		switch op := ops[0]; {
		case op.Kind == model.OpLit && op.Lit != "":
			return op.Lit[:1]
		case op.Kind == model.OpField && op.Field.Type.Kind == model.Layout:
			ops = op.Field.Type.Body.Ops
		case op.Kind == model.OpField && op.Field.Type.Kind == model.Quoted:
			return `"`
		case op.Kind == model.OpField && op.Field.Type.Kind == model.JSON:
			return "{"
		default:
			return ""
		}
	}
	return ""
}

// optional writes a part where any of its fields has a value, or where it has none.
func (a *appender) optional(s *given, op *model.Op) {
	if op.Decide == model.DecideText {
		a.ops(s, op.Body)
		return
	}
	wanted := s.wanted(op.Body)
	if op.Decide == model.DecideFlag {
		a.flagged(s, op, wanted)
		return
	}
	if !wanted {
		return
	}
	mark := a.w.Mark()
	a.ops(s, op.Body)
	if (op.Decide == model.DecideEOL || op.Decide == model.DecideLeft) && a.w.Mark() == mark {
		a.w.Fail(s.path, "an optional part is written as nothing")
	}
}

// wanted reports whether a field among ops has a value.
func (s *given) wanted(ops []*model.Op) bool {
	for _, op := range ops {
		switch op.Kind {
		case model.OpField:
			if v, ok := s.values.get(op.Field.Name); ok && says(op.Field, v) {
				return true
			}
		case model.OpOptional:
			if s.wanted(op.Body) {
				return true
			}
		}
	}
	return false
}
