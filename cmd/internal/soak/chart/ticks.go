package chart

import (
	"fmt"
	"math"
	"time"
)

// ticks are about n round numbers from 0, the last one not below most.
func ticks(most float64, n int) []float64 {
	if most <= 0 || math.IsInf(most, 0) || math.IsNaN(most) {
		return []float64{0, 1}
	}
	step := round(most / float64(n))
	list := []float64{0}
	for list[len(list)-1] < most {
		list = append(list, float64(len(list))*step)
	}
	return list
}

// round is the next of 1, 2, 2.5, 5 and 10 times a power of ten.
func round(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if x <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// Number is a value without needless digits, with separators of thousands.
func Number(v float64) string {
	if v < 1000 {
		return fmt.Sprintf("%.4g", v)
	}
	s := fmt.Sprintf("%.0f", v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// steps are the distances of time ticks.
var steps = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// timeStep is the smallest distance that makes at most n ticks.
func timeStep(most time.Duration, n int) time.Duration {
	for _, s := range steps {
		if most <= s*time.Duration(n) {
			return s
		}
	}
	return 7 * 24 * time.Hour
}

// clock is a time as 90 s, 12 min or 3 h.
func clock(t time.Duration, step time.Duration) string {
	switch {
	case step >= time.Hour:
		return fmt.Sprintf("%.0f h", t.Hours())
	case step >= time.Minute:
		return fmt.Sprintf("%.0f min", t.Minutes())
	}
	return fmt.Sprintf("%.0f s", t.Seconds())
}
