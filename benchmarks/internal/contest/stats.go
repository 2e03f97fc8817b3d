package contest

import (
	"cmp"
	"math"
	"slices"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// Spread is the middle of some rounds' values, and the least and the greatest.
type Spread struct {
	Median   float64 `json:"median"`
	Least    float64 `json:"least"`
	Greatest float64 `json:"greatest"`
}

func spreadOf(values []float64) Spread {
	v := slices.Sorted(slices.Values(values))
	n := len(v)
	if n == 0 {
		return Spread{}
	}
	return Spread{(v[(n-1)/2] + v[n/2]) / 2, v[0], v[n-1]}
}

// of is the spread of a client's figure.
func (o *Outcome) of(client string, f Figure) Spread { return spreadOf(o.values(client, f)) }

// values are what a client did in the rounds that have a result.
func (o *Outcome) values(client string, f Figure) (values []float64) {
	for _, r := range o.Results[client] {
		if has(r, f) {
			values = append(values, f.Of(r))
		}
	}
	return values
}

// has reports whether a trial measured a figure.
func has(r trial.Result, f Figure) bool { return r.Unmet == "" && !math.IsNaN(f.Of(r)) }

// measured is how often a client did the row's work.
func (o *Outcome) measured(client string) (rounds int) {
	for _, r := range o.Results[client] {
		if r.Unmet == "" {
			rounds++
		}
	}
	return rounds
}

// unmet is why a client did it less often than it should; "" where it did not.
func (o *Outcome) unmet(client string) string {
	for _, r := range o.Results[client] {
		if r.Unmet != "" && r.Unmet != undone {
			return r.Unmet
		}
	}
	if o.measured(client) == 0 {
		return undone
	}
	return ""
}

// ratios are those of one client's figure to another's, round by round: what
// slowed a round down slowed both.
func (o *Outcome) ratios(client, other string, f Figure) (ratios []float64) {
	ours, theirs := o.Results[client], o.Results[other]
	for i := range min(len(ours), len(theirs)) {
		if has(ours[i], f) && has(theirs[i], f) && f.Of(theirs[i]) != 0 {
			ratios = append(ratios, f.Of(ours[i])/f.Of(theirs[i]))
		}
	}
	return ratios
}

// slack keeps what background goroutines do from counting as an allocation an
// operation.
const slack = 0.01

// keeps reports whether what was reached is on the right side.
func (b Bound) keeps(value float64, s Spread, always bool) bool {
	reached := s.Median
	if b == AtLeast {
		if always {
			reached = s.Least
		}
		return reached >= value
	}
	if always {
		reached = s.Greatest
	}
	return reached <= value+slack
}

// verdict says what became of a target.
func (o *Outcome) verdict(t Target) Verdict {
	v := Verdict{
		Client: cmp.Or(t.Client, Ours), Figure: t.Figure.Name, Against: t.Against,
		Bound: t.Bound, Value: t.Value, Always: t.Always,
	}
	v.Unmet = o.unmet(v.Client)
	var values []float64
	if t.Against == "" {
		values = o.values(v.Client, t.Figure)
	} else {
		values = o.ratios(v.Client, t.Against, t.Figure)
	}
	if len(values) == 0 && v.Unmet == "" {
		v.Unmet = cmp.Or(o.unmet(t.Against), undone)
	}
	v.Reached = spreadOf(values)
	// What failed once is not met, whatever the other rounds say.
	v.Met = v.Unmet == "" && t.Bound.keeps(t.Value, v.Reached, t.Always)
	return v
}
