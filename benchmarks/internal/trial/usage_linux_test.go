package trial

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCPU(t *testing.T) {
	before, began := CPU(), time.Now()
	for CPU()-before < 20*time.Millisecond {
		if time.Since(began) > 30*time.Second {
			t.Fatal("burning does not count")
		}
	}
}

func TestResident(t *testing.T) {
	before, err := Resident()
	require.NoError(t, err)
	memory := make([]byte, 64<<20)
	for i := range memory {
		memory[i] = 1
	}
	after, err := Resident()
	require.NoError(t, err)
	require.Greater(t, after, before+32<<20)
	require.Equal(t, byte(1), memory[len(memory)-1])
}
