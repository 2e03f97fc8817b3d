package beanstalkd_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/beanstalkd"
	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// reserve takes the job that is next; there must be one.
func reserve(ctx context.Context, t *testing.T, c *beanstalkd.Client) beanstalkd.Reserved {
	t.Helper()
	job, ok, err := c.ReserveWithTimeout(ctx, 0)
	require.NoError(t, err)
	require.True(t, ok, "a job is ready")
	return job
}

// TestJobs goes through the life of a job.
func TestJobs(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	ctx := lab.Within(t, 20*time.Second)

	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for _, data := range [][]byte{[]byte("hello"), {}, []byte("\r\n\r\n"), []byte("RESERVED 1 5\r\nhello\r\nNOT_FOUND"), every, bytes.Repeat([]byte("\r\n"), 30_000)} {
		put, err := c.Put(ctx, 0, 0, 60, data)
		require.NoError(t, err)
		seen, ok, err := c.Peek(ctx, put.ID)
		require.NoError(t, err)
		require.True(t, ok)
		require.True(t, bytes.Equal(data, seen.Data))
		job := reserve(ctx, t, c)
		require.Equal(t, put.ID, job.ID)
		require.True(t, bytes.Equal(data, job.Data))
		require.NoError(t, c.Delete(ctx, job.ID))
	}

	put, err := c.Put(ctx, 7, 0, 60, []byte("job"))
	require.NoError(t, err)
	reserve(ctx, t, c)
	require.NoError(t, c.Touch(ctx, put.ID))
	require.NoError(t, c.Release(ctx, put.ID, 8, 100))
	delayed, ok, err := c.PeekDelayed(ctx)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, put.ID, delayed.ID)
	require.NoError(t, c.KickJob(ctx, put.ID))
	ready, ok, err := c.PeekReady(ctx)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "job", string(ready.Data))
	job, err := c.ReserveJob(ctx, put.ID)
	require.NoError(t, err)
	require.Equal(t, "job", string(job.Data))
	require.NoError(t, c.Bury(ctx, put.ID, 9))
	buried, ok, err := c.PeekBuried(ctx)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, put.ID, buried.ID)

	info, err := c.StatsJob(ctx, put.ID)
	require.NoError(t, err)
	s := info.Stats
	require.Equal(t, beanstalkd.JobStateBuried, s.State)
	require.Equal(t, []uint64{put.ID, 9, 60, 2, 1, 1, 1}, []uint64{s.ID, uint64(s.Priority), s.Ttr, s.Reserves, s.Releases, s.Buries, s.Kicks})
	require.Equal(t, "default", s.Tube)
	require.Empty(t, s.Others, "every key has a field")

	kicked, err := c.Kick(ctx, 10)
	require.NoError(t, err)
	require.EqualValues(t, 1, kicked.Count)
	require.EqualValues(t, 1, c.Stats().Links, "never out of step")
}

func TestTubes(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	ctx := lab.Within(t, 20*time.Second)
	used, err := c.ListTubeUsed(ctx)
	require.NoError(t, err)
	require.Equal(t, "default", used.Tube)
	using, err := c.Use(ctx, "mail")
	require.NoError(t, err)
	require.Equal(t, "mail", using.Tube)
	watching, err := c.Watch(ctx, "sms")
	require.NoError(t, err)
	require.EqualValues(t, 2, watching.Count)
	tubes, err := c.ListTubes(ctx)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"default", "mail", "sms"}, tubes.Tubes)
	watching, err = c.Ignore(ctx, "default")
	require.NoError(t, err)
	require.EqualValues(t, 1, watching.Count)
	tubes, err = c.ListTubesWatched(ctx)
	require.NoError(t, err)
	require.Equal(t, []string{"sms"}, tubes.Tubes)

	_, err = c.Put(ctx, 5, 0, 60, []byte("x"))
	require.NoError(t, err)
	require.NoError(t, c.PauseTube(ctx, "mail", 30))
	info, err := c.StatsTube(ctx, "mail")
	require.NoError(t, err)
	s := info.Stats
	require.Equal(t, "mail", s.Name)
	require.Equal(t, []uint64{1, 1, 1, 1, 0, 30, 1}, []uint64{
		s.CurrentJobsUrgent, s.CurrentJobsReady, s.TotalJobs, s.CurrentUsing, s.CurrentWatching, s.Pause, s.CmdPauseTube,
	})
	require.Empty(t, s.Others, "every key has a field")

	server, err := c.StatsServer(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 65535, server.Stats.MaxJobSize)
	require.EqualValues(t, 1, server.Stats.TotalConnections)
	require.NotEmpty(t, server.Stats.ID)
	require.NotEmpty(t, server.Stats.Hostname)
	require.NotEmpty(t, server.Stats.Others, "counts of commands")
}

