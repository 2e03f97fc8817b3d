package overlap

import (
	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// but reads what item reads, except where its first line is end: a receiver
// tests that first.
func (b *builder) but(from int, end *model.Line, item func(from int) int) int {
	plain := b.add()
	to := item(plain)
	if b.large {
		return to
	}
	e := &except{builder: b, end: end, copies: map[[2]int]int{}}
	b.skip(from, e.copy(plain, 0))
	return to
}

// except copies the states of an item, as far as its first line could still be
// the one that ends the list.
type except struct {
	*builder
	end    *model.Line
	copies map[[2]int]int // by the state, and how much of end's text was read
}

func (e *except) copy(state, read int) int {
	key := [2]int{state, read}
	if at, ok := e.copies[key]; ok {
		return at
	}
	at := e.add()
	e.copies[key] = at
	if e.large || read == len(e.end.Text) && !e.end.Whole {
		return at // nothing goes on from here
	}
	for _, to := range e.states[state].free {
		e.skip(at, e.copy(to, read))
	}
	for _, x := range e.states[state].edges {
		e.edge(at, x, read)
	}
	return at
}

// edge copies an edge: to the item itself, where its line is another by that.
func (e *except) edge(at int, x edge, read int) {
	whole := read == len(e.end.Text)
	switch {
	case x.brk && whole:
	case x.brk:
		e.line(at, x.to)
	case whole:
		e.read(at, x.set, x.to)
	default:
		next := byteset.Of(e.end.Text[read : read+1])
		if other := x.set.Without(next); !other.Empty() {
			e.read(at, other, x.to)
		}
		if same := x.set.And(next); !same.Empty() {
			e.read(at, same, e.copy(x.to, read+1))
		}
	}
}
