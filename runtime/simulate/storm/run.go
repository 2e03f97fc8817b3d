package storm

import (
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
	"github.com/linewright/linewright/runtime/simulate/check"
)

const (
	recovery   = 2 * time.Minute  // from the end of all trouble until every client is READY
	farewell   = 30 * time.Second // for those that are shut down in good order
	afterwards = time.Minute      // in which nothing happens any more
	maxWaiting = 256
)

// panicked is the rule that a run breaks which panics.
const panicked = "panic"

// Result is what a storm left behind.
type Result struct {
	Script     Script
	Violations []check.Violation
	Hash       uint64
	Simulated  time.Duration
	Faults     int
	Calls      int
	Answered   int    // of them, or written where nothing answers
	Story      string // where it was asked for
}

// Options change how a storm is run.
type Options struct {
	Story bool // keep what happened as text
	// Patience is how long, in real time, Report makes one failure shorter; 0:
	// it does not.
	Patience time.Duration
	// Judge replaces check.History, to judge by other rules.
	Judge func(*check.Run) []check.Violation
}

// storm is a script that is being played.
type storm struct {
	w         *simulate.World
	load      *Workload
	plan      *session.Plan
	fake      *Fake
	slots     [clients]*actor
	actors    []*actor // all there ever were, in the order of the world's clients
	seed      uint64
	number    int
	addresses int
	faults    int
	calm      time.Duration
	last      time.Duration
	over      bool
}

// actor is one client and those who use it.
type actor struct {
	c      *simulate.Client
	h      Handle
	asked  map[*simulate.Call]Op
	told   map[*simulate.Call]answer
	ending bool
}

// answer is what a caller was told.
type answer struct {
	got string
	err error
}

// Run plays a script in a simulated world, and judges what happened.
func Run(script Script, load *Workload, o Options) (res Result) {
	res.Script = script
	s := begin(script, load, o)
	defer func() {
		if e := recover(); e != nil {
			res.Violations = append(res.Violations, check.Violation{Rule: panicked, Text: fmt.Sprintf("%v\n%s", e, where(debug.Stack()))})
		}
		res.Hash, res.Simulated, res.Faults = s.w.Hash(), s.w.Now(), s.faults
		if o.Story {
			res.Story = s.w.Story()
		}
		s.w.Abandon()
	}()
	s.play(script)
	history := s.history()
	for _, c := range history.Clients {
		res.Calls += len(c.Calls)
		for _, k := range c.Calls {
			if k.Outcome == check.Replied || k.Outcome == check.Written || k.Outcome == check.Failed {
				res.Answered++
			}
		}
	}
	judge := o.Judge
	if judge == nil {
		judge = check.History
	}
	res.Violations = judge(history)
	return res
}

// where is the part of a stack that is this module's.
func where(stack []byte) string {
	var ours []string
	for _, line := range strings.Split(string(stack), "\n") {
		if strings.Contains(line, "linewright/") && !strings.HasPrefix(line, "\t") {
			ours = append(ours, line)
		}
	}
	return strings.Join(ours[:min(len(ours), 12)], "\n")
}

func begin(script Script, load *Workload, o Options) *storm {
	plan := load.Plan(script.Seed)
	buffer := 64 << 10
	if script.Seed%3 == 0 {
		buffer = 2000
	}
	w := simulate.New(script.Seed, plan, simulate.Options{
		Session: session.Options{
			Params: load.Params, Addresses: addresses(script), MaxWaiting: maxWaiting, TLS: secured(script.Seed, load),
		},
		Clients: clients, Split: script.Seed%4 > 0, Partial: script.Seed%5 > 0,
		Buffer: buffer, Quiet: !o.Story, Record: true, Kernel: script.Seed%7 == 0, Stale: true,
	})
	s := &storm{seed: script.Seed, w: w, load: load, plan: plan, addresses: addresses(script), fake: &Fake{Device: w.Device}}
	load.Serve(s.fake)
	for i, c := range w.Clients {
		s.slots[i] = s.actor(c)
	}
	return s
}

// maxAddresses are the most that a client has.
const maxAddresses = 2

// addresses are how many each client has.
func addresses(script Script) int { return 1 + int(script.Seed%maxAddresses) }

// failsFast: the callers of some seeds do not wait for READY.
func failsFast(seed uint64) bool { return seed%6 == 5 }

func (s *storm) actor(c *simulate.Client) *actor {
	opts := []runtime.Option{runtime.WithHost(c)}
	if failsFast(s.seed) {
		opts = append(opts, runtime.WithFailFast())
	}
	h, err := s.load.Open(s.plan, opts...)
	if err != nil {
		panic(err)
	}
	a := &actor{c: c, h: h, asked: map[*simulate.Call]Op{}, told: map[*simulate.Call]answer{}}
	s.actors = append(s.actors, a)
	return a
}
