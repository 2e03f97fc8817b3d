package storms

import (
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/simulate/storm"
)

var (
	seeds = flag.Int("seeds", 30, "how many seeds, over all workloads")
	first = flag.Uint64("first", 0, "the first seed")
)

// TestStorms is a short form of `make simulate`.
func TestStorms(t *testing.T) {
	start, loads := time.Now(), Workloads()
	tallies := storm.Campaign(loads, *first, *seeds, storm.Options{})
	var report strings.Builder
	ok := storm.Report(&report, loads, tallies, storm.Options{Patience: 10 * time.Second}, time.Since(start))
	t.Log("\n" + report.String())
	require.True(t, ok)
}

// TestStormsAreNoWasteland: in spite of all, many commands are answered, on many
// links, and the server's errors are among the answers.
func TestStormsAreNoWasteland(t *testing.T) {
	if raced {
		t.Skip("runs without the race detector")
	}
	loads := Workloads()
	for _, tally := range storm.Campaign(loads, 1000, 10*len(loads), storm.Options{}) {
		t.Logf("%s: %d of %d commands answered, %d faults", tally.Name, tally.Answered, tally.Calls, tally.Faults)
		require.Greater(t, tally.Answered, tally.Calls/4, tally.Name)
		require.Greater(t, tally.Faults, 15*tally.Seeds, tally.Name)
	}
}
