package qmp_test

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/qmp"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// options are members that the spec does not name.
func options(text string) qmp.Optional[json.RawMessage] { return qmp.Some(json.RawMessage(text)) }

func TestServer(t *testing.T) {
	t.Parallel()
	c := startServer(t, "-M", "none", "-uuid", "550e8400-e29b-41d4-a716-446655440000").dial()
	ctx := lab.Within(t, 20*time.Second)

	status, err := c.QueryStatus(ctx)
	require.NoError(t, err)
	require.Equal(t, qmp.RunStatePrelaunch, status.Status)
	require.False(t, status.Running)
	version, err := c.QueryVersion(ctx)
	require.NoError(t, err)
	require.GreaterOrEqual(t, version.Major, uint16(6))
	name, err := c.QueryName(ctx)
	require.NoError(t, err)
	require.Equal(t, qmp.Some("lathe"), name.Name)
	uuid, err := c.QueryUUID(ctx)
	require.NoError(t, err)
	require.Equal(t, "550e8400-e29b-41d4-a716-446655440000", uuid.UUID)
	kvm, err := c.QueryKvm(ctx)
	require.NoError(t, err)
	require.False(t, kvm.Enabled)
	target, err := c.QueryTarget(ctx)
	require.NoError(t, err)
	require.Equal(t, "x86_64", target.Arch)

	machines, err := c.QueryMachines(ctx)
	require.NoError(t, err)
	names := map[string]qmp.Machine{}
	for _, m := range machines.Machines {
		names[m.Alias.Value] = m
	}
	require.Positive(t, names["q35"].CPUMax)

	output, err := c.HumanMonitorCommand(ctx, "info status")
	require.NoError(t, err)
	require.Contains(t, output.Output, "VM status: paused")
}

// TestEveryCommandIsTheServers compares the spec with what the server says that
// it has.
func TestEveryCommandIsTheServers(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	list, err := c.QueryCommands(lab.Within(t, 20*time.Second))
	require.NoError(t, err)
	known := map[string]bool{}
	for _, command := range list.Commands {
		known[command.Name] = true
	}
	for _, command := range dynamictest.Open(t, document).Model().Commands {
		for _, member := range command.Template.Ops[0].Members {
			if member.Key == "execute" {
				require.True(t, known[member.Const.(string)], command.Name)
			}
		}
	}
}

func TestLife(t *testing.T) {
	t.Parallel()
	c := startServer(t, pc...).dial()
	ctx := lab.Within(t, 20*time.Second)
	sub := listen(t, c)

	require.NoError(t, c.Cont(ctx))
	await(t, sub, func(e *qmp.Resumed) bool { return e.Timestamp.Seconds > 0 })
	status, err := c.QueryStatus(ctx)
	require.NoError(t, err)
	require.Equal(t, qmp.RunStateRunning, status.Status)
	require.True(t, status.Running)

	require.NoError(t, c.SystemReset(ctx))
	await(t, sub, func(e *qmp.Reset) bool { return !e.Guest && e.Reason == qmp.Some("host-qmp-system-reset") })
	require.NoError(t, c.SystemPowerdown(ctx))
	await(t, sub, func(*qmp.Powerdown) bool { return true })
	require.NoError(t, c.InjectNmi(ctx))
	require.NoError(t, c.Stop(ctx))
	await(t, sub, func(*qmp.Stopped) bool { return true })

	var failed *qmp.ServerError
	require.ErrorAs(t, c.SystemWakeup(ctx), &failed, "the guest does not sleep")
	require.Equal(t, qmp.ErrorClassGenericError, failed.Class)
	require.Contains(t, failed.Desc, "not in suspended state")
	require.False(t, failed.Temporary())
	require.EqualValues(t, 1, c.Stats().Links, "the link is well after an error")
}

