package dynamictest

import (
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
)

// sequences compares the steps of commands that are made of several, with random
// arguments.
func (c *comparison) sequences(t *testing.T, r *rand.Rand, a, b *session.Vars) {
	for i, cmd := range c.p.Model().Sequences {
		args, err := c.p.Record(cmd.Template.Fields, codectest.Values(r, cmd.Template.Fields).Map())
		if err != nil {
			continue // as a client would refuse them, such as an infinite number
		}
		a.Args = args
		if b.Args = c.g.Args[i](); b.Args != nil {
			if err := fill(b.Args, cmd.Template.Fields, args); err != nil {
				t.Fatalf("arguments %v of %s do not fit the generated struct: %v", args.Map(), cmd.Name, err)
			}
		}
		x, y := &c.p.Plan().Sequences[i], &c.g.Plan.Sequences[i]
		for n := range x.Steps {
			compareItems(t, cmd.Name, &x.Steps[n], &y.Steps[n], a, b)
		}
		if x.Undo != nil {
			compareStep(t, cmd.Name+", undone", x.Undo, y.Undo, a, b)
		}
	}
	a.Args, b.Args, a.Item, b.Item = nil, nil, 0, 0
}

// compareItems compares a step for each of its items.
func compareItems(t *testing.T, where string, x, y *session.Step, a, b *session.Vars) {
	times := 1
	if x.For != nil {
		if times = x.For(a); times != y.For(b) {
			t.Fatalf("%s: %d times, generated %d", where, times, y.For(b))
		}
	}
	for i := range times {
		a.Item, b.Item = i, i
		compareStep(t, where, x, y, a, b)
	}
}

// bare are vars without parameters and captured messages.
func (c *comparison) bare() *session.Vars {
	return &session.Vars{Params: codec.Values{}, Captured: make([][]byte, len(c.p.Plan().Messages)), Counter: new(atomic.Uint64)}
}
