package contest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// rates are results with these rates; a negative one is a round without a result.
func rates(values ...float64) (results []trial.Result) {
	for _, v := range values {
		r := trial.Result{Rate: v}
		if v < 0 {
			r = trial.Result{Unmet: "lacking"}
		}
		results = append(results, r)
	}
	return results
}

// outcome is one row's, of clients by name.
func outcome(row Row, results map[string][]trial.Result) *Outcome {
	return &Outcome{row: &row, Results: results}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   Spread
	}{
		{nil, Spread{}},
		{[]float64{7}, Spread{7, 7, 7}},
		{[]float64{9, 1, 5}, Spread{5, 1, 9}},
		{[]float64{9, 1, 5, 6}, Spread{5.5, 1, 9}},
	} {
		require.Equal(t, c.want, spreadOf(c.values), "%v", c.values)
	}
}

// What slows a round down slows both: the ratio of the medians would be 2.
func TestRatiosAreTakenWithinRounds(t *testing.T) {
	o := outcome(Row{}, map[string][]trial.Result{Ours: rates(10, 20, 90), "peer": rates(1, 10, 30)})
	require.Equal(t, []float64{10, 2, 3}, o.ratios(Ours, "peer", Rate))
	require.Equal(t, Spread{3, 2, 10}, spreadOf(o.ratios(Ours, "peer", Rate)))
}

// Neither may a round without a result shift the others.
func TestARoundThatOneDidNotDoHasNoRatio(t *testing.T) {
	o := outcome(Row{}, map[string][]trial.Result{Ours: rates(10, 20, -1, 40), "peer": rates(1, -1, 3, 8)})
	require.Equal(t, []float64{10, 5}, o.ratios(Ours, "peer", Rate))
	require.Equal(t, 3, o.measured(Ours))
	require.Equal(t, "lacking", o.unmet("peer"))
	o.Results["peer"][0].Rate = 0
	require.Equal(t, []float64{5}, o.ratios(Ours, "peer", Rate), "nothing is a multiple of nothing")
}

func TestFiguresThatAClientDoesNotHave(t *testing.T) {
	f := Named("bound s")
	with := trial.Result{More: map[string]float64{"bound s": 3}}
	o := outcome(Row{Figures: []Figure{f}, Clients: []Client{{Name: Ours}, {Name: "peer"}}},
		map[string][]trial.Result{Ours: {with, {}}, "peer": {{}, {}}})
	require.Equal(t, []float64{3}, o.values(Ours, f))
	require.Empty(t, o.values("peer", f))
	done := o.done()
	require.Equal(t, map[string]Spread{"bound s": {3, 3, 3}}, done.Clients[0].Figures)
	require.Empty(t, done.Clients[1].Figures)
	require.Empty(t, done.Clients[1].Ratio)
	require.True(t, math.IsNaN(f.Of(trial.Result{})))
}

func TestVerdicts(t *testing.T) {
	results := map[string][]trial.Result{
		Ours: rates(100, 180, 220), "peer": rates(100, 100, 100), "linewright, other": rates(500, 500, 500),
		"absent": rates(-1, -1, -1),
	}
	for _, c := range []struct {
		name   string
		target Target
		met    bool
		unmet  string
	}{
		{"reached", Target{Figure: Rate, Against: "peer", Value: 1.8}, true, ""},
		{"not reached", Target{Figure: Rate, Against: "peer", Value: 1.81}, false, ""},
		{"reached, but not always", Target{Figure: Rate, Against: "peer", Value: 1.8, Always: true}, false, ""},
		{"always reached", Target{Figure: Rate, Against: "peer", Value: 1, Always: true}, true, ""},
		{"below", Target{Figure: Rate, Bound: AtMost, Value: 180}, true, ""},
		{"within the slack", Target{Figure: Rate, Bound: AtMost, Value: 179.995}, true, ""},
		{"above", Target{Figure: Rate, Bound: AtMost, Value: 179.9}, false, ""},
		{"not always below", Target{Figure: Rate, Bound: AtMost, Value: 200, Always: true}, false, ""},
		{"always below", Target{Figure: Rate, Bound: AtMost, Value: 220, Always: true}, true, ""},
		{"another client of ours", Target{Client: "linewright, other", Figure: Rate, Against: "peer", Value: 5}, true, ""},
		{"nobody to compare with", Target{Figure: Rate, Against: "absent", Bound: AtMost, Value: 9}, false, "lacking"},
		{"nothing to compare", Target{Figure: Named("no"), Bound: AtMost, Value: 9}, false, undone},
		{"not done", Target{Client: "absent", Figure: Rate, Bound: AtMost, Value: 9}, false, "lacking"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := outcome(Row{}, results).verdict(c.target)
			require.Equal(t, c.met, v.Met, "%+v", v)
			require.Equal(t, c.unmet, v.Unmet)
		})
	}
}

// What goes wrong in one round is not made good by the others.
func TestOneFailureIsAMiss(t *testing.T) {
	o := outcome(Row{}, map[string][]trial.Result{Ours: rates(5, 5, 5)})
	o.Results[Ours][1] = trial.Result{Unmet: failed}
	v := o.verdict(Target{Figure: Rate, Value: 1})
	require.False(t, v.Met)
	require.Equal(t, Spread{5, 5, 5}, v.Reached)
	require.Equal(t, "missed: failed", word(v.Met, v.Unmet))
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 0.004: "0.00", 1.234: "1.23", -1.5: "-1.50", 9.99: "9.99", 9.996: "10.0", 99.94: "99.9", 99.96: "100",
		9994: "9994", 9996: "10.0k", 99_949: "99.9k", 99_960: "100k", 999_400: "999k", 999_600: "1.00M", 1_234_567: "1.23M",
	} {
		require.Equal(t, want, Number(x), "%v", x)
	}
	require.Equal(t, "1", Count(1))
	require.Equal(t, "19,000", Count(19_000))
	require.Equal(t, "1,234,567", Count(1_234_567))
}
