package runtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	goruntime "runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestInvariant02VerdictTakesNoLock: the dead peer's link is reset although somebody holds
// the client's lock.
func TestInvariant02VerdictTakesNoLock(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		r.device.BlackHole()
		time.Sleep(plantest.Bound(r.plan) - time.Nanosecond)
		r.mu.Lock()
		time.Sleep(time.Nanosecond) // the bound
		for !r.current.Load().marks.has(aborted) {
			goruntime.Gosched() // the timer's goroutine waits for the lock, after that
		}
		require.Equal(t, Suspect, r.s.State(), "the session does not know yet")
		r.mu.Unlock()
		synctest.Wait()
		require.Equal(t, Backoff, r.State())
		require.ErrorIs(t, r.lastError(), ErrPeerSilent)
	})
}

// TestIdleClientIsOneGoroutine, the reader; nothing else of ours runs.
func TestIdleClientIsOneGoroutine(t *testing.T) {
	plan := plantest.Acme()
	d := device.New(plan)
	defer d.Close()
	answer(d, plan)
	addr, err := d.Listen("127.0.0.1:0")
	require.NoError(t, err)
	const n = 10
	for range n {
		c, err := Dial(t.Context(), plan, addr, someone(), WithEngine(nil))
		require.NoError(t, err)
		defer c.Close()
		_, err = c.try(t.Context(), plantest.Read(plan, 3))
		require.NoError(t, err)
	}
	ours := func() int {
		stacks := make([]byte, 1<<20)
		return bytes.Count(stacks[:goruntime.Stack(stacks, true)], []byte("created by github.com/linewright/linewright/runtime.(*"))
	}
	require.Eventually(t, func() bool { return ours() == n }, 10*time.Second, time.Millisecond,
		"a dialer's goroutine ends soon after READY")
}

// TestCommandAllocatesNothing over TCP, with a context that can be cancelled.
func TestCommandAllocatesNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector lets pools forget; make test runs it once more without")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		buf, pong := make([]byte, 100), []byte("+PONG\r\n")
		for {
			if _, err := conn.Read(buf); err != nil {
				return
			}
			_, _ = conn.Write(pong)
		}
	}()
	plan := plantest.Order()
	c, err := Dial(t.Context(), plan, ln.Addr().String(), &plantest.Params{})
	require.NoError(t, err)
	defer c.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	command, frame := plantest.Command(plan, "ping"), []byte("*1\r\n$4\r\nPING\r\n")
	require.Less(t, testing.AllocsPerRun(1000, func() {
		call := c.Begin(command)
		defer call.Release()
		if err := call.Encoded(append(call.Frame, frame...), nil); err != nil {
			t.Error(err)
		}
		if err := call.Do(ctx); err != nil {
			t.Error(err)
		}
	}), 0.1)
}

// TestOwnedReplyStays after Release, and a released one is reused.
func TestOwnedReplyStays(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		ask := func(channel uint8) *Call {
			request := plantest.Read(r.plan, channel)
			call := r.Begin(request.Command)
			require.NoError(t, call.Encoded(append(call.Frame, request.Frame...), nil))
			call.Echo = append(call.Echo, request.Echo...)
			require.NoError(t, call.Do(t.Context()))
			return call
		}
		var kept [][]byte
		calls := map[*Call]bool{}
		for i := range uint8(200) {
			call := ask(i)
			kept = append(kept, call.Own())
			calls[call] = true
			call.Release()
		}
		for i, frame := range kept {
			require.Equal(t, fmt.Sprintf("READING %d 21.5 C", i), string(frame))
		}
		require.Less(t, len(calls), len(kept))
	})
}

// TestCancelledCallIsNotReused while the session can still write to it.
func TestCancelledCallIsNotReused(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		r.device.LateReplies(time.Second)
		request := plantest.Read(r.plan, 7)
		call := r.Begin(request.Command)
		require.NoError(t, call.Encoded(append(call.Frame, request.Frame...), nil))
		call.Echo = append(call.Echo, request.Echo...)
		inner := call.Call
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		var e *Error
		require.ErrorAs(t, call.Do(ctx), &e)
		require.Equal(t, Unknown, e.Fate)
		require.NotSame(t, inner, call.Call)
		require.ErrorIs(t, call.Do(t.Context()), errNotEncoded)
		call.Release()
		time.Sleep(2 * time.Second)
		require.Empty(t, call.Reply)
		r.mustRead(7)
	})
}

// TestHookThatNeverReturns cannot hold Close, nor Dial's context, nor the next
// attempt.
func TestHookThatNeverReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		hook := func(context.Context, string, string) (net.Conn, error) {
			<-end
			return nil, errors.New("at last")
		}
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 12*time.Second)
		defer cancel()
		_, err := Dial(ctx, plantest.Acme(), "device", someone(), WithDialer(hook))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, ErrTimeout)
		require.LessOrEqual(t, time.Since(start), 12*time.Second+100*time.Millisecond)
		close(end)
	})
}

// TestConnectionThatCannotHalfClose is closed in order by Shutdown.
func TestConnectionThatCannotHalfClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		defer r.close()
		hook := func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := r.device.Dialer()(ctx, network, addr)
			return struct{ net.Conn }{conn}, err
		}
		c, err := New(r.plan, "device", someone(), WithDialer(hook))
		require.NoError(t, err)
		r.Client = c
		r.up()
		require.NoError(t, r.Shutdown(t.Context()))
		require.Zero(t, time.Since(r.start))
		synctest.Wait()
		ends := r.device.History().Of(device.Ended)
		require.Len(t, ends, 1)
		require.NotErrorIs(t, ends[0].Err, errConnReset)
	})
}

// TestDialerWithoutAConnection is an error, not a panic.
func TestDialerWithoutAConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hook := func(context.Context, string, string) (net.Conn, error) { return nil, nil } //nolint:nilnil // the fault
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := Dial(ctx, plantest.Acme(), "device", someone(), WithDialer(hook))
		require.ErrorContains(t, err, "returned no connection")
	})
}

// TestVerdictIsFinal: bytes that come between the verdict and the lock cannot
// save a link that is reset already, nor leave the client with a dead one.
func TestVerdictIsFinal(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		l := r.current.Load()
		l.abort() // as tick does; the session does not know
		r.await(Backoff)
		require.Zero(t, time.Since(r.start))
		require.ErrorIs(t, r.lastError(), ErrPeerSilent)
		r.await(Ready)
		r.mustRead(1)
	})
}
