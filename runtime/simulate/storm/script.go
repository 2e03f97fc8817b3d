package storm

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// Script is a storm before it blows. Its seed decides what is not in the acts:
// the variant of the plan, the buffers, the network's and the readers' whims.
type Script struct {
	Seed uint64
	Acts []Act
}

// clients are how many there are at once.
const clients = 2

// secured: the clients of a third of the seeds speak TLS, whatever else goes by
// the seed's remainders.
func secured(seed uint64, load *Workload) bool { return load.TLS && (seed+seed/3)%3 == 1 }

// Make makes the script of a seed: trouble that is mostly mended after a while,
// lulls in which all of it is, and callers who ask throughout.
func Make(seed uint64, load *Workload) Script {
	name := fnv.New64a()
	_, _ = name.Write([]byte(load.Name))
	r := rand.New(rand.NewPCG(seed, name.Sum64()))
	s := Script{Seed: seed}
	now := time.Duration(0)
	for range 20 + r.IntN(25) {
		now += between(r, 0, 8*time.Second)
		if r.IntN(6) == 0 {
			now = s.lull(r, load, now)
		}
		s.trouble(r, load, now)
		s.asks(r, now)
	}
	slices.SortStableFunc(s.Acts, func(a, b Act) int { return cmp.Compare(a.At, b.At) })
	return s
}

// lull mends everything, and gives the clients time to come back.
func (s *Script) lull(r *rand.Rand, load *Workload, now time.Duration) time.Duration {
	for _, kind := range []string{"restore", "lossless", "quick", "honest", "offer-tls", "heal"} {
		if !s.spares(kind, load) {
			s.Acts = append(s.Acts, Act{At: now, Kind: kind})
		}
	}
	for address := range maxAddresses {
		s.Acts = append(s.Acts, Act{At: now, Kind: "accept", N: address + 1})
	}
	for range 3 {
		now += between(r, 0, 8*time.Second)
		s.asks(r, now)
	}
	return now
}

// trouble is one act, and what mends it.
func (s *Script) trouble(r *rand.Rand, load *Workload, now time.Duration) {
	act := Act{At: now, Kind: s.pick(r, load), Who: r.IntN(clients)}
	kind := kinds[act.Kind]
	kind.fill(r, &act)
	s.Acts = append(s.Acts, act)
	if kind.mend == "" || r.IntN(8) == 0 {
		return
	}
	after := between(r, 0, 12*time.Second)
	switch r.IntN(4) {
	case 0:
		after = between(r, 0, 200*time.Millisecond)
	case 1:
		after = between(r, 10*time.Second, 40*time.Second)
	}
	s.Acts = append(s.Acts, Act{At: now + after, Kind: kind.mend, N: act.N * kind.undoes})
}

// asks is what callers of each client ask at a time.
func (s *Script) asks(r *rand.Rand, now time.Duration) {
	for who := range clients {
		if n := r.IntN(4); n > 0 {
			s.Acts = append(s.Acts, Act{At: now, Kind: "ask", Who: who, N: n, Seed: r.Uint64N(1e9) + 1})
		}
	}
}

// pick draws a kind that the workload can be judged under.
func (s *Script) pick(r *rand.Rand, load *Workload) string {
	for {
		if name := draw(r); !s.spares(name, load) {
			return name
		}
	}
}

// draw draws a kind by its weight.
func draw(r *rand.Rand) string {
	n := r.IntN(weights)
	i := slices.IndexFunc(names, func(name string) bool {
		n -= kinds[name].weight
		return n < 0
	})
	return names[i]
}

// spares: the workload cannot be judged under the kind, or knows nothing of it.
func (s *Script) spares(name string, load *Workload) bool {
	kind := kinds[name]
	return kind.loses && load.Exact || kind.tls && !secured(s.Seed, load) || name == "refuse-login" && load.Denied == "" ||
		name == "hide-tls" && load.Offer == nil || name == "twice" && !load.Twice || name == "emit" && load.Event == nil
}

func between(r *rand.Rand, from, to time.Duration) time.Duration {
	return from + time.Duration(r.Int64N(int64(to-from))).Round(time.Microsecond)
}

// String is the acts, one a line.
func (s Script) String() string {
	lines := make([]string, len(s.Acts))
	for i, a := range s.Acts {
		lines[i] = a.String()
	}
	return strings.Join(lines, "\n")
}

// ParseScript reads acts that are separated by line ends or semicolons.
func ParseScript(seed uint64, text string) (Script, error) {
	s := Script{Seed: seed}
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' }) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		a, err := ParseAct(line)
		if err != nil {
			return s, err
		}
		s.Acts = append(s.Acts, a)
	}
	if !inOrder(s.Acts) {
		return s, fmt.Errorf("the acts are not in the order of their times")
	}
	return s, nil
}

func inOrder(acts []Act) bool {
	return slices.IsSortedFunc(acts, func(a, b Act) int { return cmp.Compare(a.At, b.At) })
}
