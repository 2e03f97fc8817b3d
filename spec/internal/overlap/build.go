package overlap

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// maxStates bounds an automaton; a larger template is not compared.
const maxStates = 20_000

// maxStop is the longest stop that is looked for in open fields; the states of
// longer ones are not worth it.
const maxStop = 16

// builder makes the automaton of a template.
type builder struct {
	nfa
	ends []string
	// within are the types that may hold themselves, while a value of one is built.
	within map[*model.Type]bool
}

// build makes the automaton; where the template is too large it is empty, and
// marked as such.
func build(t *model.Template, ends []string) *nfa {
	b := &builder{ends: ends, within: map[*model.Type]bool{}}
	b.start = b.add()
	b.accept = b.ops(b.start, t.Ops)
	if b.large {
		return &nfa{large: true}
	}
	return &b.nfa
}

func (b *builder) ops(from int, ops []*model.Op) int {
	for i := 0; i < len(ops) && !b.large; i++ {
		if n := bitOps(ops[i:]); n > 0 {
			from = b.bytesOf(from, ops[i:i+n])
			i += n - 1
			continue
		}
		switch op := ops[i]; {
		case op.Kind == model.OpBreak && i+1 < len(ops) && ops[i+1].ToEnd(): // each line has its own
		case op.ToEnd():
			from = b.linesToEnd(from, op.Field.Type)
		case op.Until != nil:
			from = b.lines(from, op.Field.Type, op.Until)
		case op.Kind == model.OpBreak && i > 0 && ops[i-1].Until != nil: // each line has its own
		default:
			from = b.op(from, op)
		}
	}
	return from
}

// lines reads the items of a list, or pairs, each on lines of its own, none of
// which is the line that ends them: where the items are known, no line is both.
func (b *builder) lines(from int, t *model.Type, end *model.Line) int {
	item := t
	if t.Kind == model.List {
		item = t.Elem
	}
	one := func(from int) int {
		from, to := b.value(from, item, nil), b.add()
		b.line(from, to)
		return to
	}
	return b.star(from, func(from int) int {
		if end.Items {
			return one(from)
		}
		return b.but(from, end, one)
	})
}

// linesToEnd reads the items of a list, or pairs, each behind a line break.
func (b *builder) linesToEnd(from int, t *model.Type) int {
	if t.Kind == model.List {
		t = t.Elem
	}
	return b.star(from, func(from int) int {
		to := b.add()
		b.line(from, to)
		return b.value(to, t, nil)
	})
}

func (b *builder) op(from int, op *model.Op) int {
	switch op.Kind {
	case model.OpBody, model.OpBodyEnd:
		return from
	case model.OpLit:
		return b.lit(from, op.Lit)
	case model.OpBreak:
		to := b.add()
		b.line(from, to)
		return to
	case model.OpOptional:
		return b.maybe(from, func(from int) int { return b.ops(from, op.Body) })
	case model.OpField:
		if op.Rest || op.Count != nil && op.Field.Type.Sep == "" || op.Field.Type.Kind == model.Bytes && op.Field.Type.Width > 0 {
			return b.anything(from)
		}
		return b.value(from, op.Field.Type, op.Stops)
	}
	return b.value(from, op.Field.Type, nil) // counts, and the same value again
}

// anything reads bytes and line breaks, any number.
func (b *builder) anything(from int) int {
	loop := b.add()
	b.skip(from, loop)
	b.read(loop, byteset.Range(0, 0xff), loop)
	b.line(loop, loop)
	to := b.add()
	b.skip(loop, to)
	return to
}

// text holds the bytes that are no line end by themselves; part of a longer one
// may be text.
func (b *builder) text() byteset.Set {
	s := byteset.Range(0, 0xff)
	for _, end := range b.ends {
		if len(end) == 1 || strings.Trim(end, "\r\n") == "" {
			s = s.Without(byteset.Of(end))
		}
	}
	return s
}

// until reads bytes of the set in which none of the stops occurs. A state
// stands for the longest beginning of a stop that has just been read.
func (b *builder) until(from int, set byteset.Set, stops []string) int {
	stops = slices.DeleteFunc(slices.Clone(stops), func(stop string) bool { return len(stop) > maxStop })
	states := map[string]int{}
	to := b.add()
	var visit func(read string) int
	visit = func(read string) int {
		if s, ok := states[read]; ok {
			return s
		}
		s := b.add()
		states[read] = s
		b.skip(s, to)
		byNext := map[string]byteset.Set{}
		var order []string
		for c := range 256 {
			if !set.Has(byte(c)) {
				continue
			}
			next, ended := follow(read+string([]byte{byte(c)}), stops)
			if ended {
				continue
			}
			group, seen := byNext[next]
			if !seen {
				order = append(order, next)
			}
			group.Add(byte(c))
			byNext[next] = group
		}
		for _, next := range order {
			b.read(s, byNext[next], visit(next))
		}
		return s
	}
	b.skip(from, visit(""))
	return to
}

// follow is the longest end of read that begins a stop; ended: a stop is
// complete.
func follow(read string, stops []string) (next string, ended bool) {
	for i := range len(read) {
		for _, stop := range stops {
			switch tail := read[i:]; {
			case stop == tail:
				return "", true
			case next == "" && len(stop) > len(tail) && stop[:len(tail)] == tail:
				next = tail
			}
		}
	}
	return next, false
}
