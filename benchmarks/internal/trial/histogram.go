package trial

import (
	"math"
	"math/bits"
	"time"
)

// histogram counts times in buckets of an eighth of a power of two: what it
// tells is at most 12.5 % too much.
type histogram [64 * 8]uint32

func (h *histogram) add(d time.Duration) {
	h[bucket(uint64(max(1, d)))]++
}

func bucket(ns uint64) int {
	exp := bits.Len64(ns) - 1
	if exp < 3 {
		return int(ns)
	}
	return exp*8 + int(ns>>(exp-3))&7
}

// upper is the greatest time of a bucket.
func upper(b int) float64 {
	exp := b / 8
	if exp < 3 {
		return float64(b)
	}
	return math.Ldexp(1+float64(b%8+1)/8, exp)
}

// percentiles are those of all callers together.
func (r *Result) percentiles(of []histogram) {
	var all histogram
	n := uint64(0)
	for i := range of {
		for b, count := range of[i] {
			all[b] += count
			n += uint64(count)
		}
	}
	r.P50, r.P99, r.P999 = all.percentile(n, 0.5), all.percentile(n, 0.99), all.percentile(n, 0.999)
}

// percentile is in µs.
func (h *histogram) percentile(n uint64, share float64) float64 {
	if n == 0 {
		return 0
	}
	rank, seen := uint64(math.Ceil(float64(n)*share)), uint64(0)
	for b, count := range h {
		if seen += uint64(count); seen >= rank {
			return upper(b) / 1e3
		}
	}
	return 0
}
