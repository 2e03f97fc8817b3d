//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReplaceRefusesWhatMayNotBeWritten: the file would go, and its folder allows
// that, but its owner has said no.
func TestReplaceRefusesWhatMayNotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everything")
	}
	name := filepath.Join(t.TempDir(), "a.yaml")
	require.NoError(t, os.WriteFile(name, []byte("a"), 0o444))
	require.ErrorContains(t, replaceFile(name, []byte("b")), "permission denied")
	require.Equal(t, "a", contents(t, name))

	folder := t.TempDir()
	name = filepath.Join(folder, "a.yaml")
	require.NoError(t, os.WriteFile(name, []byte("a"), 0o644))
	require.NoError(t, os.Chmod(folder, 0o555))
	require.Error(t, replaceFile(name, []byte("b")))
	require.Equal(t, "a", contents(t, name))
}

func contents(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(data)
}

// TestReplaceIsWholeWhenInterrupted: a signal in the middle of it waits.
func TestReplaceIsWholeWhenInterrupted(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "a.yaml")
	require.NoError(t, os.WriteFile(name, []byte("a"), 0o644))
	write := func() error {
		return whole(name, func(ctx context.Context) error {
			require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGINT))
			<-ctx.Done()
			return replace(name, []byte("b"))
		})
	}
	require.ErrorIs(t, write(), interruption{syscall.SIGINT})
	require.Equal(t, "b", contents(t, name))
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}
