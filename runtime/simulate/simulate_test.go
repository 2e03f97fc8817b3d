package simulate_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
)

// acme is a world with an acme that answers.
func acme(t *testing.T, seed uint64, plan *session.Plan, o simulate.Options) *simulate.World {
	t.Helper()
	w := world(t, seed, plan, o)
	answerAcme(w.Device)
	return w
}

// world is a world whose story is told where the test fails.
func world(t *testing.T, seed uint64, plan *session.Plan, o simulate.Options) *simulate.World {
	t.Helper()
	o.Session.Params = &plantest.Params{User: "u", Secret: "s"}
	w := simulate.New(seed, plan, o)
	t.Cleanup(func() {
		if t.Failed() {
			tail(t, w.Story())
		}
		require.NoError(t, w.Device.Close())
	})
	return w
}

func answerAcme(d *device.Device) {
	d.Reply("heartbeat", "HEARTBEAT_ACK")
	d.Reply("login", "OK")
	d.Reply("set", "OK")
	d.Reply("bye", "OK")
	d.Handle("read", func(r *device.Request) { r.Replyf("READING %s 21.5 C", r.Words()[1]) })
}

// ready is an acme world whose first client is READY.
func ready(t *testing.T, o simulate.Options, mods ...plantest.Mod) (*simulate.World, *session.Plan) {
	t.Helper()
	plan := plantest.Acme(mods...)
	w := acme(t, 1, plan, o)
	w.Start()
	require.True(t, w.Until(session.Ready, time.Minute))
	return w, plan
}

func TestConnectsAndAnswers(t *testing.T) {
	w, plan := ready(t, simulate.Options{})
	k := w.Submit(plantest.Read(plan, 3))
	require.True(t, w.RunUntil(func() bool { return k.Done }, time.Second))
	require.NoError(t, k.Err)
	require.Equal(t, plantest.Message(plan, "reading"), k.Message)
	require.Equal(t, "READING 3 21.5 C", string(k.Reply))
	require.Less(t, k.Finished-k.Submitted, 10*time.Millisecond)

	w.Device.Emit("READING 9 9 C")
	w.Run(time.Second)
	require.Len(t, w.Events, 1)
	require.Equal(t, "READING 9 9 C", string(w.Events[0].Frame))

	k = w.Call("set", "SET 1 1\n")
	w.Run(time.Second)
	require.NoError(t, k.Err)
	require.True(t, k.Done)
}

func TestCutIsNoticedInTime(t *testing.T) {
	w, plan := ready(t, simulate.Options{})
	w.Run(25 * time.Second)
	last := w.Now()
	for _, e := range w.Trace() {
		if e.Kind == simulate.KindReceived {
			last = e.At
		}
	}
	w.Network.Cut()
	require.True(t, w.Until(session.Backoff, time.Minute))
	require.Equal(t, plantest.Bound(plan), w.Now()-last)
	require.ErrorIs(t, w.Changes[len(w.Changes)-1].Err, session.ErrPeerSilent)
	require.Zero(t, w.Open())
	require.Equal(t, "watchdog", w.Links()[0].How)

	w.Network.Restore()
	require.True(t, w.Until(session.Ready, time.Minute))
	require.Len(t, w.Links(), 2)
}

func TestOneWayCuts(t *testing.T) {
	for name, cut := range map[string]func(*simulate.Network){
		"to device": (*simulate.Network).CutToDevice,
		"to client": (*simulate.Network).CutToClient,
	} {
		t.Run(name, func(t *testing.T) {
			w, plan := ready(t, simulate.Options{})
			cut(w.Network)
			k := w.Submit(plantest.Set(plan, 1, "1"))
			require.True(t, w.Until(session.Backoff, time.Minute))
			var err *session.Error
			require.ErrorAs(t, k.Err, &err)
			require.Equal(t, session.Unknown, err.Fate)
			received := len(w.Device.History().Commands("set"))
			w.Network.Restore()
			w.Run(time.Minute)
			require.Equal(t, session.Ready, w.State())
			require.Len(t, w.Device.History().Commands("set"), received, "nothing stale arrives after the reset")
			require.Equal(t, name == "to client", received == 1)
		})
	}
}