func TestServerErrors(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	ctx := lab.Within(t, 20*time.Second)
	var failed *qmp.ServerError
	require.ErrorAs(t, c.DeviceDel(ctx, "nobody"), &failed)
	require.Equal(t, qmp.ErrorClassDeviceNotFound, failed.Class)
	_, err := c.QueryBalloon(ctx)
	require.ErrorAs(t, err, &failed)
	require.Equal(t, qmp.ErrorClassDeviceNotActive, failed.Class)
	require.ErrorAs(t, c.ObjectAdd(ctx, qmp.Object{Type: "iothread"}), &failed, "a name is missing")
	require.NotEmpty(t, failed.Desc)
	_, err = c.QueryStatus(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, c.Stats().Links, "the link is well after errors")
}

// TestQuit: the end of the link is no loss, and the client comes back to the
// next server.
func TestQuit(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial()
	link := lab.AwaitReady(t, c.States, 0).Link
	require.NoError(t, c.Quit(lab.Within(t, 20*time.Second)))
	require.NoError(t, lab.AwaitLoss(t, c.States, link).Err)
	s.Kill()
	s.start()
	lab.AwaitReady(t, c.States, link)
}

// TestSecondClient is connected, but not greeted, until the first one leaves.
func TestSecondClient(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	first := s.dial()
	plan := quick()
	plan.Timeouts.Greeting = 500 * time.Millisecond
	second, err := runtime.New(plan, s.address, nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = second.Close() })
	go func() { _ = second.Run(t.Context()) }()
	refused := lab.Await(t, second.States, "the wait", func(c runtime.StateChange) bool { return c.To == runtime.Backoff })
	require.ErrorIs(t, refused.Err, runtime.ErrTimeout)
	require.NoError(t, first.Close())
	lab.AwaitReady(t, second.States, 0)
}

// TestHeartbeat: a link that nobody uses lives over three heartbeats.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	acks := make(chan time.Duration, 16)
	start := time.Now()
	c := startServer(t).quick(runtime.WithObserver(runtime.Observer{RTT: func(d time.Duration) { acks <- d }}))
	for range 3 {
		select {
		case rtt := <-acks:
			t.Logf("answered after %v", rtt)
		case <-lab.Within(t, 20*time.Second).Done():
			t.Fatal("no answer")
		}
	}
	require.GreaterOrEqual(t, time.Since(start), 3*quick().Liveness.Probe.Every)
	require.EqualValues(t, 1, c.Stats().Links)
	require.True(t, c.State().Up())
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
	t.Logf("a frozen server was noticed after %v (bound 1.2s)", lost.At.Sub(start).Round(time.Millisecond))
	s.Thaw()
	lab.AwaitReady(t, c.States, link)
}

// TestRestart kills the server twice; the client negotiates again, and
// subscriptions go on.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial()
	sub := listen(t, c)
	link := lab.AwaitReady(t, c.States, 0).Link
	for range 2 {
		s.Kill()
		require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
		s.start()
		link = lab.AwaitReady(t, c.States, link).Link
		require.NoError(t, c.Cont(lab.Within(t, 20*time.Second)))
		await(t, sub, func(*qmp.Resumed) bool { return true })
	}
	require.Zero(t, sub.Dropped())
}

// TestManyCallersOnOneLink asks for things whose answers look alike, at once:
// each gets its own.
func TestManyCallersOnOneLink(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	ctx := lab.Within(t, 20*time.Second)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				jobs, err := c.QueryJobs(ctx)
				if err != nil || len(jobs.Jobs) != 0 {
					t.Errorf("jobs %v: %v", jobs, err)
				}
				chardevs, err := c.QueryChardev(ctx)
				if err != nil || len(chardevs.Chardevs) != 1 || chardevs.Chardevs[0].Label != "qmp" {
					t.Errorf("chardevs %v: %v", chardevs, err)
				}
				name, err := c.QueryName(ctx)
				if err != nil || name.Name.Value != "lathe" {
					t.Errorf("name %v: %v", name, err)
				}
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 1, c.Stats().Links)
}
