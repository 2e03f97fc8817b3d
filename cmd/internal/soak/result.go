package main

import (
	"errors"
	"io"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
)

// result is all that a run has found.
type result struct {
	settings
	book          *ledger.Book
	late          *latenesses
	lasted        time.Duration // how long the storm was
	samples       []sample
	trends        []trend
	before, after resources
	faults        []uint64
	again         map[string]time.Duration // vendor → until all were READY after the faults
	events        ledger.Events
	sums          runtime.Stats
	stacks        string // of all goroutines, where some did not end
}

// most is how many goroutines there were at once, when somebody looked.
func (r *result) most() (n int) {
	for _, s := range r.samples {
		n = max(n, s.goroutines)
	}
	return n
}

var errBroken = errors.New("a rule was broken")

// finish writes the summary and the picture.
func (r *result) finish(out, picture io.Writer) error {
	r.summary(out)
	if _, err := picture.Write(r.picture()); err != nil {
		return err
	}
	if !r.book.Clean() {
		return errBroken
	}
	return nil
}
