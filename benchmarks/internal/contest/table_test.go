package contest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/benchmarks/internal/machine"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// example is a suite with everything that a table can show.
func example() (Suite, []Outcome) {
	s := Suite{Name: "s", Title: "A server", Rows: []Row{
		{
			Name: "get", Figures: []Figure{Rate, Allocs},
			Clients: []Client{{Name: Ours}, {Name: "peer"}, {Name: "absent"}, {Name: "shaky"}},
			Targets: []Target{
				{Figure: Rate, Against: "peer", Value: 2},
				{Figure: Allocs, Bound: AtMost, Value: 0, Always: true},
				{Figure: Rate, Against: "absent", Value: 1},
				{Client: "linewright, other", Figure: Rate, Value: 1},
			},
		},
		{Name: "noticed", Figures: []Figure{Named("s")}, Clients: []Client{{Name: Ours}}},
	}, Curves: []Curve{
		{Name: "time", Unit: "B", Figure: Rate, Points: []Point{{1, "get"}, {1000, "noticed"}}},
		{Name: "not asked for", Points: []Point{{1, "put"}, {2, "del"}}},
	}}
	noticed := trial.Result{Rate: 3e5, More: map[string]float64{"s": 2.9}}
	return s, []Outcome{
		*outcome(s.Rows[0], map[string][]trial.Result{
			Ours: {{Rate: 200, Allocs: 1}, {Rate: 300}}, "peer": rates(100, 150), "absent": rates(-1, -1), "shaky": rates(-1, 50),
		}),
		*outcome(s.Rows[1], map[string][]trial.Result{Ours: {noticed, noticed}}),
	}
}

func TestTable(t *testing.T) {
	s, outcomes := example()
	results := s.Results(outcomes)
	results.Failed = []string{"s, get, shaky, round 1: it fell over\n"}
	var b strings.Builder
	results.Print(&b)
	require.Equal(t, `
### A server

| work | client | ops/s | allocs/op | s | ours is |
|---|---|--:|--:|--:|--:|
| get | linewright | 250 (200–300) | 0.50 |  |  |
| get | peer | 125 (100–150) | 0 |  | 2.00 × |
| get | absent | lacking |  |  |  |
| get | shaky | 50.0 (50.0–50.0); 1 of 2: lacking | 0 |  | 6.00 × |
| noticed | linewright |  |  | 2.90 (2.90–2.90) |  |

| target | wanted | reached (least–greatest) | |
|---|--:|--:|---|
| get, ops/s, against peer | ≥ 2.00 × | 2.00 (2.00–2.00) × | met |
| get, allocs/op | ≤ 0, each time | 0.50 (0–1.00) | missed |
| get, ops/s, against absent | ≥ 1.00 × |  | not measured: lacking |
| get, linewright, other: ops/s | ≥ 1.00 |  | not measured: not done |

| grows | from | to | slope | steepest step | | wanted | |
|---|--:|--:|--:|--:|---|--:|---|
| time (ops/s) | 250 at 1 B | 300k at 1,000 B | 1.03 | 1.03 | linear | ≤ 1.20 | met |

failed: s, get, shaky, round 1: it fell over
`, b.String())
}

func TestNoColumnForNobody(t *testing.T) {
	s, outcomes := example()
	s.Rows, outcomes = s.Rows[1:], outcomes[1:]
	var b strings.Builder
	results := s.Results(outcomes)
	results.Print(&b)
	require.Contains(t, b.String(), "| work | client | s |\n|---|---|--:|\n| noticed | linewright | 2.90 (2.90–2.90) |\n")
	require.NotContains(t, b.String(), "target")
	require.NotContains(t, b.String(), "grows")
}

// What was written can be printed and drawn again, to the letter.
func TestJSON(t *testing.T) {
	s, outcomes := example()
	report := Report{
		Date: "2026-11-26T10:00:00Z", Machine: machine.Machine{CPU: "one", Cores: 2, Kernel: "Linux 6", Go: "go1.26"},
		Rounds: 2, Seconds: 1.5, Interrupted: true, Suites: []Results{s.Results(outcomes)},
	}
	text, err := json.Marshal(report)
	require.NoError(t, err, "not a number is no JSON")
	var again Report
	require.NoError(t, json.Unmarshal(text, &again))
	second, err := json.Marshal(again)
	require.NoError(t, err)
	require.JSONEq(t, string(text), string(second))
	for _, want := range []string{
		`"cpu":"one"`, `"cores":2`, `"kernel":"Linux 6"`, `"go":"go1.26"`, `"date":"2026-11-26T10:00:00Z"`,
		`"ops/s":{"median":250,"least":200,"greatest":300}`, `"bound":"≤"`, `"against":"peer"`, `"unmet":"lacking"`,
		`"slope":`, `"rounds":[{"rate":200`,
	} {
		require.Contains(t, string(text), want)
	}
	var before, after strings.Builder
	report.Suites[0].Print(&before)
	again.Suites[0].Print(&after)
	require.Equal(t, before.String(), after.String())
}
