package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// storm lets everything go wrong for as long as the run is to last. Events go
// on until calm is called.
func (r *result) storm(ctx context.Context, f *fleet) (calm func()) {
	emitting, stop := context.WithCancel(context.Background())
	storm, cancel := context.WithTimeout(ctx, f.duration)
	defer cancel()
	counts := make([]atomic.Uint64, len(faults))
	var going, emitters sync.WaitGroup
	for i, st := range f.stands {
		t := &injector{fleet: f, stand: st, counts: counts, random: rand.New(rand.NewPCG(f.seed, uint64(i)<<32))}
		going.Go(func() { t.run(storm) })
		random := rand.New(rand.NewPCG(f.seed, uint64(i)<<32|1))
		emitters.Go(func() { f.emit(emitting, st, random) })
	}
	s, start := &sampler{fleet: f}, time.Now()
	s.run(storm)
	r.samples, r.lasted = s.samples, time.Since(start)
	going.Wait()
	for i := range counts {
		r.faults = append(r.faults, counts[i].Load())
	}
	return func() { stop(); emitters.Wait() }
}
