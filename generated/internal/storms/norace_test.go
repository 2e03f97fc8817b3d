//go:build !race

package storms

// raced: the race detector looks on.
const raced = false
