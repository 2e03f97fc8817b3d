package clamd_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/clamd"
	"github.com/linewright/linewright/generated/internal/lab"
)

// signatures are what was found, by file; a file that could not be read has none.
func signatures[T any](t *testing.T, items []T, err error) map[string][]string {
	t.Helper()
	require.NoError(t, err)
	found := map[string][]string{}
	for _, item := range items {
		switch m := any(item).(type) {
		case *clamd.Found:
			found[m.Path] = append(found[m.Path], m.Signature)
		case *clamd.Clean:
			found[m.Path] = nil
		case *clamd.Unreadable:
			found[m.Text] = nil
		}
	}
	return found
}

// TestFolders: all that the daemon tells until it closes the connection.
func TestFolders(t *testing.T) {
	t.Parallel()
	d := startDaemon(t, "")
	c, ctx := d.dial(), lab.Within(t, 20*time.Second)
	clean := d.write("files/clean", "harmless")
	bad := map[string][]string{}
	for n := range 200 {
		bad[d.write(fmt.Sprintf("files/%d/bad", n), evil)] = []string{"Lab.Part.UNOFFICIAL"}
	}
	for name, scan := range map[string]func(path string) map[string][]string{
		"one after the other": func(path string) map[string][]string {
			items, err := c.ScanOn(ctx, path)
			return signatures(t, items, err)
		},
		"at once": func(path string) map[string][]string {
			items, err := c.ScanParallel(ctx, path)
			return signatures(t, items, err)
		},
	} {
		require.Equal(t, bad, scan(d.dir+"/files"), name)
		require.Equal(t, map[string][]string{clean: nil}, scan(clean), name)
		require.Equal(t, map[string][]string{"/none: File path check failure: No such file or directory.": nil}, scan("/none"), name)
	}
	one := d.dir + "/files/0/bad"
	items, err := c.ScanAllMatches(ctx, one)
	matches := signatures(t, items, err)
	require.Len(t, matches, 1)
	require.Subset(t, matches[one], []string{"Lab.Part.UNOFFICIAL", "Lab.Whole.UNOFFICIAL"})
	require.NoError(t, c.Ping(ctx))
}

// TestNotAllowed: a daemon that is set up not to do it says so.
func TestNotAllowed(t *testing.T) {
	t.Parallel()
	d := startDaemon(t, "AllowAllMatchScan no")
	c, ctx := d.dial(), lab.Within(t, 20*time.Second)
	items, err := c.ScanAllMatches(ctx, d.write("files/bad", evil))
	require.NoError(t, err)
	require.Len(t, items, 1)
	require.Contains(t, items[0].(*clamd.Unreadable).Text, "ALLMATCHSCAN")
	require.NoError(t, c.Ping(ctx))
}

// TestGivenUp: who gives up waiting leaves nothing behind.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	d := startDaemon(t, "")
	c := d.dial()
	path := d.write("files/bad", evil)
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		_, err := c.ScanOn(ctx, path)
		cancel()
		if err != nil {
			require.ErrorIs(t, err, context.DeadlineExceeded)
		}
	}
	items, err := c.ScanOn(lab.Within(t, 20*time.Second), path)
	require.NoError(t, err)
	require.Len(t, items, 1)
}
