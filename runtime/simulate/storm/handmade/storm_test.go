package handmade_test

import (
	"bytes"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
	"github.com/linewright/linewright/runtime/simulate/storm"
	"github.com/linewright/linewright/runtime/simulate/storm/handmade"
)

var (
	seeds    = flag.Int("seeds", 45, "how many seeds, over all workloads")
	first    = flag.Uint64("first", 0, "the first seed")
	patience = flag.Duration("patience", 10*time.Second, "how long a failure is made shorter")
)

// TestStorms has a test of its own for each rule that was broken, named after it.
func TestStorms(t *testing.T) {
	start, loads := time.Now(), handmade.Workloads()
	tallies := storm.Campaign(loads, *first, *seeds, storm.Options{})
	var report strings.Builder
	storm.Report(&report, loads, tallies, storm.Options{Patience: *patience}, time.Since(start))
	t.Log("\n" + report.String())
	for _, tally := range tallies {
		for _, failed := range tally.Failed {
			v := failed.Violations[0]
			t.Run(v.Rule, func(t *testing.T) { t.Errorf("%s, seed %d: %v", tally.Name, failed.Script.Seed, v) })
		}
	}
}

// patient judges a client whose probes wait a second longer than the plan says.
func patient() (*storm.Workload, storm.Options) {
	load := handmade.Kind()
	load.Plan = func(uint64) *session.Plan { return plantest.Acme(plantest.Probing(0, 6*time.Second)) }
	return load, storm.Options{Judge: func(r *check.Run) []check.Violation {
		r.Plan = plantest.Acme()
		return check.History(r)
	}}
}

// failing is the first script that shows it.
func failing(t *testing.T, load *storm.Workload, broken storm.Options) storm.Script {
	t.Helper()
	for seed := range uint64(50) {
		if script := storm.Make(seed, load); len(storm.Run(script, load, broken).Violations) > 0 {
			return script
		}
	}
	t.Fatal("no seed shows it")
	return storm.Script{}
}

// TestMinimise: a client that gives a silent peer up too late is caught, and a
// few acts are enough to show it.
func TestMinimise(t *testing.T) {
	load, broken := patient()
	script := failing(t, load, broken)
	r := storm.Run(script, load, broken)
	require.NotEmpty(t, r.Violations)
	require.Equal(t, "bound", r.Violations[0].Rule)

	small, violations := storm.Minimise(script, load, broken, time.Minute)
	t.Logf("%d of %d acts:\n%v\n%v", len(small.Acts), len(script.Acts), small, violations[0])
	require.LessOrEqual(t, len(small.Acts), 3)
	require.Equal(t, "bound", violations[0].Rule)

	again, err := storm.ParseScript(small.Seed, small.String())
	require.NoError(t, err)
	require.Equal(t, violations, storm.Run(again, load, broken).Violations, "as text it fails in the same way")
	require.Empty(t, storm.Run(small, handmade.Kind(), storm.Options{}).Violations)
}

// TestMinimiseInTime: it stops, with what it has.
func TestMinimiseInTime(t *testing.T) {
	load, broken := patient()
	script := failing(t, load, broken)
	same, violations := storm.Minimise(script, load, broken, 0)
	require.Equal(t, script, same)
	require.NotEmpty(t, violations)
	whole, violations := storm.Minimise(script, handmade.Kind(), storm.Options{}, time.Minute)
	require.Equal(t, script, whole)
	require.Empty(t, violations)
}

// TestReport: a failure is told with what plays it again.
func TestReport(t *testing.T) {
	load, broken := patient()
	loads := []*storm.Workload{load}
	broken.Patience = time.Minute
	first := failing(t, load, broken).Seed
	tallies := storm.Campaign(loads, first, 2, broken)
	require.Len(t, tallies, 1)
	require.Equal(t, 2, tallies[0].Seeds)
	require.NotEmpty(t, tallies[0].Failed)
	var b bytes.Buffer
	require.False(t, storm.Report(&b, loads, tallies, broken, time.Second))
	for _, want := range []string{"kind", "bound: client", fmt.Sprintf("make simulate VENDOR=kind FIRST=%d SEEDS=1", first), "ACTS='"} {
		require.Contains(t, b.String(), want)
	}
}
