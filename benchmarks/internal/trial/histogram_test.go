package trial

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A bucket is never below what is in it, and at most an eighth above.
func TestBuckets(t *testing.T) {
	last := -1
	for ns := uint64(1); ns < 1<<62; ns += max(1, ns/37) {
		b := bucket(ns)
		require.GreaterOrEqual(t, b, last, "%d ns", ns)
		require.Less(t, b, len(histogram{}))
		require.GreaterOrEqual(t, upper(b), float64(ns), "%d ns", ns)
		require.LessOrEqual(t, upper(b), float64(ns)*1.126, "%d ns", ns)
		last = b
	}
	var h histogram
	h.add(-time.Second) // a clock that was set back
	h.add(math.MaxInt64)
}

// Percentiles of all callers together are those of their sorted times.
func TestPercentiles(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	callers, all := make([]histogram, 7), []float64(nil)
	for range 20_000 {
		d := time.Duration(math.Exp(r.NormFloat64()*1.5+9)) + 1
		callers[r.IntN(len(callers))].add(d)
		all = append(all, float64(d)/1e3)
	}
	slices.Sort(all)
	var got Result
	got.percentiles(callers)
	for share, have := range map[float64]float64{0.5: got.P50, 0.99: got.P99, 0.999: got.P999} {
		want := all[int(math.Ceil(share*float64(len(all))))-1]
		require.GreaterOrEqual(t, have, want, "%v", share)
		require.LessOrEqual(t, have, want*1.126, "%v", share)
	}
	require.Zero(t, (&histogram{}).percentile(0, 0.5))
}
