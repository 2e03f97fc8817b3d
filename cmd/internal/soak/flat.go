package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// quantity is something that must not grow.
type quantity struct {
	name string
	of   func(resources) float64
	unit string
	div  float64
}

var quantities = []quantity{
	{"heap in use", func(r resources) float64 { return float64(r.heapInUse) }, "MiB", 1 << 20},
	{"heap, live", func(r resources) float64 { return float64(r.heapLive) }, "MiB", 1 << 20},
	{"resident memory", func(r resources) float64 { return float64(r.resident) }, "MiB", 1 << 20},
	{"goroutines", func(r resources) float64 { return float64(r.goroutines) }, "", 1},
	{"descriptors", func(r resources) float64 { return float64(r.descriptors) }, "", 1},
}

// show is a value in its unit.
func (q quantity) show(v float64) string {
	if q.unit == "" {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.1f %s", v/q.div, q.unit)
}

// growth is how much may be more in the last quarter than in the second, and
// noise what may be besides, in the quantity's unit: a small fleet has few of
// anything.
const (
	growth = 0.10
	noise  = 2
)

// trend is a quantity's two medians.
type trend struct {
	quantity
	second, last float64
}

func (t trend) growth() float64 {
	if t.second == 0 {
		return 0
	}
	return t.last/t.second - 1
}

// trends compares the second quarter with the last one. The first is left out,
// because the ledger and the heap are still filling.
func trends(samples []sample) []trend {
	n := len(samples) / 4
	if n == 0 {
		return nil
	}
	list := make([]trend, len(quantities))
	for i, q := range quantities {
		list[i] = trend{q, median(samples[n:2*n], q.of), median(samples[len(samples)-n:], q.of)}
	}
	return list
}

func median(samples []sample, of func(resources) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = of(s.resources)
	}
	slices.Sort(values)
	return (values[len(values)/2] + values[(len(values)-1)/2]) / 2
}

// judged reports whether a run is long enough to judge its trends: the ledger
// is full when the second quarter begins.
func judged(duration time.Duration) bool { return duration >= 4*ledger.Watch }

// judgeTrends checks that nothing grows.
func judgeTrends(book *ledger.Book, list []trend) {
	for _, t := range list {
		book.Check(ledger.Flat, t.last <= t.second*(1+growth)+noise*t.div, func() string {
			return fmt.Sprintf("%s grew by %.1f %%: median %s in the second quarter, %s in the last",
				t.name, t.growth()*100, t.show(t.second), t.show(t.last))
		})
	}
}

// What the heap may hold more at the end than at the start, in bytes: the
// samples, and the Go runtime's own record of each goroutine that ever ran beside
// others, which it keeps for the next one.
const (
	spare     = 2 << 20
	goroutine = 640
)

// perClient is about how many goroutines a client needs, with its callers, its
// watchers and its connection's other end.
const perClient = 13

// warm makes the Go runtime keep n such records, so that they are there at the
// start already.
func warm(n int) {
	var all sync.WaitGroup
	enough := make(chan struct{})
	for range n {
		all.Go(func() { <-enough })
	}
	close(enough)
	all.Wait()
}

// judgeEnd checks that all is back; more is how many goroutines there were at
// once beyond those of warm.
func judgeEnd(book *ledger.Book, before, after resources, more int) {
	check := func(what string, ok bool, before, after any) {
		book.Check(ledger.NothingLeft, ok, func() string { return fmt.Sprintf("%s: %v before, %v after", what, before, after) })
	}
	check("goroutines", after.goroutines <= before.goroutines, before.goroutines, after.goroutines)
	check("descriptors", after.descriptors <= before.descriptors, before.descriptors, after.descriptors)
	kept := spare + uint64(max(0, more))*goroutine
	check("live heap, bytes", after.heapLive <= before.heapLive+kept, before.heapLive, after.heapLive)
}