func TestErrors(t *testing.T) {
	t.Parallel()
	c := startServer(t, "-z", "100").dial()
	ctx := lab.Within(t, 20*time.Second)

	_, err := c.Put(ctx, 0, 0, 60, make([]byte, 101))
	var tooBig *beanstalkd.JobTooBig
	require.ErrorAs(t, err, &tooBig)

	var notFound *beanstalkd.NotFound
	for name, call := range map[string]func() error{
		"delete":      func() error { return c.Delete(ctx, 99) },
		"release":     func() error { return c.Release(ctx, 99, 0, 0) },
		"bury":        func() error { return c.Bury(ctx, 99, 0) },
		"touch":       func() error { return c.Touch(ctx, 99) },
		"kick-job":    func() error { return c.KickJob(ctx, 99) },
		"pause-tube":  func() error { return c.PauseTube(ctx, "nobody", 1) },
		"reserve-job": func() error { _, err := c.ReserveJob(ctx, 99); return err },
		"stats-job":   func() error { _, err := c.StatsJob(ctx, 99); return err },
		"stats-tube":  func() error { _, err := c.StatsTube(ctx, "nobody"); return err },
	} {
		require.ErrorAs(t, call(), &notFound, name)
	}
	for name, peek := range map[string]func(context.Context) (beanstalkd.Found, bool, error){
		"ready": c.PeekReady, "delayed": c.PeekDelayed, "buried": c.PeekBuried,
	} {
		_, ok, err := peek(ctx)
		require.NoError(t, err, name)
		require.False(t, ok, name)
	}
	_, ok, err := c.Peek(ctx, 99)
	require.NoError(t, err)
	require.False(t, ok)

	_, err = c.Ignore(ctx, "default")
	var last *beanstalkd.NotIgnored
	require.ErrorAs(t, err, &last)
	_, err = c.Use(ctx, "-hyphen")
	var bad *beanstalkd.BadFormat
	require.ErrorAs(t, err, &bad)
	_, err = c.Use(ctx, "a\r\ndelete 1")
	var e *beanstalkd.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, beanstalkd.NotSent, e.Fate)
	require.EqualValues(t, 1, c.Stats().Links)
}

// TestReserveWaits: another client's job ends the wait; without one it ends by its
// time, and a worker that keeps a job too long is warned.
func TestReserveWaits(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	worker, producer := s.dial(), s.dial()
	ctx := lab.Within(t, 20*time.Second)
	_, ok, err := worker.ReserveWithTimeout(ctx, 1)
	require.NoError(t, err)
	require.False(t, ok, "TIMED_OUT")

	got := make(chan string, 1)
	go func() {
		job, _, err := worker.ReserveWithTimeout(ctx, 30)
		if err != nil {
			job.Data = []byte(err.Error())
		}
		got <- string(job.Data)
	}()
	for waiting := uint64(0); waiting == 0; {
		info, err := producer.StatsTube(ctx, "default")
		require.NoError(t, err)
		waiting = info.Stats.CurrentWaiting
	}
	_, err = producer.Put(ctx, 0, 0, 1, []byte("wake up"))
	require.NoError(t, err)
	require.Equal(t, "wake up", <-got)

	_, _, err = worker.ReserveWithTimeout(ctx, 30)
	var soon *beanstalkd.DeadlineSoon
	require.ErrorAs(t, err, &soon)
	require.True(t, soon.Temporary())
	require.EqualValues(t, 1, worker.Stats().Links)
}

// TestHeartbeat: three probes of an idle client are answered, on one link.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	answered := make(chan time.Duration, 100)
	c := startServer(t).quick(300*time.Millisecond, 5*time.Second, runtime.WithObserver(runtime.Observer{RTT: func(d time.Duration) { answered <- d }}))
	lab.AwaitReady(t, c.States, 0)
	links, ctx := c.Stats().Links, lab.Within(t, 20*time.Second)
	for n := range 3 {
		select {
		case <-answered:
		case <-ctx.Done():
			t.Fatalf("%d probes were answered", n)
		}
	}
	require.Equal(t, links, c.Stats().Links, "no reconnect")
	require.Zero(t, c.Stats().ProbesMissed)
}

// TestRestart: what was used, watched and ignored is so again.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial()
	ctx := lab.Within(t, 60*time.Second)
	for _, tube := range []string{"old", "mail"} {
		_, err := c.Use(ctx, tube)
		require.NoError(t, err)
		_, err = c.Watch(ctx, tube)
		require.NoError(t, err)
	}
	for _, tube := range []string{"default", "old"} {
		_, err := c.Ignore(ctx, tube)
		require.NoError(t, err)
	}
	link := lab.AwaitReady(t, c.States, 0).Link
	for range 2 {
		s.Kill()
		require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
		s.start()
		link = lab.AwaitReady(t, c.States, link).Link
		used, err := c.ListTubeUsed(ctx)
		require.NoError(t, err)
		require.Equal(t, "mail", used.Tube)
		watched, err := c.ListTubesWatched(ctx)
		require.NoError(t, err)
		require.Equal(t, []string{"mail"}, watched.Tubes)
		_, err = c.Put(ctx, 0, 0, 60, []byte("after"))
		require.NoError(t, err)
		require.Equal(t, "after", string(reserve(ctx, t, c).Data))
	}
}

// TestFrozenServer stops the server's process: the kernel goes on acknowledging,
// only the heartbeat can tell.
func TestFrozenServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.quick(time.Second, time.Second)
	link := lab.AwaitReady(t, c.States, 0).Link
	start := time.Now()
	s.Freeze()
	lost := lab.AwaitLoss(t, c.States, link)
	require.ErrorIs(t, lost.Err, runtime.ErrPeerSilent)
	t.Logf("a frozen server was noticed after %v (bound 2s)", lost.At.Sub(start).Round(time.Millisecond))
	s.Thaw()
	lab.AwaitReady(t, c.States, link)
}

func TestShutdown(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	require.NoError(t, c.Shutdown(lab.Within(t, 20*time.Second)))
}
