package storm

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// Tally counts the seeds of one workload, or of all.
type Tally struct {
	Name      string
	Seeds     int
	Simulated time.Duration
	Faults    int
	Calls     int
	Answered  int // of the calls
	Failed    []Result
}

func (t *Tally) add(r Result) {
	t.Seeds++
	t.Simulated += r.Simulated
	t.Faults += r.Faults
	t.Calls += r.Calls
	t.Answered += r.Answered
	if len(r.Violations) > 0 {
		t.Failed = append(t.Failed, r)
	}
}

// Campaign runs seeds on all processors, as many of each workload, from first
// on: n in all, rounded up. Worlds are independent of each other.
func Campaign(loads []*Workload, first uint64, n int, o Options) []Tally {
	tallies := make([]Tally, len(loads))
	type job struct {
		load int
		seed uint64
	}
	jobs := make(chan job)
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for j := range jobs {
				r := Run(Make(j.seed, loads[j.load]), loads[j.load], o)
				mu.Lock()
				tallies[j.load].add(r)
				mu.Unlock()
			}
		})
	}
	for i := range (n + len(loads) - 1) / len(loads) {
		for load := range loads {
			jobs <- job{load, first + uint64(i)}
		}
	}
	close(jobs)
	workers.Wait()
	for i := range tallies {
		tallies[i].Name = loads[i].Name
		slices.SortFunc(tallies[i].Failed, func(a, b Result) int { return cmp.Compare(a.Script.Seed, b.Script.Seed) })
	}
	return tallies
}

// Report prints what a campaign came to, and its failures: the first few each
// with a script that was made as short as could be, and the command that plays it
// again. It reports whether there were none.
func Report(w io.Writer, loads []*Workload, tallies []Tally, o Options, took time.Duration) bool {
	all := Tally{Name: "all"}
	for _, t := range tallies {
		all.Seeds += t.Seeds
		all.Simulated += t.Simulated
		all.Faults += t.Faults
		all.Calls += t.Calls
		all.Answered += t.Answered
		all.Failed = append(all.Failed, t.Failed...)
	}
	fmt.Fprintf(w, "%-8s %8s %12s %9s %10s %10s %7s\n", "vendor", "seeds", "simulated h", "faults", "commands", "answered", "failed")
	for _, t := range append(tallies, all) {
		fmt.Fprintf(w, "%-8s %8d %12.1f %9d %10d %10d %7d\n", t.Name, t.Seeds, t.Simulated.Hours(), t.Faults, t.Calls, t.Answered, len(t.Failed))
	}
	fmt.Fprintf(w, "%.1f s: %.0f seeds, %.1f simulated hours and %.0f faults a second\n", took.Seconds(),
		float64(all.Seeds)/took.Seconds(), all.Simulated.Hours()/took.Seconds(), float64(all.Faults)/took.Seconds())
	for i, t := range tallies {
		told := min(len(t.Failed), 3)
		for _, r := range t.Failed[:told] {
			reportFailure(w, loads[i], r, o)
		}
		for _, r := range t.Failed[told:] {
			fmt.Fprintf(w, "%s, seed %d: %v\n", t.Name, r.Script.Seed, r.Violations[0])
		}
	}
	return len(all.Failed) == 0
}

// reportFailure prints one failure, minimised.
func reportFailure(w io.Writer, load *Workload, r Result, o Options) {
	fmt.Fprintf(w, "\n%s, seed %d: %v\n", load.Name, r.Script.Seed, r.Violations[0])
	script, violations := Minimise(r.Script, load, o, o.Patience)
	if len(violations) == 0 {
		fmt.Fprintln(w, "played again, it does not fail: it is not deterministic")
		return
	}
	fmt.Fprintf(w, "%d acts are enough for\n  %v\n", len(script.Acts), violations[0])
	for _, a := range script.Acts {
		fmt.Fprintf(w, "    %v\n", a)
	}
	fmt.Fprintf(w, "play again with\n  make simulate VENDOR=%s FIRST=%d SEEDS=1\n", load.Name, script.Seed)
	fmt.Fprintf(w, "  make simulate VENDOR=%s FIRST=%d ACTS='%s'\n", load.Name, script.Seed, strings.ReplaceAll(script.String(), "\n", "; "))
}
