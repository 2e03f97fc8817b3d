package storms

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/simulate/storm"
)

// hashes has the hash of some seeds of every workload, one a line.
func hashes(o storm.Options) string {
	var b strings.Builder
	for _, load := range Workloads() {
		for seed := range uint64(3) {
			fmt.Fprintf(&b, "hash %s %d %016x\n", load.Name, seed, storm.Run(storm.Make(seed, load), load, o).Hash)
		}
	}
	return b.String()
}

// TestSameSeedSameHistory: in this process, told or not, and in others. The race
// detector sees such storms in TestStorms.
func TestSameSeedSameHistory(t *testing.T) {
	if raced {
		t.Skip("runs without the race detector")
	}
	want := hashes(storm.Options{})
	require.Equal(t, want, hashes(storm.Options{Story: true}), "the story makes no difference")
	if os.Getenv("STORMS_HASHES") != "" {
		fmt.Print(want)
		return
	}
	lines := strings.Split(strings.TrimSpace(want), "\n")
	different := map[string]bool{}
	for _, line := range lines {
		different[strings.Fields(line)[3]] = true
	}
	require.Len(t, different, len(lines), "different seeds differ")
	for range 2 {
		other := exec.Command(os.Args[0], "-test.run=^TestSameSeedSameHistory$")
		other.Env = append(os.Environ(), "STORMS_HASHES=1")
		out, err := other.CombinedOutput()
		require.NoError(t, err, "%s", out)
		require.Contains(t, string(out), want)
	}
}

// TestScriptsPlayAgainFromTheirText: what a failure prints is all that it takes.
func TestScriptsPlayAgainFromTheirText(t *testing.T) {
	for _, load := range Workloads() {
		script := storm.Make(7, load)
		again, err := storm.ParseScript(7, strings.ReplaceAll(script.String(), "\n", "; "))
		require.NoError(t, err)
		require.Equal(t, storm.Run(script, load, storm.Options{}).Hash, storm.Run(again, load, storm.Options{}).Hash, load.Name)
	}
}
