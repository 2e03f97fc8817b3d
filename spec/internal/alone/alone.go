// Package alone marks tests that the race detector has nothing to say about: they
// run in one goroutine, for long, and would take ten times as long under it.
package alone

import "testing"

// Skip leaves such a test out under the race detector. `make test` runs the
// packages of the language and the generator once more without it.
func Skip(t testing.TB) {
	t.Helper()
	if race {
		t.Skip("runs without the race detector")
	}
}
