package overlap

import "github.com/linewright/linewright/spec/model"

// maxVisited bounds one search, in pairs of states.
const maxVisited = 100_000

// Budget bounds all searches of one protocol together, in pairs of states.
type Budget int

// Spent reports whether nothing is left, so that searches find nothing.
func (b *Budget) Spent() bool { return *b <= 0 }

// Shape is a message's template, ready to be compared.
type Shape struct{ nfa *nfa }

// New makes a shape. ends are the line ends of the protocol.
func New(t *model.Template, ends []string) *Shape { return &Shape{build(t, ends)} }

// Frame is what a search has spelt: the frame's lines.
type Frame struct{ Lines []string }

// spellings are which bytes to prefer where there is a choice. Zeros first:
// they agree with counted bytes, of which there are none in a short frame.
var spellings = []string{"0A", "1a", "25x", "-9 "}

// Spellings is how many ways of spelling there are.
func Spellings() int { return len(spellings) }

// Shared looks for a frame that is both x and y, among the shortest.
func (b *Budget) Shared(x, y *Shape, spelling int) (Frame, bool) {
	return b.search(x.nfa, y.nfa, spelling, func(i, j int) bool {
		return i == x.nfa.accept && j == y.nfa.accept
	})
}

// Beginning looks for a frame that is x, and after which y goes on with another
// line.
func (b *Budget) Beginning(x, y *Shape, spelling int) (Frame, bool) {
	return b.search(x.nfa, y.nfa, spelling, func(i, j int) bool {
		if i != x.nfa.accept {
			return false
		}
		for _, e := range y.nfa.states[j].edges {
			if e.brk {
				return true
			}
		}
		return false
	})
}

// pair is a state of each automaton, and how it was reached.
type pair struct {
	a, b   int
	before int // index of the pair before; -1: none
	step   int // a byte, lineBreak or nothing
}

const (
	nothing   = -1
	lineBreak = 256
)

// search walks through both automata together, breadth first, what reads
// nothing before what reads a byte.
func (left *Budget) search(a, b *nfa, spelling int, goal func(x, y int) bool) (Frame, bool) {
	if a == nil || b == nil {
		return Frame{}, false
	}
	seen := map[[2]int]bool{}
	var pairs []pair
	var now, later []int // indexes of pairs: of this length, and one longer
	push := func(queue *[]int, p pair) {
		if key := [2]int{p.a, p.b}; !seen[key] && len(pairs) < maxVisited && *left > 0 {
			*left--
			seen[key] = true
			pairs = append(pairs, p)
			*queue = append(*queue, len(pairs)-1)
		}
	}
	push(&now, pair{a.start, b.start, -1, nothing})
	for len(now) > 0 {
		for i := 0; i < len(now); i++ {
			at := now[i]
			p := pairs[at]
			if goal(p.a, p.b) {
				return spell(pairs, at), true
			}
			for _, to := range a.states[p.a].free {
				push(&now, pair{to, p.b, at, nothing})
			}
			for _, to := range b.states[p.b].free {
				push(&now, pair{p.a, to, at, nothing})
			}
			for _, x := range a.states[p.a].edges {
				for _, y := range b.states[p.b].edges {
					if step, ok := together(x, y, spellings[spelling]); ok {
						push(&later, pair{x.to, y.to, at, step})
					}
				}
			}
		}
		now, later = later, now[:0]
	}
	return Frame{}, false
}

// together is what both edges read.
func together(x, y edge, spelling string) (step int, ok bool) {
	if x.brk || y.brk {
		return lineBreak, x.brk && y.brk
	}
	both := x.set.And(y.set)
	if both.Empty() {
		return 0, false
	}
	return int(both.Pick(spelling)), true
}

// spell follows the pairs back to the beginning.
func spell(pairs []pair, at int) Frame {
	var steps []int
	for ; at >= 0; at = pairs[at].before {
		if pairs[at].step != nothing {
			steps = append(steps, pairs[at].step)
		}
	}
	f := Frame{Lines: []string{""}}
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i] == lineBreak {
			f.Lines = append(f.Lines, "")
			continue
		}
		f.Lines[len(f.Lines)-1] += string([]byte{byte(steps[i])})
	}
	return f
}
