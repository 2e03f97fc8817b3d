package flow

import (
	"fmt"
	"slices"
	"sort"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// next is what may come at a place in a template.
type next struct {
	lits   []string    // these literals, sorted
	end    bool        // the line's end
	fields bool        // a value that begins with no literal
	first  byteset.Set // the first bytes of literals and values
}

var lineEnd = next{end: true}

func (n next) union(o next) next {
	lits := append(slices.Clone(n.lits), o.lits...)
	sort.Strings(lits)
	return next{
		lits: slices.Compact(lits), end: n.end || o.end, fields: n.fields || o.fields,
		first: n.first.Or(o.first),
	}
}

// key is equal for equal nexts.
func (n next) key() string { return fmt.Sprintf("%q %t %t %x", n.lits, n.end, n.fields, n.first) }

func literal(lit string) next { return next{lits: []string{lit}, first: byteset.Of(lit[:1])} }

// before is what may come where ops begin, with after behind them.
func before(ops []*model.Op, after next) next {
	for _, op := range slices.Backward(ops) {
		after = beforeOp(op, after)
	}
	return after
}

func beforeOp(op *model.Op, after next) next {
	switch op.Kind {
	case model.OpLit:
		return literal(op.Lit)
	case model.OpBreak:
		return lineEnd
	case model.OpOptional:
		return before(op.Body, after).union(after)
	case model.OpCount:
		return next{fields: true, first: first(op.Field.Type)}
	case model.OpSame:
		return next{fields: true, first: first(op.Field.Type)}
	}
	t := op.Field.Type
	switch {
	case t.Kind == model.Layout && t.Body != nil:
		return before(t.Body.Ops, after)
	case t.Kind == model.Quoted:
		return literal(`"`)
	}
	n := next{fields: true, first: first(t)}
	if mayBeEmpty(op) {
		return n.union(after)
	}
	return n
}
