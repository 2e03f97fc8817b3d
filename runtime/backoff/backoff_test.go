package backoff

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// standard is the schedule that specs get by default.
var standard = Schedule{Initial: 500 * time.Millisecond, Factor: 2, Max: 30 * time.Second, Jitter: 0.5}

func TestBase(t *testing.T) {
	const forever = time.Duration(math.MaxInt64)
	year := 365 * 24 * time.Hour
	tests := []struct {
		name string
		s    Schedule
		n    int
		want time.Duration
	}{
		{"first", standard, 0, 500 * time.Millisecond},
		{"second", standard, 1, time.Second},
		{"last below the cap", standard, 5, 16 * time.Second},
		{"capped", standard, 6, 30 * time.Second},
		{"far beyond", standard, math.MaxInt, 30 * time.Second},
		{"negative n", standard, -7, 500 * time.Millisecond},
		{"most negative n", standard, math.MinInt, 500 * time.Millisecond},
		{"zero value", Schedule{}, 5, 0},
		{"negative initial", Schedule{Initial: -time.Second, Max: time.Second, Factor: 2}, 3, 0},
		{"initial over max", Schedule{Initial: time.Minute, Max: time.Second, Factor: 2}, 0, time.Second},
		{"factor zero is constant", Schedule{Initial: time.Second, Max: time.Minute}, 9, time.Second},
		{"factor below 1 is constant", Schedule{Initial: time.Second, Max: time.Minute, Factor: 0.5}, 9, time.Second},
		{"factor NaN is constant", Schedule{Initial: time.Second, Max: time.Minute, Factor: math.NaN()}, 9, time.Second},
		{"factor infinite", Schedule{Initial: time.Second, Max: time.Minute, Factor: math.Inf(1)}, 1, time.Minute},
		{"fractional factor", Schedule{Initial: time.Second, Max: time.Hour, Factor: 1.5}, 2, 2250 * time.Millisecond},
		{"no cap", Schedule{Initial: time.Second, Factor: 2}, 20, time.Second << 20},
		{"no cap saturates", Schedule{Initial: time.Second, Factor: 2}, 64, forever},
		{"no cap, exponent beyond float64", Schedule{Initial: time.Second, Factor: 10}, 1 << 40, forever},
		{"longest cap", Schedule{Initial: year, Max: forever, Factor: 3}, 1000, forever},
		{"longest initial", Schedule{Initial: forever, Factor: 2}, 1, forever},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, tt.s.Base(tt.n))
		})
	}
}

func TestRange(t *testing.T) {
	tests := []struct {
		name   string
		jitter float64
		lo     time.Duration
	}{
		{"none", 0, 4 * time.Second},
		{"a quarter", 0.25, 3 * time.Second},
		{"half", 0.5, 2 * time.Second},
		{"all", 1, 0},
		{"more than all", 7, 0},
		{"negative", -1, 4 * time.Second},
		{"NaN", math.NaN(), 4 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := standard
			s.Jitter = tt.jitter
			lo, hi := s.Range(3)
			require.Equal(t, tt.lo, lo)
			require.Equal(t, 4*time.Second, hi)
		})
	}
}

func TestDelayEnds(t *testing.T) {
	lo, hi := standard.Range(2)
	require.Equal(t, lo, standard.Delay(2, 0))
	require.Equal(t, lo, standard.Delay(2, -1))
	require.Equal(t, hi, standard.Delay(2, math.Nextafter(1, 0)))
	require.Equal(t, hi, standard.Delay(2, 1))
	require.Equal(t, hi, standard.Delay(2, math.NaN()))
	require.Equal(t, (lo+hi)/2, standard.Delay(2, 0.5))
}

// The delay is spread evenly over the range, the first delay too: each tenth of
// it gets about a tenth of the draws.
func TestDelayIsUniform(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 4} {
		lo, hi := standard.Range(n)
		var tenths [10]int
		const draws = 20_000
		for range draws {
			d := standard.Delay(n, r.Float64())
			tenths[min(9, int(10*(d-lo)/(hi-lo)))]++
		}
		for i, got := range tenths {
			require.InDelta(t, draws/10, got, draws/50, "after %d failures, tenth %d", n, i)
		}
	}
}

// Whatever the schedule: delays stay within their range, ranges within the cap,
// and neither a later attempt nor a larger u makes a delay shorter.
func TestProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2_000 {
		s := Schedule{
			Initial: time.Duration(r.Int64() >> r.IntN(63)),
			Max:     time.Duration(r.Int64() >> r.IntN(63)),
			Factor:  1 + math.Exp(20*r.Float64()-15),
			Jitter:  1.2*r.Float64() - 0.1,
		}
		checkProperties(t, s, r.IntN(100), r.Float64(), r.Float64())
	}
}

func FuzzSchedule(f *testing.F) {
	f.Add(int64(5e8), int64(3e10), 2.0, 0.5, 3, 0.25, 0.75)
	f.Add(int64(math.MaxInt64), int64(0), math.Inf(1), math.NaN(), math.MaxInt, 1.0, -1.0)
	f.Fuzz(func(t *testing.T, initial, longest int64, factor, jitter float64, n int, u1, u2 float64) {
		s := Schedule{Initial: time.Duration(initial), Max: time.Duration(longest), Factor: factor, Jitter: jitter}
		checkProperties(t, s, n, u1, u2)
	})
}

func checkProperties(t *testing.T, s Schedule, n int, u1, u2 float64) {
	t.Helper()
	lo, hi := s.Range(n)
	require.Equal(t, s.Base(n), hi, "%+v n=%d", s, n)
	require.True(t, 0 <= lo && lo <= hi, "%+v n=%d: %v %v", s, n, lo, hi)
	if s.Max > 0 {
		require.LessOrEqual(t, hi, s.Max, "%+v n=%d", s, n)
	}
	if s.Initial > 0 && n >= 0 {
		require.GreaterOrEqual(t, hi, s.Base(0), "%+v n=%d", s, n)
	}
	a, b := s.Delay(n, min(u1, u2)), s.Delay(n, max(u1, u2))
	require.True(t, lo <= a && a <= hi && lo <= b && b <= hi, "%+v n=%d: %v %v not in %v %v", s, n, a, b, lo, hi)
	if u1 == u1 && u2 == u2 {
		require.LessOrEqual(t, a, b, "%+v n=%d u=%v %v", s, n, u1, u2)
	}
	if s.Factor >= 1.01 && n > 0 && n < math.MaxInt {
		require.LessOrEqual(t, hi, s.Base(n+1), "%+v n=%d", s, n)
	}
}
