package contest

import (
	"fmt"
	"math"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// Figure is one number of a trial's result. Less of it is better, unless it is a
// rate, whose name ends with /s.
type Figure struct {
	Name string
	Of   func(trial.Result) float64
}

// The figures of a trial.
var (
	Rate     = Figure{"ops/s", func(r trial.Result) float64 { return r.Rate }}
	CPU      = Figure{"CPU µs/op", func(r trial.Result) float64 { return r.CPU }}
	Allocs   = Figure{"allocs/op", func(r trial.Result) float64 { return r.Allocs }}
	P50      = Figure{"p50 µs", func(r trial.Result) float64 { return r.P50 }}
	P99      = Figure{"p99 µs", func(r trial.Result) float64 { return r.P99 }}
	P999     = Figure{"p99.9 µs", func(r trial.Result) float64 { return r.P999 }}
	Resident = Figure{"bytes RSS/client", func(r trial.Result) float64 { return r.Resident }}
	Lateness = Figure{"p99 late µs", func(r trial.Result) float64 { return r.Lateness }}
)

// Counted is a figure of what a row counts in its own unit.
func Counted(name string) Figure {
	return Figure{name, func(r trial.Result) float64 { return r.PerUnit }}
}

// Named is a figure that only some suites have, and only some clients: one of
// trial.Result's More, else not a number.
func Named(name string) Figure {
	return Figure{name, func(r trial.Result) float64 {
		if x, ok := r.More[name]; ok {
			return x
		}
		return math.NaN()
	}}
}

// MoreIsBetter reports whether a figure of that name is a rate.
func MoreIsBetter(figure string) bool { return strings.HasSuffix(figure, "/s") }

// Number prints a figure with three digits that count, thousands as k.
func Number(x float64) string {
	switch a := math.Abs(x); {
	case a == 0:
		return "0"
	case a >= 999.5e3:
		return fmt.Sprintf("%.2fM", x/1e6)
	case a >= 99.95e3:
		return fmt.Sprintf("%.0fk", x/1e3)
	case a >= 9.995e3:
		return fmt.Sprintf("%.1fk", x/1e3)
	case a >= 99.95:
		return fmt.Sprintf("%.0f", x)
	case a >= 9.995:
		return fmt.Sprintf("%.1f", x)
	default:
		return fmt.Sprintf("%.2f", x)
	}
}

// Count prints a whole number, thousands apart.
func Count(x float64) string {
	text := fmt.Sprintf("%.0f", x)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
