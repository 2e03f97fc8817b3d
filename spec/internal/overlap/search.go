package overlap

import (
	"math/rand/v2"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// maxVisited bounds one search, in pairs of states.
const maxVisited = 100_000

// Budget bounds all searches of one protocol together, in pairs of states.
type Budget int

// Spent reports whether nothing is left, so that searches find nothing.
func (b *Budget) Spent() bool { return *b <= 0 }

// Shape is a message's template, ready to be compared.
type Shape struct{ nfa *nfa }

// New makes a shape, which the budget pays for. ends are the line ends of the
// protocol.
func (b *Budget) New(t *model.Template, ends []string) *Shape {
	s := &Shape{build(t, ends)}
	states := len(s.nfa.states)
	if s.nfa.large {
		states = maxStates // they were made, and given up
	}
	*b -= Budget(states * stateCost)
	return s
}

// stateCost is what it costs to make a state and keep it, in pairs of states.
const stateCost = 4

// Verdict is how a search ended.
type Verdict int

const (
	Apart   Verdict = iota // no frame is both
	Found                  // here is one
	Unknown                // it was given up: the shapes are too large, or the budget is spent
)

// Frame is what a search has spelt: the frame's lines.
type Frame struct{ Lines []string }

// preferred are the bytes to spell with where there is a choice. Zeros first:
// they agree with counted bytes, of which there are none in a short frame.
var preferred = []string{"0A", "1a", "25x", "-9 "}

// Spellings is how many ways of spelling there are: the preferred ones, then
// random ones, the same each time.
const Spellings = 16

// speller chooses between frames.
type speller struct {
	prefer string
	random *rand.Rand // nil: takes what comes first
}

func spelling(n int) *speller {
	if n < len(preferred) {
		return &speller{prefer: preferred[n]}
	}
	return &speller{random: rand.New(rand.NewPCG(uint64(n), 0))}
}

// pick chooses a byte of the set.
func (s *speller) pick(set byteset.Set) byte {
	if s.random == nil {
		return set.Pick(s.prefer)
	}
	const common = "0123456789 -.,;:aAbBxXonONeE"
	start := s.random.IntN(len(common))
	return set.Pick(common[start:] + common[:start])
}

// order gives the order in which to look at n edges.
func (s *speller) order(n int) []int {
	if s.random != nil {
		return s.random.Perm(n)
	}
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// Shared looks for a frame that is both x and y, among the shortest.
func (b *Budget) Shared(x, y *Shape, n int) (Frame, Verdict) {
	return b.search(x.nfa, y.nfa, spelling(n), func(i, j int) bool {
		return i == x.nfa.accept && j == y.nfa.accept
	})
}

// Beginning looks for a frame that is x, and after which y goes on with another
// line.
func (b *Budget) Beginning(x, y *Shape, n int) (Frame, Verdict) {
	return b.search(x.nfa, y.nfa, spelling(n), func(i, j int) bool {
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

// Item is the shape of an item of a list of lines.
func (b *Budget) Item(t *model.Type, ends []string) *Shape {
	return b.New(&model.Template{Ops: []*model.Op{{Kind: model.OpField, Field: &model.Field{Type: t}}}}, ends)
}

// Ends looks for an item whose first line is the one that ends its list.
func (b *Budget) Ends(item *Shape, end *model.Line, ends []string) (Frame, Verdict) {
	line := &model.Template{Ops: []*model.Op{{Kind: model.OpLit, Lit: end.Text}}}
	if !end.Whole {
		text := &model.Field{Type: &model.Type{Kind: model.Text}}
		line.Ops = append(line.Ops, &model.Op{Kind: model.OpField, Field: text})
	}
	return b.Begins(item, b.New(line, ends), 0)
}

// Resembles looks for a line that ends a list, x, with which its items go on.
func (b *Budget) Resembles(x *Shape, items *model.Line, ends []string) (Frame, Verdict) {
	head := &model.Template{}
	for range items.Skip {
		head.Ops = append(head.Ops, &model.Op{Kind: model.OpField, Field: &model.Field{Type: &model.Type{Kind: model.Text, Width: 1}}})
	}
	head.Ops = append(head.Ops, &model.Op{Kind: model.OpLit, Lit: items.Text})
	y := b.New(head, ends)
	return b.search(x.nfa, y.nfa, spelling(0), func(_, j int) bool { return j == y.nfa.accept })
}

// Begins looks for an item whose first line is the frame y, of one line.
func (b *Budget) Begins(item, y *Shape, n int) (Frame, Verdict) {
	return b.search(item.nfa, y.nfa, spelling(n), func(i, j int) bool {
		if j != y.nfa.accept {
			return false
		}
		for _, e := range item.nfa.states[i].edges {
			if e.brk {
				return true
			}
		}
		return i == item.nfa.accept
	})
}

// Opens looks for a frame of x that begins with text.
func (b *Budget) Opens(x *Shape, text string, ends []string) (Frame, Verdict) {
	y := b.New(&model.Template{Ops: []*model.Op{{Kind: model.OpLit, Lit: text}}}, ends)
	return b.search(x.nfa, y.nfa, spelling(0), func(_, j int) bool { return j == y.nfa.accept })
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

// cost is how long reading a byte takes: to take it as the same each time finds
// the shortest frame, random costs find others.
func (s *speller) cost() int {
	if s.random == nil {
		return 1
	}
	return 1 + s.random.IntN(maxCost)
}

const maxCost = 6

// search walks through both automata together, what is reached sooner first.
func (left *Budget) search(a, b *nfa, s *speller, goal func(x, y int) bool) (Frame, Verdict) {
	if a.large || b.large {
		return Frame{}, Unknown
	}
	verdict := Apart
	seen := map[[2]int]bool{}
	var pairs []pair
	var queues [maxCost + 1][]int // indexes of pairs, by the time when it is their turn
	now := 0
	push := func(after int, p pair) {
		key := [2]int{p.a, p.b}
		switch {
		case seen[key]:
		case len(pairs) >= maxVisited || left.Spent():
			verdict = Unknown
		default:
			*left--
			seen[key] = true
			queue := &queues[(now+after)%len(queues)]
			pairs = append(pairs, p)
			*queue = append(*queue, len(pairs)-1)
		}
	}
	push(0, pair{a.start, b.start, -1, nothing})
	for idle := 0; idle < len(queues); idle++ {
		for len(queues[now]) > 0 {
			idle = 0
			at := queues[now][0]
			queues[now] = queues[now][1:]
			p := pairs[at]
			if goal(p.a, p.b) {
				return spell(pairs, at), Found
			}
			for _, to := range a.states[p.a].free {
				push(0, pair{to, p.b, at, nothing})
			}
			for _, to := range b.states[p.b].free {
				push(0, pair{p.a, to, at, nothing})
			}
			for _, i := range s.order(len(a.states[p.a].edges)) {
				x := a.states[p.a].edges[i]
				for _, y := range b.states[p.b].edges {
					if step, ok := s.together(x, y); ok {
						push(s.cost(), pair{x.to, y.to, at, step})
					}
				}
			}
		}
		now = (now + 1) % len(queues)
	}
	return Frame{}, verdict
}

// together is what both edges read.
func (s *speller) together(x, y edge) (step int, ok bool) {
	if x.brk || y.brk {
		return lineBreak, x.brk && y.brk
	}
	both := x.set.And(y.set)
	if both.Empty() {
		return 0, false
	}
	return int(s.pick(both)), true
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