func TestResetsAreSeen(t *testing.T) {
	for name, reset := range map[string]func(*simulate.World){
		"network": func(w *simulate.World) { w.Network.Reset() },
		"device":  func(w *simulate.World) { w.Device.Reset() },
		"close":   func(w *simulate.World) { w.Device.CloseAll() },
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := ready(t, simulate.Options{})
			reset(w)
			require.True(t, w.Until(session.Backoff, 100*time.Millisecond))
			require.True(t, w.Until(session.Ready, time.Minute))
			require.Equal(t, 1, w.Device.History().Open())
		})
	}
}

func TestLostResetLeavesAHalfOpenConnection(t *testing.T) {
	w, _ := ready(t, simulate.Options{})
	w.Network.Cut()
	w.Run(time.Minute)
	require.Equal(t, 1, w.Device.History().Open(), "nobody told the device")
	w.Network.Restore()
	require.True(t, w.Until(session.Ready, time.Minute))
	require.Equal(t, 2, w.Device.History().Open())
	w.Device.Emit("READING 1 1 C")
	w.Run(time.Second)
	require.Equal(t, 1, w.Device.History().Open(), "the answer to the event was an RST")
}

func TestPeerThatDoesNotReadEndsTheLink(t *testing.T) {
	w, plan := ready(t, simulate.Options{Buffer: 4096}, plantest.InFlight(1000))
	w.Device.StopReading()
	stop := w.Now()
	var calls []*simulate.Call
	for range 1000 {
		calls = append(calls, w.Submit(plantest.Set(plan, 1, strings.Repeat("1", 100))))
	}
	require.True(t, w.Until(session.Backoff, time.Minute))
	require.LessOrEqual(t, w.Now()-stop, plan.Timeouts.Write+time.Second)
	for _, k := range calls {
		require.True(t, k.Done || k.Err == nil)
	}
}

func TestSuspendIsNotDeath(t *testing.T) {
	w, _ := ready(t, simulate.Options{})
	w.Run(3 * time.Second)
	before := w.Moment()
	w.Suspend(time.Hour)
	w.Run(time.Hour + 20*time.Second)
	after := w.Moment()
	require.Equal(t, 20*time.Second, after.Mono-before.Mono)
	require.Equal(t, time.Hour+20*time.Second, after.Wall-before.Wall)
	require.Equal(t, session.Ready, w.State())
	require.Len(t, w.Links(), 1)
}

func TestStallMakesTimersLate(t *testing.T) {
	w, _ := ready(t, simulate.Options{})
	start := w.Now()
	w.Stall(20 * time.Second)
	w.Run(30 * time.Second)
	for _, e := range w.Trace() {
		if e.At > start && e.At < start+20*time.Second {
			require.Contains(t, []simulate.Kind{simulate.KindFault, simulate.KindDevice}, e.Kind, "%v", e)
		}
	}
	require.Contains(t, []session.State{session.Ready, session.Suspect}, w.State())
}

func TestCancel(t *testing.T) {
	w, plan := ready(t, simulate.Options{})
	w.Device.Silence()
	k := w.Submit(plantest.Read(plan, 1))
	w.Run(time.Second)
	require.Equal(t, 1, w.Outstanding())
	k.Cancel(context.Canceled)
	require.True(t, k.Done)
	require.True(t, k.Canceled)
	require.ErrorIs(t, k.Err, context.Canceled)
	require.Zero(t, w.Outstanding())
}

func TestRefusedAndHangingDials(t *testing.T) {
	w := acme(t, 1, plantest.Acme(), simulate.Options{Session: session.Options{Addresses: 2}})
	w.Network.Refuse(0)
	w.Start()
	require.True(t, w.Until(session.Ready, time.Minute))
	require.Equal(t, []int{0, 1}, []int{w.Links()[0].Address, w.Links()[1].Address})
	require.Zero(t, w.Links()[0].Connected)

	w.Device.HangDial()
	w.Device.Reset()
	w.Run(time.Minute)
	require.NotEqual(t, session.Ready, w.State())
	w.Device.Heal()
	require.True(t, w.Until(session.Ready, time.Minute))
}

