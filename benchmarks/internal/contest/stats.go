package contest

import (
	"slices"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// spread is the middle of some rounds' values, and the least and the greatest.
type spread struct{ Median, Least, Greatest float64 }

func spreadOf(values []float64) spread {
	v := slices.Sorted(slices.Values(values))
	n := len(v)
	if n == 0 {
		return spread{}
	}
	return spread{(v[(n-1)/2] + v[n/2]) / 2, v[0], v[n-1]}
}

// of is the spread of a client's figure.
func (o *Outcome) of(client string, f Figure) spread {
	return spreadOf(o.values(client, f))
}

func (o *Outcome) values(client string, f Figure) []float64 {
	return mapped(o.Results[client], f.Of)
}

func mapped(results []trial.Result, f func(trial.Result) float64) []float64 {
	values := make([]float64, len(results))
	for i, r := range results {
		values[i] = f(r)
	}
	return values
}

// ratio is the spread of ours to a peer's, round by round: what slowed a round
// down slowed both.
func (o *Outcome) ratio(peer string, f Figure) spread {
	ours, theirs := o.values(Ours, f), o.values(peer, f)
	ratios := []float64{}
	for i := range min(len(ours), len(theirs)) {
		if theirs[i] != 0 {
			ratios = append(ratios, ours[i]/theirs[i])
		}
	}
	return spreadOf(ratios)
}

// Verdict is a target and what became of it.
type Verdict struct {
	Suite, Row string
	Target     Target
	Reached    spread
	Met        bool
	Unmet      string // why nothing was measured
}

// slack keeps what background goroutines do from counting as an allocation an
// operation.
const slack = 0.01

// Verdicts are those of all targets of a row.
func (o *Outcome) Verdicts() []Verdict {
	var verdicts []Verdict
	for _, t := range o.row.Targets {
		v := Verdict{Suite: o.Suite, Row: o.Row, Target: t}
		if t.Against == "" {
			v.Reached = o.of(Ours, t.Figure)
		} else {
			v.Reached = o.ratio(t.Against, t.Figure)
			v.Unmet = o.Unmet[t.Against]
		}
		if t.Bound == AtLeast {
			v.Met = v.Reached.Median >= t.Value
		} else {
			v.Met = v.Reached.Median <= t.Value+slack
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}
