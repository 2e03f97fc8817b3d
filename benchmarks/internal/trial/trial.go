// Package trial measures one client of one protocol in the process it runs in:
// what it does in a time, and what that costs.
package trial

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Op is one operation, such as a command and its reply.
type Op func(ctx context.Context) error

// Load is what is asked of a client.
type Load struct {
	Callers int // goroutines that call one after the other, each without a pause
	WarmUp  time.Duration
	Time    time.Duration
	// Batch is how many operations one call of Op stands for; 1 where it is 0.
	Batch int
}

// Result is what a trial measured.
type Result struct {
	Rate     float64 `json:"rate"`               // operations a second
	CPU      float64 `json:"cpu"`                // µs of this process, user and system, an operation
	Allocs   float64 `json:"allocs"`             // allocations an operation
	Bytes    float64 `json:"bytes"`              // bytes allocated an operation
	P50      float64 `json:"p50,omitempty"`      // µs an operation
	P99      float64 `json:"p99,omitempty"`      // µs
	P999     float64 `json:"p999,omitempty"`     // µs
	Resident float64 `json:"resident,omitempty"` // bytes of memory, as the kernel counts them
	Lateness float64 `json:"lateness,omitempty"` // µs, the 99th percentile
	PerUnit  float64 `json:"per_unit,omitempty"` // of what the row counts: ns a line, ms a document
	// More is what only some suites measure, by name.
	More  map[string]float64 `json:"more,omitempty"`
	Unmet string             `json:"unmet,omitempty"` // why there is nothing else
}

// counter is one caller's, on cache lines of its own.
type counter struct {
	done atomic.Int64
	_    [120]byte
}

// sampleEvery is how many operations a caller does for each whose time it takes:
// reading the clock costs a good part of a quick one.
const sampleEvery = 16

// patience is how long calls may go on after the load.
const patience = 10 * time.Second

var errHangs = fmt.Errorf("calls had not ended %v after the load", patience)

// Run puts the load on ops, one for each caller. The first error ends it.
func Run(load Load, op func(caller int) Op) (Result, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := &run{
		load: load, counts: make([]counter, load.Callers), took: make([]histogram, load.Callers),
		failed: make(chan struct{}),
	}
	for i := range load.Callers {
		r.callers.Go(func() { r.call(ctx, op(i), i) })
	}
	r.pause(load.WarmUp)
	r.measuring.Store(true)
	before := take(r.done())
	r.pause(load.Time)
	after := take(r.done())
	r.ending.Store(true)
	if !waited(&r.callers, patience) {
		cancel()
		r.fail(errHangs)
		if !waited(&r.callers, patience) {
			return Result{}, errHangs // whoever ignores the end of a context
		}
	}
	if err := r.err.Load(); err != nil {
		return Result{}, *err
	}
	result, err := between(before, after)
	result.percentiles(r.took)
	return result, err
}

// Count measures what comes by itself: receive runs until its context ends, and
// counts what it gets.
func Count(load Load, receive func(ctx context.Context, got *atomic.Int64) error) (Result, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var got atomic.Int64
	over := make(chan error, 1)
	go func() { over <- receive(ctx, &got) }()
	select {
	case err := <-over:
		return Result{}, fmt.Errorf("it ended before its time: %w", err)
	case <-time.After(load.WarmUp):
	}
	before := take(got.Load())
	time.Sleep(load.Time)
	after := take(got.Load())
	cancel()
	if err := <-over; err != nil && !errors.Is(err, context.Canceled) {
		return Result{}, err
	}
	return between(before, after)
}

func waited(g *sync.WaitGroup, patience time.Duration) bool {
	over := make(chan struct{})
	go func() { g.Wait(); close(over) }()
	select {
	case <-over:
		return true
	case <-time.After(patience):
		return false
	}
}

type run struct {
	load      Load
	callers   sync.WaitGroup
	counts    []counter
	took      []histogram
	measuring atomic.Bool
	ending    atomic.Bool
	failed    chan struct{}
	err       atomic.Pointer[error]
}

// pause lets the load go on, or ends with the first error.
func (r *run) pause(d time.Duration) {
	select {
	case <-r.failed:
	case <-time.After(d):
	}
}

func (r *run) call(ctx context.Context, op Op, i int) {
	batch := int64(max(1, r.load.Batch))
	for n := 0; !r.ending.Load(); n++ {
		sampled := n%sampleEvery == 0 && r.measuring.Load()
		var from time.Time
		if sampled {
			from = time.Now()
		}
		if err := op(ctx); err != nil {
			r.fail(err)
			return
		}
		if sampled {
			r.took[i].add(time.Since(from))
		}
		r.counts[i].done.Add(batch)
	}
}

func (r *run) fail(err error) {
	if r.err.CompareAndSwap(nil, &err) {
		close(r.failed)
	}
	r.ending.Store(true)
}

func (r *run) done() (sum int64) {
	for i := range r.counts {
		sum += r.counts[i].done.Load()
	}
	return sum
}

// state is all counters at one moment.
type state struct {
	at     time.Time
	done   int64
	cpu    time.Duration
	memory runtime.MemStats
}

func take(done int64) state {
	s := state{at: time.Now(), done: done, cpu: CPU()}
	runtime.ReadMemStats(&s.memory)
	return s
}

var errIdle = errors.New("nothing was done")

func between(before, after state) (Result, error) {
	if after.done == before.done {
		return Result{}, errIdle
	}
	n := float64(after.done - before.done)
	return Result{
		Rate:   n / after.at.Sub(before.at).Seconds(),
		CPU:    float64(after.cpu-before.cpu) / n / 1e3,
		Allocs: float64(after.memory.Mallocs-before.memory.Mallocs) / n,
		Bytes:  float64(after.memory.TotalAlloc-before.memory.TotalAlloc) / n,
	}, nil
}

// Loop repeats work of n operations in this goroutine for a time, and does not
// count the first pass, unless that alone takes longer.
func Loop(during time.Duration, n int64, work func() error) (Result, error) {
	before := take(0)
	if err := work(); err != nil {
		return Result{}, err
	}
	if time.Since(before.at) >= during {
		return between(before, take(n))
	}
	before = take(0)
	for done := n; ; done += n {
		if err := work(); err != nil {
			return Result{}, err
		}
		if time.Since(before.at) >= during {
			return between(before, take(done))
		}
	}
}
