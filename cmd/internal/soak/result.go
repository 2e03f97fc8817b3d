package main

import (
	"errors"
	"io"
	"os"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
)

// result is all that a run has found.
type result struct {
	settings
	book          *ledger.Book
	lasted        time.Duration // how long the storm was
	samples       []sample
	trends        []trend
	before, after resources
	faults        []uint64
	again         map[string]time.Duration // vendor → until all were READY after the faults
	close         time.Duration            // the slowest
	control       time.Duration            // how late a bare timer was at worst
	events        ledger.Events
	sums          runtime.Stats
	unexplained   []string // stacks that should not be there
}

// most is how many goroutines there were at once, when somebody looked.
func (r *result) most() (n int) {
	for _, s := range r.samples {
		n = max(n, s.goroutines)
	}
	return n
}

var errBroken = errors.New("a rule was broken")

// finish writes the picture and the summary.
func (r *result) finish(out io.Writer, picture string) error {
	if picture != "" {
		if err := os.WriteFile(picture, r.picture(), 0o644); err != nil {
			return err
		}
	}
	r.summary(out)
	if !r.book.Clean() {
		return errBroken
	}
	return nil
}
