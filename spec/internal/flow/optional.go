package flow

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// decide finds out how a receiver knows that the part is there: because a field tells
// it, the line does not end here, by its first byte, or by the number of separators
// left on the line.
func (p *Pass) decide(op *model.Op, rest []*model.Op, after next, whole bool) {
	if op.Flag != nil {
		op.Decide = model.DecideFlag
		return
	}
	lead := op.Body[0]
	if lead.Kind == model.OpBreak {
		p.decideLine(op, rest)
		return
	}
	if op.Decide == model.DecideText {
		p.spare(op, lead.Lit, after)
		return
	}
	if !after.fields && len(after.lits) == 0 {
		if lead.Kind == model.OpOptional || lead.Kind == model.OpField && mayBeEmpty(lead) {
			p.fail(op, RuleUndecidable, "begin the part with a literal",
				"an optional part that may be empty looks like one that is not there")
			return
		}
		op.Decide = model.DecideEOL
		return
	}
	if lead.Kind != model.OpLit {
		p.fail(op, RuleUndecidable, "begin the part with a literal",
			"an optional part with something after it must begin with a literal")
		return
	}
	if !after.first.Has(lead.Lit[0]) {
		op.Decide = model.DecideByte
		return
	}
	left, ok := separators(rest, lead.Lit)
	if !whole || !ok {
		p.fail(op, RuleUndecidable, "begin the part with another byte than what follows it",
			"what follows the optional part may begin with %q too, and the line's separators cannot be counted", lead.Lit[:1])
		return
	}
	op.Decide, op.Sep, op.After = model.DecideSeparators, lead.Lit, left
}

// spare checks text that may be left out: what follows it must not begin with
// literal text that could be it.
func (p *Pass) spare(op *model.Op, text string, after next) {
	for _, lit := range after.lits {
		if strings.HasPrefix(lit, text) || strings.HasPrefix(text, lit) {
			p.fail(op, RuleUndecidable, "leave it out, or let something else follow",
				"the text %q may be left out, and %q follows it", text, lit)
			return
		}
	}
}

// separators counts how often sep is in the rest of the line. It is not ok
// where that differs from message to message.
func separators(rest []*model.Op, sep string) (n int, ok bool) {
	for i, op := range rest {
		switch op.Kind {
		case model.OpBreak, model.OpBodyEnd:
			return n, true
		case model.OpLit:
			n += strings.Count(op.Lit, sep)
			lineEnds := i+1 == len(rest) || rest[i+1].Kind == model.OpBreak || rest[i+1].Kind == model.OpBodyEnd
			if !lineEnds && endsInPart(op.Lit, sep) {
				return 0, false
			}
		case model.OpCount, model.OpSame:
			if alphabet(op.Field.Type).Has(sep[0]) {
				return 0, false
			}
		case model.OpField:
			if mayHold(op, sep) {
				return 0, false
			}
		case model.OpOptional:
			return n, op.Body[0].Kind == model.OpBreak
		default:
			return 0, false
		}
	}
	return n, true
}

// endsInPart reports whether lit ends in a beginning of sep, which what
// follows might complete.
func endsInPart(lit, sep string) bool {
	for i := 1; i < len(sep); i++ {
		if strings.HasSuffix(lit, sep[:i]) {
			return true
		}
	}
	return false
}

// mayHold reports whether a value of the field can have sep, or its beginning,
// in it.
func mayHold(op *model.Op, sep string) bool {
	t := op.Field.Type
	if op.Count != nil {
		return true
	}
	switch t.Kind {
	case model.Layout, model.OneOf, model.PairsOf, model.JSON, model.JSONRaw, model.Quoted, model.Bytes:
		return true
	case model.Text, model.Enum:
		if slices.Contains(op.Stops, sep[:1]) {
			return false
		}
	}
	return alphabet(t).Has(sep[0])
}
