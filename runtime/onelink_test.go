package runtime

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestDialHookThatIgnoresItsContext is abandoned at the connect timeout, and
// its connection closed when it comes after all.
func TestDialHookThatIgnoresItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		defer r.close()
		good := r.device.Dialer()
		slow := make(chan struct{})
		var dials atomic.Int32
		hook := func(ctx context.Context, network, addr string) (net.Conn, error) {
			if dials.Add(1) == 1 {
				<-slow
			}
			return good(context.WithoutCancel(ctx), network, addr)
		}
		c, err := New(r.plan, "device", someone(), WithDialer(hook))
		require.NoError(t, err)
		r.Client = c
		go func() { _ = c.Run(context.Background()) }()
		at := r.await(Backoff)
		require.Equal(t, r.plan.Timeouts.Connect, at)
		r.await(Ready)
		require.EqualValues(t, 2, dials.Load())
		require.Equal(t, 1, r.device.History().Open())
		close(slow)
		synctest.Wait()
		require.Len(t, r.device.History().Of(device.Connected), 2)
		require.Equal(t, 1, r.device.History().Open(), "the late one is closed")
		r.mustRead(1)
	})
}

// TestInvariant01OneLink: the old connection is closed before the next is dialled, even
// where its Close takes its time.
func TestInvariant01OneLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		defer r.close()
		open, most := 0, 0
		hook := func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := r.device.Dialer()(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			open++
			most = max(most, open)
			return &slowClose{Conn: conn, closed: func() { open-- }}, nil
		}
		c, err := New(r.plan, "device", someone(), WithDialer(hook))
		require.NoError(t, err)
		r.Client = c
		r.up()
		for range 10 {
			r.device.Reset()
			r.await(Backoff)
			r.ReconnectNow()
			r.await(Ready)
			r.mustRead(1)
		}
		require.Equal(t, 1, most)
		before := time.Now()
		require.NoError(t, r.Close())
		require.LessOrEqual(t, time.Since(before), 100*time.Millisecond)
		time.Sleep(time.Second) // user code that Close did not wait for
	})
}

// slowClose is a connection whose Close takes a while, as user code may.
type slowClose struct {
	net.Conn
	closed func()
}

func (c *slowClose) Close() error {
	time.Sleep(300 * time.Millisecond)
	err := c.Conn.Close()
	c.closed()
	return err
}

// TestInvariant15DialEndsItsContext: the timer of the connect timeout does not
// run on beside a connection that is there.
func TestInvariant15DialEndsItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		defer r.close()
		var dialled context.Context
		hook := func(ctx context.Context, network, addr string) (net.Conn, error) {
			dialled = ctx
			return r.device.Dialer()(ctx, network, addr)
		}
		c, err := New(r.plan, "device", someone(), WithDialer(hook))
		require.NoError(t, err)
		r.Client = c
		r.up()
		synctest.Wait()
		require.ErrorIs(t, dialled.Err(), context.Canceled)
	})
}
