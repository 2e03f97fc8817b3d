package simulate_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
)

// TestCallersBlock: code that blocks in its calls runs on the world's thread,
// one piece after the other.
func TestCallersBlock(t *testing.T) {
	w, plan := ready(t, simulate.Options{})
	var order []string
	for _, name := range []string{"a", "b"} {
		w.Go(func() {
			for range 2 {
				kept, err := w.Client.Do(context.Background(), plantest.Read(plan, 3))
				require.False(t, kept)
				require.NoError(t, err)
				order = append(order, name)
			}
		})
	}
	require.Empty(t, order, "nothing was answered yet")
	w.Run(time.Second)
	require.Equal(t, []string{"a", "b", "a", "b"}, order)
}

func TestCallersAreTold(t *testing.T) {
	w, plan := ready(t, simulate.Options{Record: true})
	w.Device.BlackHole()
	var kept bool
	var err error
	g := w.GoWith(func(*simulate.Caller) { kept, err = w.Client.Do(context.Background(), plantest.Read(plan, 3)) })
	w.Run(time.Second)
	require.False(t, g.Done)
	g.Calls[0].Cancel(context.Canceled)
	w.Run(time.Second)
	require.True(t, g.Done)
	require.True(t, kept, "the session still awaits the reply")
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, g.Calls[0].Handed, 1)
}

func TestAbandonedCallersEnd(t *testing.T) {
	w, plan := ready(t, simulate.Options{})
	w.Device.BlackHole()
	ended := false
	w.Go(func() {
		defer func() { ended = true }()
		_, err := w.Client.Do(context.Background(), plantest.Read(plan, 3))
		require.Error(t, err)
	})
	w.Abandon()
	require.True(t, ended)
}

// TestAbsencesDoNotOverlap: who is stopped while he is away is away for longer.
func TestAbsencesDoNotOverlap(t *testing.T) {
	w, _ := ready(t, simulate.Options{Record: true})
	w.Stall(10 * time.Second)
	w.Run(9 * time.Second)
	w.Suspend(5 * time.Second)
	w.Stall(5 * time.Second)
	w.Run(time.Minute)
	w.Stall(time.Second)
	all := w.Client.Record.Absences
	require.Len(t, all, 2)
	require.Equal(t, 19*time.Second, all[0].To-all[0].From)
	require.Equal(t, 14*time.Second, all[0].ToMono-all[0].FromMono, "the clock stood still for five of them")
	require.Equal(t, time.Second, all[1].To-all[1].From)
}

// TestRecord: what a checker needs is there.
func TestRecord(t *testing.T) {
	w, plan := ready(t, simulate.Options{Record: true})
	k := w.Submit(plantest.Set(plan, 1, "1"))
	require.NoError(t, k.Wait(time.Second))
	w.Suspend(time.Minute)
	w.JumpWall(time.Hour)
	w.Run(2 * time.Minute)
	r := w.Client.Record
	require.Len(t, k.Handed, 1)
	require.EqualValues(t, 1, k.Handed[0].Epoch)
	require.NotEmpty(t, r.Chunks)
	require.Len(t, r.Absences, 1)
	require.Equal(t, time.Minute, r.Absences[0].To-r.Absences[0].From)
	require.Equal(t, r.Absences[0].FromMono, r.Absences[0].ToMono, "the clock stood still")
	require.Len(t, r.Shifts, 1)
	require.Equal(t, time.Hour+time.Minute, r.Shifts[0].By)
	require.Len(t, r.Changed, len(w.Changes))
	require.NotZero(t, r.Peak.Batch)
	require.NotZero(t, r.Writes[0].Done)
	require.EqualValues(t, 1, r.Writes[0].Epoch)
	require.Same(t, k, w.Calls[0])
	require.Equal(t, session.Ready, w.State())
}

// TestTheEndIsToldOnce: a device that a fault keeps from ending a connection
// that the client has ended does not make time stand still.
func TestTheEndIsToldOnce(t *testing.T) {
	w, _ := ready(t, simulate.Options{})
	w.Device.SplitEvery(1)
	w.Device.Delay(time.Second)
	w.Shutdown()
	w.Run(time.Millisecond)
	w.Device.StallMidFrame(1)
	w.Run(time.Minute)
	require.Equal(t, session.Closed, w.State())
}
