//go:build race

package wire

// raceEnabled: under the race detector sync.Pool, which the standard library's
// JSON check uses, forgets at random, so that allocations mean nothing.
const raceEnabled = true
