package trial

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
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
	memory, err := unix.Mmap(-1, 0, 64<<20, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_POPULATE)
	require.NoError(t, err)
	after, err := Resident()
	require.NoError(t, err)
	require.NoError(t, unix.Munmap(memory))
	require.Greater(t, after, before+32<<20)
}
