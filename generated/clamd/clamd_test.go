package clamd_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/clamd"
	"github.com/linewright/linewright/generated/internal/lab"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestDaemonItself(t *testing.T) {
	t.Parallel()
	c := startDaemon(t, "").dial()
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Ping(ctx))
	version, err := c.Version(ctx)
	require.NoError(t, err)
	require.NotEmpty(t, version.Version)
	commands, err := c.VersionCommands(ctx)
	require.NoError(t, err)
	require.Equal(t, version.Version, commands.Version)
	require.Subset(t, commands.Commands, []string{"SCAN", "CONTSCAN", "MULTISCAN", "ALLMATCHSCAN", "INSTREAM"})
	statistics, err := c.Statistics(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, statistics.Pools)
	require.Equal(t, "VALID PRIMARY", statistics.State)
	require.Positive(t, statistics.Live)
	require.True(t, strings.HasSuffix(statistics.Text, "\nEND"))
	require.NoError(t, c.Reload(ctx))
	require.Greater(t, c.Stats().Links, uint64(5), "each command has a connection of its own")
}

func TestScan(t *testing.T) {
	t.Parallel()
	d := startDaemon(t, "")
	c, ctx := d.dial(), lab.Within(t, 20*time.Second)
	good, bad := d.write("files/good", "harmless"), d.write("files/bad", evil)
	reply, err := c.Scan(ctx, good)
	require.NoError(t, err)
	require.Equal(t, &clamd.Clean{Path: good}, reply)
	for _, path := range []string{bad, d.dir + "/files"} {
		reply, err = c.Scan(ctx, path)
		require.NoError(t, err)
		found := reply.(*clamd.Found)
		require.Equal(t, bad, found.Path)
		require.Contains(t, found.Signature, "Lab.")
	}
	for _, path := range []string{d.dir + "/none", "relative", strings.Repeat("x", 4096)} {
		_, err = c.Scan(ctx, path)
		var failure *clamd.Failure
		require.ErrorAs(t, err, &failure)
		require.Contains(t, failure.Text, "File path check failure")
	}
	_, err = c.Scan(ctx, "a\x00zSHUTDOWN")
	require.Error(t, err, "what ends a command cannot be in it")
	require.NoError(t, c.Ping(ctx))
}

func TestScanData(t *testing.T) {
	t.Parallel()
	d := startDaemon(t, "StreamMaxLength 1M")
	c, ctx := d.dial(), lab.Within(t, 20*time.Second)
	for name, data := range map[string]string{
		"clean": "hello", "empty": "", "looks like a command": "zPING\x00", "half": strings.Repeat("\x00", 512<<10),
	} {
		reply, err := c.ScanData(ctx, []byte(data))
		require.NoError(t, err, name)
		require.Equal(t, &clamd.Clean{Path: "stream"}, reply, name)
	}
	reply, err := c.ScanData(ctx, []byte("there is "+evil))
	require.NoError(t, err)
	require.Equal(t, &clamd.Found{Path: "stream", Signature: "Lab.Part.UNOFFICIAL"}, reply)
	_, err = c.ScanData(ctx, make([]byte, 1<<20+1))
	require.Error(t, err, "it is too much")
	require.NoError(t, c.Ping(ctx))
}

// TestMany: callers wait for each other, and each gets its own answer.
func TestMany(t *testing.T) {
	t.Parallel()
	c := startDaemon(t, "").dial()
	var wg sync.WaitGroup
	for caller := range 8 {
		wg.Go(func() {
			data, want := "good", "stream"
			if caller%2 == 1 {
				data, want = evil, "Lab."
			}
			for range 5 {
				reply, err := c.ScanData(t.Context(), []byte(data))
				found, bad := reply.(*clamd.Found)
				if err != nil || bad != (data == evil) || bad && !strings.HasPrefix(found.Signature, want) {
					t.Errorf("%q: %v, %v", data, reply, err)
				}
			}
		})
	}
	wg.Wait()
}

// TestEnd: the daemon ends, and a command that comes then waits for the next one.
func TestEnd(t *testing.T) {
	t.Parallel()
	d := startDaemon(t, "")
	c, ctx := d.dial(), lab.Within(t, 20*time.Second)
	require.NoError(t, c.EndDaemon(ctx))
	for {
		if _, err := d.Line(ctx); err != nil {
			require.NoError(t, ctx.Err(), "it goes on")
			break
		}
	}
	d.start()
	require.NoError(t, c.Ping(ctx))
	d.Kill()
	d.start()
	require.NoError(t, c.Ping(ctx), "there was no link to be lost")
}
