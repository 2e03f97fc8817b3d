package contest

import (
	"fmt"
	"math"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// Figure is one number of a trial's result.
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
	Resident = Figure{"bytes RSS/client", func(r trial.Result) float64 { return r.Resident }}
	Lateness = Figure{"p99 late µs", func(r trial.Result) float64 { return r.Lateness }}
)

// Counted is a figure of what a row counts in its own unit.
func Counted(name string) Figure {
	return Figure{name, func(r trial.Result) float64 { return r.PerUnit }}
}

// number prints a figure with three digits that count, thousands as k.
func number(x float64) string {
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
