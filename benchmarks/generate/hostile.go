package generate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
	"github.com/linewright/linewright/spec"
)

// slowest is how long the worst of the hostile documents takes.
var slowest = contest.Named("ms, the slowest")

func refuses() contest.Row {
	return contest.Row{
		Name: "hostile documents refused", Figures: []contest.Figure{slowest},
		Clients: []contest.Client{{Name: contest.Ours, Run: func([]string) (trial.Result, error) { return refusing() }}},
		Targets: []contest.Target{{Figure: slowest, Bound: contest.AtMost, Value: 100}},
	}
}

// hostile are documents that are small, and cost a YAML library, or whoever
// looks for names that are like an unknown one, seconds and more.
func hostile() map[string]string {
	head := string(Document(1))
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]string{
		"nested":        "linewright: " + strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000),
		"many keys":     many(40_000, "key%d: 1\n"),
		"aliases":       "a0: &a0 [x, x]\n" + many(30, "b%d: [*a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0]\n"),
		"too large":     head + strings.Repeat("# nothing\n", 1<<20),
		"unknown keys":  head + many(15_000, "endpoimt%d: 1\n"),
		"unknown names": head + many(9_000, "  c%d: {send: \"C\", reply: massage}\n"),
	}
}

var errTaken = errors.New("a hostile document was taken")

// refusing takes the best of several passes for each document: what else the
// machine does comes and goes.
func refusing() (trial.Result, error) {
	best, documents := map[string]time.Duration{}, hostile()
	r, err := trial.Loop(3*during, int64(len(documents)), func() error {
		for name, source := range documents {
			began := time.Now()
			if _, findings := spec.Load("hostile.yaml", []byte(source)); len(findings) == 0 {
				return fmt.Errorf("%w: %s", errTaken, name)
			}
			took, before := time.Since(began), best[name]
			if before == 0 || took < before {
				best[name] = took
			}
		}
		return nil
	})
	worst := slices.Max(slices.Collect(maps.Values(best)))
	r.More = map[string]float64{slowest.Name: worst.Seconds() * 1e3}
	return r, err
}