func TestShutdownReadsToTheEnd(t *testing.T) {
	w, plan := ready(t, simulate.Options{}, plantest.Logout("bye", "BYE\n"))
	k := w.Submit(plantest.Read(plan, 1))
	w.Shutdown()
	w.Run(time.Second)
	require.NoError(t, k.Err)
	require.Equal(t, session.Closed, w.State())
	require.Len(t, w.Device.History().Commands("bye"), 1)
	require.Zero(t, w.Open())
	require.Zero(t, w.Device.History().Open())
}

func TestLossOnlyDelays(t *testing.T) {
	w, plan := ready(t, simulate.Options{Split: true, Partial: true}, plantest.InFlight(8))
	w.Network.Loss(0.2)
	var calls []*simulate.Call
	for i := range 200 {
		calls = append(calls, w.Submit(plantest.Read(plan, uint8(i))))
		w.Run(time.Second)
	}
	w.Network.Loss(0)
	w.Run(20 * time.Second)
	failed := 0
	for _, k := range calls {
		require.True(t, k.Done)
		if k.Err != nil {
			require.True(t, errors.Is(k.Err, session.ErrTimeout) || errors.Is(k.Err, session.ErrLinkLost), "%v", k.Err)
			failed++
		}
	}
	require.Less(t, failed, 20)
}

func TestEOFIsTheReason(t *testing.T) {
	w, _ := ready(t, simulate.Options{})
	w.Device.CloseAll()
	require.True(t, w.Until(session.Backoff, time.Second))
	require.ErrorIs(t, w.Changes[len(w.Changes)-1].Err, io.EOF)
}

func TestKernelUserTimeout(t *testing.T) {
	w, plan := ready(t, simulate.Options{Kernel: true}, plantest.Beat(4*time.Second))
	w.Device.Handle("heartbeat", func(*device.Request) {})
	w.Run(time.Hour)
	require.Len(t, w.Links(), 1, "an answering peer stays")
	w.Network.Cut()
	start := w.Now()
	require.True(t, w.Until(session.Backoff, time.Minute))
	// The first beat after the cut is what is not acknowledged.
	require.InDelta(t, plan.Liveness.UserTimeout+2*time.Second, w.Now()-start, float64(2*time.Second))
	require.ErrorIs(t, w.Changes[len(w.Changes)-1].Err, syscall.ETIMEDOUT)
}

func TestKernelKeepAlive(t *testing.T) {
	for name, test := range map[string]struct {
		user, want time.Duration
	}{
		"alone":                   {0, 5*time.Second + 3*2*time.Second},
		"longer user timeout":     {14 * time.Second, 5*time.Second + 5*2*time.Second},
		"shorter user timeout":    {6 * time.Second, 5*time.Second + 2*time.Second},
		"user timeout below idle": {time.Second, 5*time.Second + 2*time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := ready(t, simulate.Options{Kernel: true}, plantest.NoProbe(), plantest.Also(func(p *session.Plan) {
				p.Liveness.KeepAlive = session.KeepAlive{Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3}
				p.Liveness.UserTimeout = test.user
			}))
			w.Run(time.Hour)
			require.Len(t, w.Links(), 1)
			k := w.Call("set", "SET 1 1\n")
			require.NoError(t, k.Wait(time.Second))
			start := w.Now()
			w.Network.Cut()
			require.True(t, w.Until(session.Backoff, time.Minute))
			require.InDelta(t, test.want, w.Now()-start, float64(10*time.Millisecond))
		})
	}
}

func TestCallVerbs(t *testing.T) {
	w, plan := ready(t, simulate.Options{})
	require.NoError(t, w.Submit(plantest.Read(plan, 1)).Wait(time.Second))
	w.Device.BlackHole()
	k := w.Submit(plantest.Read(plan, 1)).Within(2 * time.Second)
	require.ErrorIs(t, k.Wait(time.Second), context.DeadlineExceeded)
	require.False(t, k.Done)
	require.ErrorIs(t, k.Wait(time.Minute), context.DeadlineExceeded)
	require.Equal(t, 2*time.Second, k.Finished-k.Submitted)
	require.Panics(t, func() { w.Call("raed", "x\n") })
}

// tail logs the end of a story.
func tail(t *testing.T, story string) {
	t.Log("the end of the story:\n" + story[max(0, len(story)-10_000):])
}
