//go:build amd64 || arm64

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A signal in the middle of a write leaves what was before, or what was to be, of all
// that belongs together, and nothing beside it; and then the process ends by it.
func TestSignalWhileWriting(t *testing.T) {
	for _, line := range each(func(h habit) []string { return h.writes }) {
		t.Run(line, func(t *testing.T) {
			dir := playground(t)
			before := tree(t, dir)
			calls, end, said := trace(t, line, 0, 0)
			require.Zero(t, end.ExitStatus(), said)
			after := tree(t, dir)
			require.NotEmpty(t, differing(before, after), "nothing was written")
			at := moments(calls)
			require.GreaterOrEqual(t, len(at), 2, "%v", calls)
			for i, n := range at {
				restore(t, dir, before)
				by := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}[i%2]
				_, end, said := trace(t, line, n, by)
				require.True(t, end.Signaled(), "%s %d: %s", calls[n-1], n, said)
				assert.Equal(t, by, end.Signal(), said)
				assert.Regexp(t, `^linewright: interrupted(: nothing is written)?\n$`, said, "%s %d", calls[n-1], n)
				wholly(t, line, before, after, tree(t, dir))
			}
		})
	}
}

// wholly: all is as it was, or all is as it was to be; documents that fmt writes do
// not belong together.
func wholly(t *testing.T, line string, before, after, now map[string]string) {
	t.Helper()
	want := before
	for name, text := range now {
		if before[name] != text {
			want = after
		}
	}
	if strings.HasPrefix(line, "fmt") {
		want = map[string]string{}
		for name, text := range before {
			if want[name] = text; now[name] == after[name] {
				want[name] = after[name]
			}
		}
	}
	require.Empty(t, differing(want, now))
}

// restore makes a folder hold what it held before.
func restore(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "out")))
	for name, text := range files {
		if !strings.HasPrefix(name, "out/") || text == "folder" {
			continue
		}
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
}
