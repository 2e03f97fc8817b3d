package simulate_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSameSeedSameHistory(t *testing.T) {
	hashes := map[uint64]bool{}
	for name, in := range shelters {
		for seed := range 10 {
			told := blow(t, in, seed, false)
			again := blow(t, in, seed, true)
			require.Equal(t, told.Hash(), again.Hash(), "%s, seed %d", name, seed)
			require.NotEmpty(t, told.Trace())
			require.Empty(t, again.Trace(), "Quiet keeps the hash only")
			require.False(t, hashes[told.Hash()])
			hashes[told.Hash()] = true
		}
	}
}
