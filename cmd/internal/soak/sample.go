package main

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"time"
)

// resources is what the process uses. A value that the system does not tell is 0.
type resources struct {
	heapInUse   uint64 // bytes of spans with objects
	heapLive    uint64 // bytes of objects at the last garbage collection
	resident    uint64 // bytes of memory
	goroutines  int
	descriptors int
}

// measure reads them; after a garbage collection, where that is wanted.
func measure(collect bool) resources {
	if collect {
		for range 3 { // pools give their memory back at the second
			runtime.GC()
		}
	}
	heap := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/heap/unused:bytes"},
		{Name: "/gc/heap/live:bytes"},
	}
	metrics.Read(heap)
	return resources{
		heapInUse:   heap[0].Value.Uint64() + heap[1].Value.Uint64(),
		heapLive:    heap[2].Value.Uint64(),
		resident:    resident(),
		goroutines:  runtime.NumGoroutine(),
		descriptors: descriptors(),
	}
}

// resident is the process's memory, as Linux has it.
func resident() uint64 {
	text, err := os.ReadFile("/proc/self/statm")
	fields := bytes.Fields(text)
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseUint(string(fields[1]), 10, 64)
	return pages * uint64(os.Getpagesize())
}

// descriptors is how many are open, but for the one that counts them.
func descriptors() int {
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(open) - 1
}

// sample is one look at the run.
type sample struct {
	resources
	at                           time.Duration // since the storm began
	ready                        int
	commands, events, reconnects float64 // a second, since the sample before
}

// sampler looks at a fleet again and again.
type sampler struct {
	*fleet
	samples []sample
	sums    [3]uint64 // at the last one
}

// run takes samples until ctx ends.
func (s *sampler) run(ctx context.Context) {
	every := min(max(s.duration/240, 50*time.Millisecond), 5*time.Second)
	begun, last := time.Now(), time.Now()
	s.sums = s.totals()
	for pause(ctx, every) {
		now := time.Now()
		s.take(now.Sub(begun), now.Sub(last))
		last = now
	}
}

func (s *sampler) take(at, since time.Duration) {
	sums := s.totals()
	var rates [3]float64
	for i := range sums {
		rates[i] = float64(sums[i]-s.sums[i]) / since.Seconds()
	}
	s.sums = sums
	s.samples = append(s.samples, sample{
		resources: measure(false), at: at, ready: s.ready(),
		commands: rates[0], events: rates[1], reconnects: rates[2],
	})
}

// totals are the commands, events and links so far.
func (s *sampler) totals() [3]uint64 {
	var links uint64
	for _, m := range s.members {
		links += m.stats().Links
	}
	return [3]uint64{s.book.Commands(), s.fleet.events.Load(), links}
}
