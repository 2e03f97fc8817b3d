// Package alone leaves tests out that the race detector has nothing to say about:
// they run in one goroutine, for long, and would take ten times as long under it.
// `make test` runs their packages without it, too, or only without it.
package alone

import (
	"fmt"
	"os"
	"testing"
)

// Skip leaves a test out under the race detector.
func Skip(t testing.TB) {
	t.Helper()
	if race {
		t.Skip("runs without the race detector")
	}
}

// Run is what a TestMain calls where that holds for all tests of a package.
func Run(m *testing.M) {
	if race {
		fmt.Println("these tests run without the race detector")
		return
	}
	os.Exit(m.Run())
}
