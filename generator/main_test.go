package generator_test

import (
	"fmt"
	"os"
	"testing"
)

// TestMain leaves all out under the race detector, which has nothing to say about
// what runs in one goroutine, and would make it take ten times as long. `make test`
// runs the package once more without it.
func TestMain(m *testing.M) {
	if raceEnabled {
		fmt.Println("generator: its tests run without the race detector")
		return
	}
	os.Exit(m.Run())
}
