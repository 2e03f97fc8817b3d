package flow

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// next is what may come at a place in a template.
type next struct {
	lits   []string    // these literals, sorted
	end    bool        // the line's end
	fields bool        // a value that begins with no literal
	first  byteset.Set // the first bytes of literals and values
	blank  bool        // nothing but blanks, and then the line's end
}

var lineEnd = next{end: true}

func (n next) union(o next) next {
	lits := append(slices.Clone(n.lits), o.lits...)
	sort.Strings(lits)
	return next{
		lits: slices.Compact(lits), end: n.end || o.end, fields: n.fields || o.fields,
		first: n.first.Or(o.first), blank: n.blank || o.blank,
	}
}

// key is equal for equal nexts.
func (n next) key() string {
	return fmt.Sprintf("%q %t %t %x %t", n.lits, n.end, n.fields, n.first, n.blank)
}

func literal(lit string) next { return next{lits: []string{lit}, first: byteset.Of(lit[:1])} }

// before is what may come where ops begin, with after behind them. What is behind an
// op that is always there does not matter; types may hold themselves there.
func before(ops []*model.Op, after next) next {
	if i := slices.IndexFunc(ops, func(op *model.Op) bool { return Solid(op, false) }); i >= 0 {
		ops = ops[:i+1]
	}
	for _, op := range slices.Backward(ops) {
		after = beforeOp(op, after)
	}
	return after
}

func beforeOp(op *model.Op, after next) next {
	switch op.Kind {
	case model.OpLit:
		n := literal(op.Lit)
		n.blank = strings.Trim(op.Lit, " \t") == "" && (after.end || after.blank)
		return n
	case model.OpBreak, model.OpBodyEnd:
		return lineEnd
	case model.OpBody:
		return after
	case model.OpOptional:
		return before(op.Body, after).union(after)
	case model.OpCount:
		return next{fields: true, first: first(op.Field.Type)}
	case model.OpSame:
		return next{fields: true, first: first(op.Field.Type)}
	}
	n := beforeValue(op.Field.Type, after)
	if op.Field.Type.Kind != model.Layout && mayBeEmpty(op) {
		return n.union(after)
	}
	return n
}

// beforeValue is what may come where a value of t begins that is not empty.
func beforeValue(t *model.Type, after next) next {
	switch {
	case t.Kind == model.Layout && t.Body != nil:
		return before(t.Body.Ops, after)
	case t.Kind == model.OneOf:
		n := next{}
		for _, op := range t.Body.Ops { // a union at a time would copy all of them each time
			form := before(op.Field.Type.Body.Ops, after)
			lits := append(n.lits, form.lits...)
			n.lits, form.lits = nil, nil
			n = n.union(form)
			n.lits = lits
		}
		return n.union(next{})
	case t.Kind == model.Quoted:
		return literal(`"`)
	}
	return next{fields: true, first: first(t), blank: mayBeBlank(t) && (after.end || after.blank)}
}
