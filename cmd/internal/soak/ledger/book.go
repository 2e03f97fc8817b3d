package ledger

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Book is where accounts and streams write what they find. Its zero value is
// ready for use.
type Book struct {
	tally    [rules]struct{ checked, broken atomic.Uint64 }
	ends     [natures][outcomes]atomic.Uint64
	strange  [natures]atomic.Uint64 // executed without an answer, or twice
	doubtful atomic.Uint64

	mu    sync.Mutex
	first []string
}

// keep bounds the violations of a rule that are kept in words.
const keep = 5

// Check counts a check, and a violation where it is not ok; say tells it.
func (b *Book) Check(rule Rule, ok bool, say func() string) {
	b.tally[rule].checked.Add(1)
	if ok {
		return
	}
	if b.tally[rule].broken.Add(1) > keep {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.first = append(b.first, fmt.Sprintf("%s: %s", rule, say()))
}

// Checked is how often a rule was checked.
func (b *Book) Checked(rule Rule) uint64 { return b.tally[rule].checked.Load() }

// Broken is how often a rule was broken.
func (b *Book) Broken(rule Rule) uint64 { return b.tally[rule].broken.Load() }

// Violations are the first five of each rule, in words.
func (b *Book) Violations() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.first...)
}

// Clean reports whether no rule was broken.
func (b *Book) Clean() bool {
	for _, r := range Rules() {
		if b.Broken(r) > 0 {
			return false
		}
	}
	return true
}

// Ended is how many commands of a nature ended so.
func (b *Book) Ended(n Nature, o Outcome) uint64 { return b.ends[n][o].Load() }

// Commands is how many commands ended.
func (b *Book) Commands() uint64 {
	var sum uint64
	for n := range natures {
		for o := range outcomes {
			sum += b.Ended(n, o)
		}
	}
	return sum
}

// Doubtful is how many commands ended whose reply could be another's.
func (b *Book) Doubtful() uint64 { return b.doubtful.Load() }

// Strange is how many commands of a nature were executed although nobody got
// their answer, or twice, all as the rules allow: the proof that the faults
// have hit where it matters.
func (b *Book) Strange(n Nature) uint64 { return b.strange[n].Load() }
