package redis_test

import (
	"bytes"
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCommands(t *testing.T) {
	c := startServer(t).dial(redis.Params{})
	ctx := lab.Within(t, 20*time.Second)

	require.NoError(t, c.Ping(ctx))

	_, found, err := c.Get(ctx, []byte("nobody"))
	require.NoError(t, err)
	require.False(t, found, "the null reply")

	require.NoError(t, c.Set(ctx, []byte("k"), []byte("v")))
	value, found, err := c.Get(ctx, []byte("k"))
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "v", string(value.Data))

	for want := int64(1); want <= 3; want++ {
		n, err := c.Incr(ctx, []byte("n"))
		require.NoError(t, err)
		require.Equal(t, want, n.Value)
	}
	n, err := c.Del(ctx, [][]byte{[]byte("k"), []byte("n"), []byte("nobody")})
	require.NoError(t, err)
	require.EqualValues(t, 2, n.Value)
}

func TestServerErrors(t *testing.T) {
	c := startServer(t).dial(redis.Params{})
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Set(ctx, []byte("k"), []byte("not a number")))
	_, err := c.Incr(ctx, []byte("k"))
	var failed *redis.ServerError
	require.ErrorAs(t, err, &failed)
	require.Equal(t, "ERR", failed.Code)
	require.Contains(t, failed.Text.Value, "not an integer")
	require.False(t, failed.Temporary())

	_, err = c.Del(ctx, nil)
	require.ErrorAs(t, err, &failed, "DEL of nothing")
	require.NoError(t, c.Ping(ctx), "the link is well after an error")
	require.EqualValues(t, 1, c.Stats().Links)
}

func TestValuesAreBytes(t *testing.T) {
	c := startServer(t).dial(redis.Params{})
	ctx := lab.Within(t, 20*time.Second)
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, value := range map[string][]byte{
		"every byte":           every,
		"empty":                {},
		"an ok":                []byte("+OK\r\n"),
		"a null":               []byte("$-1\r\n"),
		"an error and a value": []byte("-ERR no\r\n$3\r\nabc\r\n"),
		"a command":            []byte("*1\r\n$8\r\nFLUSHALL\r\n"),
		"line ends":            []byte("\r\n\r\n\n\r"),
		"a megabyte":           bytes.Repeat([]byte("\r\n$-1"), 200_000),
	} {
		key := append([]byte("key of\r\n"), name...)
		require.NoError(t, c.Set(ctx, key, value), name)
		got, found, err := c.Get(ctx, key)
		require.NoError(t, err, name)
		require.True(t, found, name)
		require.True(t, bytes.Equal(value, got.Data), name)
	}
}

func TestTooLongIsNotSent(t *testing.T) {
	c := startServer(t).dial(redis.Params{})
	err := c.Set(lab.Within(t, 20*time.Second), []byte("k"), make([]byte, 65<<20))
	var e *redis.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, redis.NotSent, e.Fate)
	require.NoError(t, c.Ping(lab.Within(t, 20*time.Second)))
}

func TestLogin(t *testing.T) {
	s := startServer(t, "--requirepass", "s3cret")
	c := s.dial(redis.Params{Password: []byte("s3cret")})
	require.NoError(t, c.Set(lab.Within(t, 20*time.Second), []byte("k"), []byte("v")))

	for name, params := range map[string]redis.Params{
		"wrong password": {Password: []byte("guess")},
		"no password":    {},
	} {
		_, err := redis.Dial(lab.Within(t, 20*time.Second), s.address, params)
		require.ErrorIs(t, err, redis.ErrRefused, name)
		require.NotContains(t, err.Error(), "guess")
	}
}

// TestIdleTimeoutIsBeaten runs past the server's own idea of idle: it closes a
// connection without a heartbeat, and keeps ours.
func TestIdleTimeoutIsBeaten(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--timeout", "2")
	c := s.quick()
	lab.AwaitReady(t, c.States, 0)
	links := c.Stats().Links

	idle, err := net.Dial("tcp", s.address)
	require.NoError(t, err)
	defer idle.Close()
	start := time.Now()
	require.NoError(t, idle.SetReadDeadline(start.Add(20*time.Second)))
	_, err = idle.Read(make([]byte, 1))
	t.Logf("the server closed an idle connection after %v (its timeout: 2s): %v", time.Since(start).Round(time.Millisecond), err)
	require.NotErrorIs(t, err, context.DeadlineExceeded)
	require.Equal(t, links, c.Stats().Links, "no reconnect")
	require.True(t, c.State().Up())
}

func TestManyCallersOnOneLink(t *testing.T) {
	c := startServer(t).dial(redis.Params{})
	ctx := lab.Within(t, 60*time.Second)
	const callers, each = 64, 200
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			last := int64(0)
			for range each {
				n, err := c.Incr(ctx, []byte("n"))
				if err != nil || n.Value <= last {
					t.Errorf("%d after %d: %v", n.Value, last, err)
					return
				}
				last = n.Value
			}
		})
	}
	wg.Wait()
	n, err := c.Incr(ctx, []byte("n"))
	require.NoError(t, err)
	require.EqualValues(t, callers*each+1, n.Value, "none lost, none repeated")
	require.EqualValues(t, 1, c.Stats().Links)
}

// TestRestart kills the server under load: it is noticed, commands get their
// fates, and the client is back after the restart.
func TestRestart(t *testing.T) {
	s := startServer(t)
	c := s.dial(redis.Params{})
	link := lab.AwaitReady(t, c.States, 0).Link
	for round := range 3 {
		s.Kill()
		lost := lab.AwaitLoss(t, c.States, link)
		require.Error(t, lost.Err)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		_, err := c.Incr(ctx, []byte("n"))
		cancel()
		var e *redis.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, redis.NotSent, e.Fate, "round %d: no link, not sent", round)

		s.start()
		link = lab.AwaitReady(t, c.States, link).Link
		n, err := c.Incr(lab.Within(t, 20*time.Second), []byte("n"))
		require.NoError(t, err)
		require.EqualValues(t, 1, n.Value, "a new server: what was not sent stayed so")
	}
}

// TestFrozenServer stops the server's process: the kernel goes on acknowledging,
// only the heartbeat can tell.
func TestFrozenServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.quick()
	link := lab.AwaitReady(t, c.States, 0).Link
	start := time.Now()
	s.Freeze()
	lost := lab.AwaitLoss(t, c.States, link)
	require.ErrorIs(t, lost.Err, runtime.ErrPeerSilent)
	t.Logf("a frozen server was noticed after %v (bound 2s)", lost.At.Sub(start).Round(time.Millisecond))
	s.Thaw()
	lab.AwaitReady(t, c.States, link)
}
