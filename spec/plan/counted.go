package plan

import (
	"slices"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// told reports whether the steps tell all of a message, so that no check reads it once
// more: the last count has read what comes before its bytes, as a check would, and
// behind them are lines of literal text, which it makes the whole of.
func (w *walker) told() bool {
	last := w.lastCounted()
	if last < 0 || w.block {
		return false
	}
	ops := w.template.Ops
	if slices.ContainsFunc(ops[:last], readMore) || slices.ContainsFunc(ops[last+1:], notText) {
		return false
	}
	for i := len(w.steps) - 1; w.steps[i].Kind == wire.StepLine; i-- {
		w.steps[i].Whole = true
	}
	return true
}

// lastCounted is the place of the last op of counted bytes; -1: there is none.
func (w *walker) lastCounted() int {
	for i := len(w.template.Ops) - 1; i >= 0; i-- {
		if countedBytes(w.template.Ops[i]) {
			return i
		}
	}
	return -1
}

// countedBytes reports whether op is bytes, whatever they are, with a count that is
// just theirs.
func countedBytes(op *model.Op) bool {
	if op.Kind != model.OpField || op.Count == nil || op.Sized != nil || op.Field.Type.Kind != model.Bytes {
		return false
	}
	terms := op.Count.Terms
	return unconstrained(op.Field.Type) && len(terms) == 1 && terms[0] == (model.Term{Field: op.Field})
}

// readMore reports whether a check reads more of op than a count behind it does, or
// might.
func readMore(op *model.Op) bool {
	switch op.Kind {
	case model.OpLit, model.OpBreak, model.OpCount:
		return false
	case model.OpOptional:
		return op.Decide != model.DecideSeparators && op.Decide != model.DecideEOL || slices.ContainsFunc(op.Body, readMore)
	case model.OpField:
		return !countedBytes(op) && !plainField(op)
	}
	return true
}

// plainField reports whether op is a number or a word, of which nothing else counts.
func plainField(op *model.Op) bool {
	switch op.Field.Type.Kind {
	case model.Word, model.Int, model.Uint, model.Decimal, model.Float:
		return op.Count == nil && unconstrained(op.Field.Type)
	}
	return false
}

// unconstrained reports whether every value of the kind is one of t.
func unconstrained(t *model.Type) bool {
	return t.Range == nil && t.Max == 0 && t.Chars == "" && t.Scale == "" && t.Width == 0 && t.Binary == ""
}

func notText(op *model.Op) bool { return op.Kind != model.OpLit && op.Kind != model.OpBreak }
