package storms

import (
	"flag"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/linewright/linewright/runtime/simulate/check"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

var lives = flag.Int("live", 3, "how many seeds each workload runs under the goroutine driver")

// TestLive: the same scripts under the goroutine driver, in virtual time,
// judged by the same rules.
func TestLive(t *testing.T) {
	for _, load := range Workloads() {
		for i := range *lives {
			seed := *first + uint64(i)
			t.Run(fmt.Sprintf("%s/%d", load.Name, seed), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					for _, v := range check.History(storm.Live(storm.Make(seed, load), load)) {
						t.Error(v)
					}
				})
			})
		}
	}
}
