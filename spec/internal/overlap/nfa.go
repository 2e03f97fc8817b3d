package overlap

import "github.com/linewright/linewright/spec/internal/byteset"

// nfa is an automaton over bytes and line breaks.
type nfa struct {
	states []state
	start  int
	accept int
	large  bool // it was given up
}

type state struct {
	free  []int // states that are reached by reading nothing
	edges []edge
}

// edge reads one byte of the set, or a line break.
type edge struct {
	set byteset.Set
	brk bool
	to  int
}

// add makes a state. Where there would be too many, it gives up: the states
// that come then are all the first one.
func (n *nfa) add() int {
	if n.large = n.large || len(n.states) >= maxStates; n.large {
		return 0
	}
	n.states = append(n.states, state{})
	return len(n.states) - 1
}

func (n *nfa) skip(from, to int) {
	n.states[from].free = append(n.states[from].free, to)
}

func (n *nfa) read(from int, set byteset.Set, to int) {
	n.states[from].edges = append(n.states[from].edges, edge{set: set, to: to})
}

func (n *nfa) line(from, to int) {
	n.states[from].edges = append(n.states[from].edges, edge{brk: true, to: to})
}

// lit reads text.
func (n *nfa) lit(from int, text string) int {
	for i := range len(text) {
		if n.large {
			break
		}
		to := n.add()
		n.read(from, byteset.Of(text[i:i+1]), to)
		from = to
	}
	return from
}

// one reads a byte of the set.
func (n *nfa) one(from int, set byteset.Set) int {
	to := n.add()
	n.read(from, set, to)
	return to
}

// maybe skips part, too.
func (n *nfa) maybe(from int, part func(from int) int) int {
	end := part(from)
	to := n.add()
	n.skip(from, to)
	n.skip(end, to)
	return to
}

// star repeats part any number of times.
func (n *nfa) star(from int, part func(from int) int) int {
	loop := n.add()
	n.skip(from, loop)
	n.skip(part(loop), loop)
	to := n.add()
	n.skip(loop, to)
	return to
}

// times repeats part low to high times.
func (n *nfa) times(from, low, high int, part func(from int) int) int {
	for range low {
		from = part(from)
	}
	end := n.add()
	n.skip(from, end)
	for range high - low {
		from = part(from)
		n.skip(from, end)
	}
	return end
}

// any reads one of several parts.
func (n *nfa) any(from int, parts ...func(from int) int) int {
	to := n.add()
	for _, part := range parts {
		n.skip(part(from), to)
	}
	return to
}
