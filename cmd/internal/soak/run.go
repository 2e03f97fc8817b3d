package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// run is a whole run: a storm of so long, then calm, then the end. Progress
// goes to log. An error says that the run itself was not possible; what broke
// a rule is in the result.
func run(ctx context.Context, s settings, log io.Writer) (*result, error) {
	warm(perClient * s.clients)
	r := &result{settings: s, book: new(ledger.Book), late: new(latenesses), again: map[string]time.Duration{}}
	r.before = measure(true)
	if err := r.play(ctx, log); err != nil {
		return nil, err
	}
	r.trends = trends(r.samples)
	if judged(r.lasted) {
		judgeTrends(r.book, r.trends)
	}
	r.after = settle(r.before)
	judgeEnd(r.book, r.before, r.after, r.most()-perClient*s.clients)
	return r, nil
}

// play runs the fleet; nothing of it outlives this function.
func (r *result) play(ctx context.Context, log io.Writer) error {
	say := func(format string, args ...any) { fmt.Fprintf(log, "soak: "+format+"\n", args...) }
	f, err := r.begin(ctx)
	if err != nil {
		f.abandon()
		return err
	}
	running, stop := context.WithCancel(context.Background())
	defer stop()
	go f.control.run(running)
	f.call()
	say("%d clients of %d devices are READY; a storm of %v, seed %d", len(f.members), len(f.stands), r.duration, r.seed)
	calm := r.storm(ctx, f)
	if err := profile(r.heap); err != nil {
		say("%v", err)
	}
	say("the faults have ended")
	r.heal(f)
	say("nothing is wrong; every command must succeed")
	f.strict(true)
	r.steady(f, f.moment(10*time.Second))
	f.strict(false)
	calm()
	f.gather()
	say("closing")
	r.end(f)
	return nil
}

// begin makes a fleet and waits until all its clients are READY.
func (r *result) begin(ctx context.Context) (*fleet, error) {
	f, err := newFleet(r.settings, r.book, r.late)
	if err != nil {
		return f, err
	}
	if r.tamper != nil {
		r.tamper(f)
	}
	f.run()
	f.until(time.Minute, func() bool { return ctx.Err() != nil || f.ready() == len(f.members) })
	switch ready := f.ready(); {
	case ctx.Err() != nil:
		return f, errors.New("interrupted before anything went wrong")
	case ready < len(f.members):
		return f, fmt.Errorf("only %d of %d clients became READY: try fewer (-clients), or more descriptors (ulimit -n)",
			ready, len(f.members))
	}
	return f, nil
}

// until polls; false: what it waits for did not come in time.
func (f *fleet) until(bound time.Duration, done func() bool) bool {
	for start := time.Now(); !done(); {
		if time.Since(start) > bound {
			return false
		}
		<-time.After(20 * time.Millisecond)
	}
	return true
}
