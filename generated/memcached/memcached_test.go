package memcached_test

import (
	"bytes"
	"crypto/tls"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/memcached"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noParams is for a server without authentication.
var noParams memcached.Params

func TestStoreAndFetch(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)

	_, found, err := c.Get(ctx, "k")
	require.NoError(t, err)
	require.False(t, found)
	require.NoError(t, c.Set(ctx, "k", 7, 0, []byte("a\r\nbc")))
	value, found, err := c.Get(ctx, "k")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, memcached.Value{Key: "k", Flags: 7, Data: []byte("a\r\nbc")}, value)
	value, found, err = c.Gets(ctx, "k")
	require.NoError(t, err)
	require.True(t, found)
	require.True(t, value.Cas.Set)

	for name, store := range map[string]func() (bool, error){
		"add where there is one":      func() (bool, error) { return c.Add(ctx, "k", 0, 0, []byte("x")) },
		"replace where there is none": func() (bool, error) { return c.Replace(ctx, "l", 0, 0, []byte("x")) },
		"append where there is none":  func() (bool, error) { return c.Append(ctx, "l", []byte("x")) },
		"prepend where there is none": func() (bool, error) { return c.Prepend(ctx, "l", []byte("x")) },
		"cas where there is none":     func() (bool, error) { return c.Cas(ctx, "l", 0, 0, 1, []byte("x")) },
		"touch where there is none":   func() (bool, error) { return c.Touch(ctx, "l", 60) },
		"delete where there is none":  func() (bool, error) { return c.Delete(ctx, "l") },
	} {
		ok, err := store()
		require.NoError(t, err, name)
		require.False(t, ok, name)
	}
	for name, store := range map[string]func() (bool, error){
		"add":     func() (bool, error) { return c.Add(ctx, "added", 1, 0, []byte("x")) },
		"replace": func() (bool, error) { return c.Replace(ctx, "k", 8, 0, []byte("m")) },
		"touch":   func() (bool, error) { return c.Touch(ctx, "k", 60) },
	} {
		ok, err := store()
		require.NoError(t, err, name)
		require.True(t, ok, name)
	}
	ok, err := c.Append(ctx, "k", []byte("\r\nEND"))
	require.NoError(t, err)
	require.True(t, ok)
	ok, err = c.Prepend(ctx, "k", []byte("<"))
	require.NoError(t, err)
	require.True(t, ok)
	value, _, err = c.Get(ctx, "k")
	require.NoError(t, err)
	require.Equal(t, "<m\r\nEND", string(value.Data))
	require.EqualValues(t, 8, value.Flags)
	ok, err = c.Delete(ctx, "k")
	require.NoError(t, err)
	require.True(t, ok)
}

func TestCompareAndSwap(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Set(ctx, "k", 0, 0, []byte("1")))
	value, _, err := c.Gets(ctx, "k")
	require.NoError(t, err)
	ok, err := c.Cas(ctx, "k", 0, 0, value.Cas.Value, []byte("2"))
	require.NoError(t, err)
	require.True(t, ok)
	_, err = c.Cas(ctx, "k", 0, 0, value.Cas.Value, []byte("3"))
	var exists *memcached.Exists
	require.ErrorAs(t, err, &exists, "somebody was faster")
	value, _, err = c.Get(ctx, "k")
	require.NoError(t, err)
	require.Equal(t, "2", string(value.Data))
}

func TestManyKeys(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	for _, key := range []string{"a", "b"} {
		require.NoError(t, c.Set(ctx, key, 0, 0, []byte("END\r\n"+key)))
	}
	values, err := c.GetMany(ctx, []string{"a", "none", "b"})
	require.NoError(t, err)
	require.Equal(t, []memcached.Item{{Key: "a", Data: []byte("END\r\na")}, {Key: "b", Data: []byte("END\r\nb")}}, values.Items)
	values, err = c.GetMany(ctx, []string{"none"})
	require.NoError(t, err)
	require.Empty(t, values.Items)
	values, err = c.GetsMany(ctx, []string{"a", "b"})
	require.NoError(t, err)
	require.Len(t, values.Items, 2)
	require.NotEqual(t, values.Items[0].Cas.Value, values.Items[1].Cas.Value)
	values, err = c.GatMany(ctx, -1, []string{"a", "b"})
	require.NoError(t, err)
	require.Len(t, values.Items, 2)
	values, err = c.GetMany(ctx, []string{"a", "b"})
	require.NoError(t, err)
	require.Empty(t, values.Items, "expired at once")
}

