// Package backoff is the schedule of delays between attempts to connect.
//
// It is pure arithmetic: the clock and the random numbers are the caller's.
// The runtime asks for the delay before each attempt ([Schedule.Delay]), tools
// that explain a protocol print what may come ([Schedule.Range]); both see the
// same numbers.
//
//	s := backoff.Schedule{Initial: 500 * time.Millisecond, Factor: 2, Max: 30 * time.Second, Jitter: 0.5}
//	s.Base(3)                      // 4s
//	s.Range(3)                     // 2s, 4s
//	s.Delay(3, rand.Float64())     // something in between
//
// When to forget earlier failures, and so to begin again at n = 0, is for the
// caller to say: not at the first connection, but once it has proved stable.
package backoff

import (
	"math"
	"time"
)

// Schedule says how long to wait before an attempt that follows n failures.
// The zero value waits not at all. Values out of range are taken as the nearest
// that makes sense, never as a reason to wait less than the schedule says.
type Schedule struct {
	// Initial is the delay after no failure at all, n = 0, before jitter.
	// Zero or negative: every delay is zero.
	Initial time.Duration
	// Max caps the delay, Initial too. Zero or negative: no cap but that of
	// time.Duration, some 292 years.
	Max time.Duration
	// Factor multiplies the delay after each failure. Less than 1, zero
	// included: 1, a constant delay.
	Factor float64
	// Jitter is the part of a delay that is left to chance, from 0 (none) to
	// 1 (all of it); it only ever shortens a delay. Values outside of that,
	// and NaN, are taken as the nearest end, NaN as 0.
	Jitter float64
}

// Base is the delay after n failures before jitter: min(Initial·Factorⁿ, Max),
// for every n without overflow. A negative n counts as 0.
func (s Schedule) Base(n int) time.Duration {
	ceiling := s.Max
	if ceiling <= 0 {
		ceiling = math.MaxInt64
	}
	switch {
	case s.Initial <= 0:
		return 0
	case s.Initial >= ceiling:
		return ceiling
	case n <= 0 || !(s.Factor > 1): // also a NaN
		return s.Initial
	}
	// Past float64's range this is +Inf, and the comparison still right.
	d := float64(s.Initial) * math.Pow(s.Factor, float64(n))
	if !(d < float64(ceiling)) {
		return ceiling
	}
	return time.Duration(d)
}

// Range gives the shortest and the longest delay after n failures:
// d·(1−Jitter) and d, where d is Base(n).
func (s Schedule) Range(n int) (lo, hi time.Duration) {
	hi = s.Base(n)
	jitter := s.Jitter
	if !(jitter > 0) { // also a NaN
		return hi, hi
	}
	if jitter >= 1 {
		return 0, hi
	}
	// float64 may round a long hi up by a little; lo never leaves [0, hi].
	return hi - min(time.Duration(float64(hi)*jitter), hi), hi
}

// Delay is the delay after n failures. It maps u, a random number in [0, 1),
// evenly to Range(n), both ends included; u outside of [0, 1) is taken as the
// nearest end, NaN as the longest delay.
func (s Schedule) Delay(n int, u float64) time.Duration {
	lo, hi := s.Range(n)
	if u <= 0 {
		return lo
	}
	span := hi - lo
	offset := u * (float64(span) + 1)
	if !(offset < float64(span)) {
		return hi
	}
	return lo + time.Duration(offset)
}
