package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDials: acme waits 0.25, 0.5, 1, 2, 4, 8, 15, 15 … seconds at least.
func TestDials(t *testing.T) {
	for within, want := range map[time.Duration]uint64{
		0: 1, 249 * time.Millisecond: 1, 250 * time.Millisecond: 2, 3749 * time.Millisecond: 4, 3750 * time.Millisecond: 5,
		15750 * time.Millisecond: 7, time.Minute: 9,
	} {
		require.Equal(t, want, acmeVendor.dials(within), within)
	}
}

func TestBounds(t *testing.T) {
	require.Equal(t, 15*time.Second, acmeVendor.bound())
	require.Equal(t, 15*time.Second, redisVendor.bound())
	require.Equal(t, 30*time.Second, natsVendor.bound())
}
