package main

import (
	"slices"
	"strings"
)

// What a committed corpus may be: it is replayed by every go test, and people
// page through it.
const (
	maxInputs = 40
	maxBytes  = 64 << 10
	maxInput  = 8 << 10 // one that is longer shows nothing to anyone
)

// candidate is an input, and what it reaches.
type candidate struct {
	input
	reaches features
}

// choose keeps the inputs that somebody chose, and then again and again the one
// that reaches most for its size, until none reaches what is not reached yet or
// there is no more room. Where nothing adds to what the seeds reach, the one
// that reaches most by itself stands for the corpus.
func choose(candidates []candidate, seeds features) (kept []input) {
	known := map[feature]bool{}
	for f := range seeds {
		known[f] = true
	}
	size := 0
	keep := func(c candidate) {
		kept = append(kept, c.input)
		size += len(c.data)
		for f := range c.reaches {
			known[f] = true
		}
	}
	for _, c := range candidates {
		if c.chosen() {
			keep(c)
		}
	}
	for len(kept) < maxInputs {
		best := best(candidates, known, min(maxInput, maxBytes-size))
		if best < 0 {
			break
		}
		keep(candidates[best])
	}
	if len(kept) == 0 {
		if best := best(candidates, nil, maxInput); best >= 0 {
			keep(candidates[best])
		}
	}
	return kept
}

// best is the candidate that adds most to what is known, for its size; -1: none
// of at most room bytes adds anything.
func best(candidates []candidate, known map[feature]bool, room int) int {
	best, most := -1, 0.0
	for i, c := range candidates {
		if len(c.data) > room {
			continue
		}
		gain := 0
		for f := range c.reaches {
			if !known[f] {
				gain++
			}
		}
		const file = 200 // what a file costs beside its bytes
		if worth := float64(gain) / float64(file+len(c.data)); worth > most {
			best, most = i, worth
		}
	}
	return best
}

// union joins inputs, each once, in the order of their names.
func union(lists ...[]input) []input {
	byName := map[string]input{}
	for _, list := range lists {
		for _, i := range list {
			byName[i.name] = i
		}
	}
	var all []input
	for _, i := range byName {
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b input) int { return strings.Compare(a.name, b.name) })
	return all
}
