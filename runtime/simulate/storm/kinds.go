package storm

import (
	"math/rand/v2"
	"slices"
	"time"
)

// kind is how acts of a kind are made, and what they do.
type kind struct {
	weight int    // of being drawn; 0: it only follows others
	mend   string // the kind that undoes it
	undoes int    // 1: the mending act has the same N
	loses  bool   // single replies get lost
	fair   bool   // it is no fault
	tls    bool   // it is about TLS handshakes
	fill   func(r *rand.Rand, a *Act)
	// sim does it to a simulated world; live to clients of the goroutine
	// driver, nil where nothing there can be made to do so.
	sim  func(s *storm, a Act)
	live func(l *live, a Act)
}

// The kinds by name, and the names in a fixed order.
var (
	kinds   map[string]kind
	names   []string
	weights int
)

func init() { //nolint:gochecknoinits // the tables refer to code that refers to them
	kinds = map[string]kind{}
	for _, table := range []map[string]kind{networkKinds(), tlsKinds(), deviceKinds(), clientKinds()} {
		for name, k := range table {
			if k.fill == nil {
				k.fill = func(*rand.Rand, *Act) {}
			}
			kinds[name] = k
			names = append(names, name)
			weights += k.weight
		}
	}
	slices.Sort(names)
}

// Kinds are the names of all kinds of acts.
func Kinds() []string { return slices.Clone(names) }

// upTo draws N, at least 1.
func upTo(n int) func(r *rand.Rand, a *Act) {
	return func(r *rand.Rand, a *Act) { a.N = 1 + r.IntN(n) }
}

// during draws For.
func during(from, to time.Duration) func(r *rand.Rand, a *Act) {
	return func(r *rand.Rand, a *Act) { a.For = between(r, from, to) }
}

// asking draws N and Seed.
func asking(n int) func(r *rand.Rand, a *Act) {
	return func(r *rand.Rand, a *Act) { a.N, a.Seed = 1+r.IntN(n), r.Uint64N(1e9)+1 }
}
