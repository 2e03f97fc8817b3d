package handmade

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/simulate/storm"
)

func TestTry(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("N"))
	for _, w := range Workloads() {
		start := time.Now()
		bad := map[string]int{}
		first := map[string]string{}
		var sim time.Duration
		faults, calls := 0, 0
		f, _ := strconv.Atoi(os.Getenv("F"))
		for seed := uint64(f); seed < uint64(f+n); seed++ {
			if os.Getenv("P") != "" { println(w.Name, seed) }
			r := storm.Run(storm.Make(seed, w), w, storm.Options{})
			sim += r.Simulated
			faults += r.Faults
			calls += r.Calls
			for _, v := range r.Violations {
				bad[v.Rule]++
				if first[v.Rule] == "" {
					first[v.Rule] = strconv.Itoa(int(seed)) + ": " + v.String()
				}
			}
		}
		t.Log(w.Name, n, "seeds", time.Since(start), "simulated", sim, "faults", faults, "calls", calls)
		for k, v := range bad {
			t.Error(k, v, first[k])
		}
	}
}