func TestGetAndTouch(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Set(ctx, "k", 0, 0, []byte("v")))
	for name, get := range map[string]func() (memcached.Value, bool, error){
		"gets": func() (memcached.Value, bool, error) { return c.Gets(ctx, "none") },
		"gats": func() (memcached.Value, bool, error) { return c.Gats(ctx, 100, "none") },
	} {
		_, found, err := get()
		require.NoError(t, err, name)
		require.False(t, found, name)
	}
	value, found, err := c.Gats(ctx, 100, "k")
	require.NoError(t, err)
	require.True(t, found)
	require.True(t, value.Cas.Set)
	value, found, err = c.Gat(ctx, -1, "k")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "v", string(value.Data))
	_, found, err = c.Gat(ctx, 100, "k")
	require.NoError(t, err)
	require.False(t, found, "it expired at once")
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	_, found, err := c.Incr(ctx, "n", 1)
	require.NoError(t, err)
	require.False(t, found)
	_, found, err = c.Decr(ctx, "n", 1)
	require.NoError(t, err)
	require.False(t, found)

	require.NoError(t, c.Set(ctx, "n", 0, 0, []byte("18446744073709551614")))
	n, found, err := c.Incr(ctx, "n", 3)
	require.NoError(t, err)
	require.True(t, found)
	require.EqualValues(t, 1, n.Value, "it wraps around")
	n, found, err = c.Decr(ctx, "n", 5)
	require.NoError(t, err)
	require.True(t, found)
	require.Zero(t, n.Value, "it stops at 0")
}

func TestServerCommands(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	version, err := c.Version(ctx)
	require.NoError(t, err)
	require.Regexp(t, `^\d+\.\d+`, version.Version)
	require.NoError(t, c.Noop(ctx))
	require.NoError(t, c.Verbosity(ctx, 1))
	require.NoError(t, c.CacheMemlimit(ctx, 32))
	figure := func(statistics memcached.Statistics, name string) string {
		for _, f := range statistics.Figures {
			if f.Name == name {
				return f.Value
			}
		}
		return "none of that name"
	}

	require.NoError(t, c.Set(ctx, "k", 0, 0, []byte("v")))
	statistics, err := c.Statistics(ctx)
	require.NoError(t, err)
	require.Equal(t, version.Version, figure(statistics, "version"))
	require.Equal(t, "1", figure(statistics, "cmd_set"))
	require.NoError(t, c.ResetStatistics(ctx))
	statistics, err = c.Statistics(ctx)
	require.NoError(t, err)
	require.Equal(t, "0", figure(statistics, "cmd_set"))
	for of, name := range map[memcached.StatisticsOf]string{
		memcached.StatisticsOfSettings: "maxconns",
		memcached.StatisticsOfItems:    "items:1:number",
		memcached.StatisticsOfSlabs:    "active_slabs",
		memcached.StatisticsOfSizes:    "sizes_status",
		memcached.StatisticsOfConns:    "",
	} {
		statistics, err = c.StatisticsOf(ctx, of)
		require.NoError(t, err, of)
		if name != "" {
			require.NotEqual(t, "none of that name", figure(statistics, name), of)
		} else {
			require.NotEmpty(t, statistics.Figures, of)
		}
	}

	require.NoError(t, c.FlushAll(ctx, memcached.Some[uint32](3600)))
	require.NoError(t, c.FlushAll(ctx, memcached.Optional[uint32]{}))
	require.EqualValues(t, 1, c.Stats().Links)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Set(ctx, "k", 0, 0, []byte("no number")))
	_, _, err := c.Incr(ctx, "k", 1)
	var wrong *memcached.ClientError
	require.ErrorAs(t, err, &wrong)
	require.Contains(t, wrong.Text, "non-numeric")
	require.False(t, wrong.Temporary())
	err = c.Set(ctx, "k", 0, 0, make([]byte, 2<<20))
	var large *memcached.TooLarge
	require.ErrorAs(t, err, &large)
	require.NoError(t, c.Noop(ctx), "the server skipped the data")
	require.EqualValues(t, 1, c.Stats().Links)

	for name, key := range map[string]string{
		"a blank": "a b", "two commands": "a\r\nflush_all", "too long": strings.Repeat("x", 251), "nothing": "",
	} {
		_, _, err := c.Get(ctx, key)
		var e *memcached.Error
		require.ErrorAs(t, err, &e, name)
		require.Equal(t, memcached.NotSent, e.Fate, name)
	}

	_, err = c.GetMany(ctx, nil)
	var unknown *memcached.UnknownCommand
	require.ErrorAs(t, err, &unknown, "a get of nothing")
	require.NoError(t, c.Noop(ctx))
	require.EqualValues(t, 2, c.Stats().Links, "it begins anew")
}

