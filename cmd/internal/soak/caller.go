package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
)

// patience is how long a caller waits that does not cancel.
const patience = 15 * time.Second

// caller is one of those who use a client at once.
type caller struct {
	*fleet
	member *member
	random *rand.Rand
}

// run gives commands until all clients are closed for good: one after a pause,
// or now and then a burst.
func (c *caller) run() {
	every := time.Duration(float64(c.callers) / c.rate * float64(time.Second))
	if c.member.idle() {
		every *= 30
	}
	for pause(c.calling, min(time.Duration(c.random.ExpFloat64()*float64(every)), 5*every)) {
		burst := 1
		if c.random.IntN(100) == 0 {
			burst = 10
		}
		for range burst {
			c.perform(c.member.now().order(c.random))
		}
	}
}

// perform gives a command, and enters into the ledger how it ends.
func (c *caller) perform(o order) {
	allowed, cancels := c.patience()
	if !c.member.account.Begin(o.key, o.nature, cancels || c.member.crowded(), c.now()) {
		return // this channel was measured a moment ago
	}
	ctx, cancel := context.WithTimeout(context.Background(), allowed)
	defer cancel()
	start := time.Now()
	err := o.do(ctx)
	took := time.Since(start)
	if ctx.Err() != nil {
		c.late.calls.note(took - allowed)
	}
	c.book.Check(ledger.InTime, took <= allowed+c.allowance(), func() string {
		return fmt.Sprintf("%v: %v returned after %v instead of %v: %v", c.member, o.key, took, allowed, err)
	})
	var wrong *crossed
	c.member.account.End(o.key, outcome(err), !errors.As(err, &wrong), err, c.now())
}

// patience is how long the caller waits at most; one of ten cancels soon, or
// before it begins.
func (c *caller) patience() (allowed time.Duration, cancels bool) {
	if c.random.IntN(10) > 0 {
		return patience, false
	}
	return time.Duration(max(0, c.random.IntN(30)-3)) * time.Millisecond, true
}

// outcome is how a command ended, by its error.
func outcome(err error) ledger.Outcome {
	var failure *runtime.Error
	switch {
	case isRefused(err):
		return ledger.Failed
	case !errors.As(err, &failure):
		return ledger.Answered
	case failure.Fate == runtime.NotSent:
		return ledger.NotSent
	}
	return ledger.Unknown
}

func isRefused(err error) bool {
	var answer *refused
	return errors.As(err, &answer)
}
