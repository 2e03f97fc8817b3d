// Package contest lets clients of one protocol do the same work, in turn, each
// time in a process of its own, and says how they compare.
//
// A [Suite] is what is compared. [Suite.Run] does it, [Suite.Results] says what
// came of it, [Results.Print] prints that as tables; a [Report] keeps it as JSON.
package contest

import (
	"slices"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// Suite is what is compared for one protocol.
type Suite struct {
	Name    string
	Title   string
	Servers []Command // started afresh for each row
	// Prepare makes, once, what clients need in a folder, which they find as the
	// last address.
	Prepare func(folder string) error
	// AtOnce is how many trials run at a time: more than one only where they wait
	// and hardly compute. 0: one.
	AtOnce int
	Rows   []Row
	Curves []Curve
}

// Command is a server's command line; server.Start says what may stand in it.
type Command struct {
	Name string
	Args []string
}

// Row is one kind of work.
type Row struct {
	Name    string
	Pinned  bool     // clients and servers share one core
	Figures []Figure // what the table shows
	Clients []Client
	Targets []Target
}

// Client does a row's work in this process, against a server for each of the
// suite's commands. A [trial.Missing] is no failure.
type Client struct {
	Name string
	Run  func(addresses []string) (trial.Result, error)
}

// Ours is the name of the client under test in each row.
const Ours = "linewright"

// Target is what a client of ours is to reach: a multiple of what another client of the same
// run does or, where Against is empty, a plain figure.
type Target struct {
	Client  string // another one of ours; empty: Ours
	Figure  Figure
	Against string
	Bound   Bound
	Value   float64
	Always  bool // in each round, not in the middle of them
}

// Bound says on which side of a target's value is well.
type Bound int

// The bounds.
const (
	AtLeast Bound = iota
	AtMost
)

func (b Bound) String() string {
	if b == AtMost {
		return "≤"
	}
	return "≥"
}

// MarshalText is for JSON.
func (b Bound) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (b *Bound) UnmarshalText(text []byte) error {
	if *b = AtLeast; string(text) == AtMost.String() {
		*b = AtMost
	}
	return nil
}

// Of finds a client's work.
func Of(suites []Suite, suite, row, client string) (Client, bool) {
	for _, s := range suites {
		for _, r := range s.Rows {
			i := slices.IndexFunc(r.Clients, func(c Client) bool { return c.Name == client })
			if s.Name == suite && r.Name == row && i >= 0 {
				return r.Clients[i], true
			}
		}
	}
	return Client{}, false
}
