package contest

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// grown is a curve over 1, 10, 100 and 1,000, and what it is made of.
func grown(y func(x float64) float64) (Curve, []Outcome) {
	c := Curve{Name: "time", Unit: "callers", Figure: Rate}
	var outcomes []Outcome
	for _, x := range []float64{1, 10, 100, 1000} {
		name := fmt.Sprint(x)
		c.Points = append(c.Points, Point{x, name})
		outcomes = append(outcomes, *outcome(Row{Name: name}, map[string][]trial.Result{Ours: rates(y(x), y(x)/2, y(x)*9)}))
	}
	return c, outcomes
}

func TestGrowth(t *testing.T) {
	for _, c := range []struct {
		name     string
		y        func(x float64) float64
		slope    float64
		steepest float64
		word     string
		met      bool
	}{
		{"constant", func(float64) float64 { return 3 }, 0, 0, "flat", true},
		{"falling", func(x float64) float64 { return 8 / x }, -1, -1, "falls", true},
		{"root", math.Sqrt, 0.5, 0.5, "less than linear", true},
		{"linear", func(x float64) float64 { return 7 * x }, 1, 1, "linear", true},
		{"square", func(x float64) float64 { return x * x }, 2, 2, "worse than linear", false},
		{"square in the end", func(x float64) float64 { return max(1, x*x/1e4) }, 0.6, 2, "less than linear", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			curve, outcomes := grown(c.y)
			g := growth(curve, outcomes)
			require.InDelta(t, c.slope, g.Slope, 1e-9)
			require.InDelta(t, c.steepest, g.Steepest, 1e-9)
			require.Equal(t, c.word, Word(g.Slope))
			require.Equal(t, c.met, g.Met)
			require.Len(t, g.Points, 4)
			require.Empty(t, g.Unmet)
			curve.AtMost = c.steepest - 0.1
			if curve.AtMost != 0 {
				require.False(t, growth(curve, outcomes).Met, "a bound of its own")
			}
		})
	}
}

func TestGrowthThatIsNotThere(t *testing.T) {
	curve, outcomes := grown(func(x float64) float64 { return x })
	require.True(t, growth(curve, outcomes[1:3]).Met, "of the rows that were asked for")
	require.Equal(t, undone, growth(curve, outcomes[:1]).Unmet)

	for i := range outcomes[2].Results[Ours] {
		outcomes[2].Results[Ours][i] = trial.Result{Unmet: failed}
	}
	g := growth(curve, outcomes)
	require.False(t, g.Met)
	require.Equal(t, failed, g.Unmet)
	require.Len(t, g.Points, 3)

	curve, outcomes = grown(func(x float64) float64 { return x - 1 })
	require.Len(t, growth(curve, outcomes).Points, 3, "nothing has no logarithm")
}
