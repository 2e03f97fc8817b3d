package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

var errConnReset = syscall.ECONNRESET

// TestInvariant03TheBoundHolds, exactly, in virtual time.
func TestInvariant03TheBoundHolds(t *testing.T) {
	plan := plantest.Acme(plantest.Misses(2), plantest.InFlight(100))
	bound := plantest.Bound(plan)
	for name, busy := range map[string]func(r *rig){
		"idle":    func(*rig) {},
		"callers": func(r *rig) { r.callers(20) },
		"flooded": (*rig).flood,
	} {
		t.Run(name, func(t *testing.T) {
			// The write deadline would come first where the peer does not read.
			plan.Timeouts.Write, plan.Timeouts.Reply = time.Hour, time.Hour
			virtual(t, plan, func(t *testing.T, r *rig) {
				r.up()
				r.mustRead(1)
				last := time.Since(r.start)
				r.device.BlackHole()
				busy(r)
				at := r.await(Backoff)
				require.Equal(t, bound, at-last)
				require.ErrorIs(t, r.lastError(), ErrPeerSilent)
				r.device.Heal()
				r.await(Ready)
			})
		})
	}
}

// callers keeps n callers reading until the client is closed.
func (r *rig) callers(n int) {
	for i := range n {
		go func() {
			for {
				_, _ = r.read(context.Background(), uint8(i))
				select {
				case <-r.Done():
					return
				case <-time.After(time.Second):
				}
			}
		}()
	}
}

// TestInvariant13HandlersCannotKill: handlers that hang, and an event loop that
// does, cost neither a heartbeat nor a reply.
func TestInvariant13HandlersCannotKill(t *testing.T) {
	hang := make(chan struct{})
	slow := slog.New(slog.NewTextHandler(writerFunc(func(p []byte) (int, error) { <-hang; return len(p), nil }), nil))
	synctest.Test(t, func(t *testing.T) {
		hang = make(chan struct{})
		r := newRig(t, plantest.Acme(), WithLogger(slow), WithEventBuffer(100, DropOldest),
			WithObserver(Observer{Received: func(string, int) { <-hang }}))
		s := r.Subscribe(Filter{})
		go func() {
			for range s.Frames(context.Background()) {
				<-hang
			}
		}()
		r.up()
		for range 3000 {
			r.device.Emit("READING 1 2 C")
			r.mustRead(3)
			time.Sleep(100 * time.Millisecond)
		}
		require.Equal(t, Ready, r.State())
		require.EqualValues(t, 1, r.Stats().Links)
		require.Positive(t, r.Stats().CallbacksDropped)
		require.Positive(t, r.Stats().EventsDropped)
		require.Equal(t, r.Stats().EventsDropped, s.Dropped())
		before := time.Now()
		require.NoError(t, r.Close())
		require.LessOrEqual(t, time.Since(before), 100*time.Millisecond)
		close(hang)
		r.close()
	})
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestCallReturnsWithItsContext, whatever the peer does, and the link lives on.
func TestCallReturnsWithItsContext(t *testing.T) {
	for name, wrong := range map[string]func(r *rig){
		"no reply":      func(r *rig) { r.device.Silence() },
		"does not read": func(r *rig) { r.device.BlackHole(); r.flood() },
		"never dialled": func(r *rig) { r.device.HangDial(); r.device.Reset(); r.await(Backoff) },
	} {
		t.Run(name, func(t *testing.T) {
			virtual(t, plantest.Acme(plantest.InFlight(100)), func(t *testing.T, r *rig) {
				r.up()
				wrong(r)
				synctest.Wait()
				var wg sync.WaitGroup
				for i := range 64 {
					wg.Go(func() {
						after := time.Duration(i) * time.Millisecond
						ctx, cancel := context.WithTimeout(t.Context(), after)
						defer cancel()
						before := time.Now()
						_, err := r.read(ctx, uint8(i))
						if !errors.Is(err, context.DeadlineExceeded) || time.Since(before) != after {
							t.Errorf("%v after %v instead of %v", err, time.Since(before), after)
						}
					})
				}
				wg.Wait()
			})
		})
	}
}

// TestLateReplyToACancelledCallerIsNobodysElse: the next caller gets its own.
func TestLateReplyToACancelledCallerIsNobodysElse(t *testing.T) {
	virtual(t, plantest.Acme(plantest.InFlight(4)), func(t *testing.T, r *rig) {
		r.up()
		r.device.LateReplies(50 * time.Millisecond)
		for i := range 100 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*time.Millisecond)
			_, err := r.read(ctx, uint8(i))
			cancel()
			if err != nil {
				require.ErrorIs(t, err, context.DeadlineExceeded)
			}
			r.mustRead(uint8(i + 100))
		}
		require.EqualValues(t, 1, r.Stats().Links)
	})
}