func TestValuesAreBytes(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, value := range map[string][]byte{
		"every byte":   every,
		"empty":        {},
		"an end":       []byte("END\r\n"),
		"another item": []byte("\r\nVALUE k 0 1\r\nx\r\nEND"),
		"a command":    []byte("\r\nflush_all\r\n"),
		"large":        bytes.Repeat([]byte("\r\nEND"), 40_000),
	} {
		require.NoError(t, c.Set(ctx, "k", 0, 0, value), name)
		got, found, err := c.Get(ctx, "k")
		require.NoError(t, err, name)
		require.True(t, found, name)
		require.True(t, bytes.Equal(value, got.Data), name)
		values, err := c.GetMany(ctx, []string{"k"})
		require.NoError(t, err, name)
		require.True(t, bytes.Equal(value, values.Items[0].Data), name)
	}
}

func TestLogin(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "users")
	require.NoError(t, os.WriteFile(file, []byte("eve:s3cret\n"), 0o600))
	s := startServer(t, "-Y", file)
	c := s.dial(memcached.Params{User: "eve", Password: "s3cret"})
	require.NoError(t, c.Set(lab.Within(t, 20*time.Second), "k", 0, 0, []byte("v")))

	for name, params := range map[string]memcached.Params{
		"wrong password": {User: "eve", Password: "guess"},
		"no password":    {},
	} {
		_, err := memcached.Dial(lab.Within(t, 20*time.Second), s.address, params)
		require.ErrorIs(t, err, memcached.ErrRefused, name)
		require.NotContains(t, err.Error(), "guess")
	}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	cert, key, roots := lab.Certificate(t)
	s := startServer(t, "-Z", "-o", "ssl_chain_cert="+cert+",ssl_key="+key)
	c := s.dial(noParams, memcached.WithTLS(&tls.Config{RootCAs: roots}))
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Set(ctx, "k", 0, 0, []byte("in private")))
	value, found, err := c.Get(ctx, "k")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "in private", string(value.Data))

	_, err = memcached.Dial(lab.Within(t, 20*time.Second), s.address, noParams, memcached.WithTLS(&tls.Config{}))
	require.ErrorIs(t, err, memcached.ErrRefused, "a certificate that nobody signed")
}

// TestHeartbeat runs past the server's own idea of idle: it closes a connection
// without a heartbeat, and keeps ours.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	s := startServer(t, "-o", "idle_timeout=1")
	beats := make(lab.Heartbeats, 100)
	c := s.quick(beats.Option())
	idle := lab.Silent(t, s.address)
	beats.Await(t, 3)
	t.Logf("the server closed an idle connection after %v (its timeout: 1s)", idle())
	require.EqualValues(t, 1, c.Stats().Links, "no reconnect")
	require.True(t, c.State().Up())
}

// TestRestart kills the server: what is not sent stays so, and the client is
// back after the restart.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial(noParams)
	require.NoError(t, c.Set(lab.Within(t, 20*time.Second), "k", 0, 0, []byte("v")))
	link := lab.AwaitReady(t, c.States, 0).Link
	s.Kill()
	lab.AwaitLoss(t, c.States, link)
	s.start()
	lab.AwaitReady(t, c.States, link)
	_, found, err := c.Get(lab.Within(t, 20*time.Second), "k")
	require.NoError(t, err)
	require.False(t, found, "a new server, with nothing in it")
}

func TestManyCallersOnOneLink(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 60*time.Second)
	require.NoError(t, c.Set(ctx, "n", 0, 0, []byte("0")))
	const callers, each = 32, 100
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			last := uint64(0)
			for range each {
				n, _, err := c.Incr(ctx, "n", 1)
				if err != nil || n.Value <= last {
					t.Errorf("%d after %d: %v", n.Value, last, err)
					return
				}
				last = n.Value
			}
		})
	}
	wg.Wait()
	value, _, err := c.Get(ctx, "n")
	require.NoError(t, err)
	require.Equal(t, "3200", string(value.Data), "none lost, none repeated")
	require.EqualValues(t, 1, c.Stats().Links)
}

func TestShutdown(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Noop(ctx))
	require.NoError(t, c.Shutdown(ctx), "the server ends the connection after quit")
}
