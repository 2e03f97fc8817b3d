package runtime

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestFlushThatGivesUpLeavesNothing behind, however often it is called.
func TestFlushThatGivesUpLeavesNothing(t *testing.T) {
	plan := plantest.Lasting(plantest.Also(func(p *session.Plan) { p.Timeouts.Write = time.Hour }))
	virtual(t, plan, func(t *testing.T, r *rig) {
		r.up()
		r.device.BlackHole()
		_, err := r.try(t.Context(), plantest.Pub(plan, "a", make([]byte, 100_000))) // the device's buffer is smaller
		require.NoError(t, err)
		for range 100 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			require.ErrorIs(t, r.Flush(ctx), context.DeadlineExceeded)
			cancel()
		}
		r.mu.Lock()
		require.Empty(t, r.postal().waiting)
		r.mu.Unlock()
	})
}

// TestSecondDo of one Call waits for its own reply, also where the first did
// not have to.
func TestSecondDo(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		request := plantest.Read(r.plan, 7)
		call := r.Begin(request.Command)
		defer call.Release()
		require.NoError(t, call.Encoded(append(call.Frame, request.Frame...), nil))
		call.Echo = append(call.Echo, request.Echo...)
		require.NoError(t, call.Do(t.Context()))
		call.woken = true // as where the caller's own write met the reply
		r.device.LateReplies(time.Second)
		before := time.Now()
		require.NoError(t, call.Do(t.Context()))
		require.Equal(t, time.Second, time.Since(before))
		require.Equal(t, "READING 7 21.5 C", string(call.Reply))
	})
}

// TestShutdownBesideAServerThatAsks: a probe of the server's after our side is
// closed is not answered, and is no error.
func TestShutdownBesideAServerThatAsks(t *testing.T) {
	virtual(t, plantest.Lasting(), func(t *testing.T, r *rig) {
		r.up()
		ended := make(chan error, 1)
		go func() { ended <- r.Shutdown(t.Context()) }()
		for range 3 {
			r.device.Emit("PING")
		}
		require.NoError(t, <-ended)
		require.NoError(t, r.Err())
	})
}

// TestShutdownAfterAnUnansweredCommand ends with that command's time, also
// where nothing else is due on the link.
func TestShutdownAfterAnUnansweredCommand(t *testing.T) {
	virtual(t, plantest.Acme(plantest.NoProbe()), func(t *testing.T, r *rig) {
		r.up()
		r.device.Silence()
		go func() { _, _ = r.read(context.Background(), 1) }()
		synctest.Wait()
		before := time.Now()
		require.NoError(t, r.Shutdown(t.Context()))
		require.LessOrEqual(t, time.Since(before), 2*r.plan.Timeouts.Reply)
	})
}

// TestUndoneByWhoeverHasGone: whoever takes a lasting command back with a context
// that has ended does not get it again after the next reconnect.
func TestUndoneByWhoeverHasGone(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		for channel := range uint8(2) {
			_, err := r.try(t.Context(), plantest.Watch(r.plan, channel))
			require.NoError(t, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := r.try(ctx, plantest.Unwatch(r.plan, 0))
		require.ErrorIs(t, err, context.Canceled)
		r.device.Reset()
		r.await(Backoff)
		r.await(Ready)
		again := r.device.History().Conn(2).Commands("watch")
		require.Len(t, again, 1)
		require.Equal(t, "WATCH 1", string(again[0].Frame))
	})
}