// TestLastingCallsAreReplayedBeforeWaitingCallers after a reconnect.
func TestLastingCallsAreReplayedBeforeWaitingCallers(t *testing.T) {
	virtual(t, plantest.Acme(plantest.InFlight(4)), func(t *testing.T, r *rig) {
		r.up()
		for channel := range uint8(3) {
			_, err := r.try(t.Context(), plantest.Watch(r.plan, channel))
			require.NoError(t, err)
		}
		_, err := r.try(t.Context(), plantest.Unwatch(r.plan, 1))
		require.NoError(t, err)
		r.device.Reset()
		r.await(Backoff)
		r.mustRead(9)
		var got []string
		for _, record := range r.device.History().Conn(2).Commands("") {
			got = append(got, string(record.Frame))
		}
		require.Equal(t, []string{"LOGIN op hunter2", "WATCH 0", "WATCH 2", "READ 9"}, got)
	})
}

// TestFlushWaitsForCommandsWithoutReply, and tells what became of them.
func TestFlushWaitsForCommandsWithoutReply(t *testing.T) {
	virtual(t, plantest.Lasting(), func(t *testing.T, r *rig) {
		r.up()
		for i := range 100 {
			_, err := r.try(t.Context(), plantest.Pub(r.plan, "a", fmt.Append(nil, i)))
			require.NoError(t, err)
		}
		require.NoError(t, r.Flush(t.Context()))
		synctest.Wait()
		require.Len(t, r.device.History().Commands("pub"), 100)

		r.device.BlackHole()
		for range 10 {
			_, err := r.try(t.Context(), plantest.Pub(r.plan, "a", make([]byte, 2000)))
			require.NoError(t, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, r.Flush(ctx), context.DeadlineExceeded)
		r.device.Reset()
		err := r.Flush(t.Context())
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, Unknown, e.Fate)
		require.Equal(t, "pub", e.Op)
		require.NoError(t, r.Flush(t.Context()), "each loss is told once")
	})
}

// TestEventsFlowWhileCommandsDo, in order, each once.
func TestEventsFlowWhileCommandsDo(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		s := r.Subscribe(Filter{Messages: []int{plantest.Message(r.plan, "reading")}})
		r.up()
		var wg sync.WaitGroup
		defer wg.Wait()
		wg.Go(func() {
			for i := range 200 {
				r.device.Emit(fmt.Sprintf("READING 200 %d C", i))
				r.mustRead(3)
			}
		})
		i := 0
		for message, frame := range s.Frames(t.Context()) {
			require.Equal(t, plantest.Message(r.plan, "reading"), message)
			require.Equal(t, fmt.Sprintf("READING 200 %d C", i), string(frame))
			if i++; i == 200 {
				break
			}
		}
		s.Close()
		require.Zero(t, s.Dropped())
	})
}

// TestAcceptThenCloseSeesTheSchedule, not a storm.
func TestAcceptThenCloseSeesTheSchedule(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.device.AcceptAndClose()
		require.NoError(t, r.start0())
		time.Sleep(time.Minute)
		connections := len(r.device.History().Of(device.Connected))
		// 0.5, 1, 2, 4, 8, 16, 30 s, each at least halved by the jitter.
		require.LessOrEqual(t, connections, 10)
		require.GreaterOrEqual(t, connections, 5)
		t.Logf("%d connections in a minute", connections)
	})
}

// TestTimerMovesForward: a deadline before the one that the timer is set for.
func TestTimerMovesForward(t *testing.T) {
	plan := plantest.Acme()
	plan.Timeouts.Reply = time.Second
	virtual(t, plan, func(t *testing.T, r *rig) {
		r.up()
		time.Sleep(11 * time.Second) // after a heartbeat: nothing is due for a while
		require.Greater(t, r.alarmAt()-r.clock.mono(), plan.Timeouts.Reply+100*time.Millisecond)
		r.device.DropReplies("read", 1)
		before := time.Now()
		_, err := r.read(t.Context(), 1)
		require.ErrorIs(t, err, ErrTimeout)
		late := time.Since(before) - plan.Timeouts.Reply
		require.GreaterOrEqual(t, late, time.Duration(0))
		require.LessOrEqual(t, late, plan.Timeouts.Reply/20, "the watermark's grain")
	})
}

func (r *rig) alarmAt() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.alarm.at
}
