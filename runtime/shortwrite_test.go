package runtime

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestInvariant06FramesAreWhole where the kernel takes a write in parts: the
// rest follows, once, and the next frame behind it.
func TestInvariant06FramesAreWhole(t *testing.T) {
	const frames, size = 4, 512 << 10 // more than the sockets' buffers hold
	plan := plantest.Lasting()
	plan.Timeouts.Write = time.Minute
	r := newRig(t, plan)
	addr, err := r.device.Listen("127.0.0.1:0")
	require.NoError(t, err)
	r.Client, err = New(plan, addr, someone(), WithDialer(func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, addr)
		if err == nil {
			err = conn.(*net.TCPConn).SetWriteBuffer(32 << 10)
		}
		return conn, err
	}))
	require.NoError(t, err)
	defer r.close()
	r.up()
	require.True(t, r.current.Load().socket.Load().tries())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r.device.StopReading()
	before := r.Stats().BytesSent
	var publishers sync.WaitGroup
	for i := range frames {
		publishers.Go(func() {
			_, err := r.try(ctx, plantest.Pub(plan, "a", bytes.Repeat([]byte{'a' + byte(i)}, size)))
			assert.NoError(t, err)
		})
	}
	require.Eventually(t, func() bool { return r.Stats().BytesSent > before }, 10*time.Second, time.Millisecond)
	r.device.Heal()
	publishers.Wait()
	require.NoError(t, r.device.Wait(ctx, func(h device.History) bool { return len(h.Commands("pub")) == frames }))
	seen := map[byte]bool{}
	for _, record := range r.device.History().Commands("pub") {
		_, body, _ := bytes.Cut(record.Frame, []byte("\r\n"))
		require.Len(t, body, size)
		require.Equal(t, size, bytes.Count(body, body[:1]), "a body has another's bytes")
		seen[body[0]] = true
	}
	require.Len(t, seen, frames, "one of them came twice")
}

// halfWriter takes, once asked to, half of each write, and says that all is well.
type halfWriter struct {
	net.Conn
	half *atomic.Bool
}

func (w halfWriter) Write(p []byte) (int, error) {
	if w.half.Load() {
		p = p[:len(p)/2]
	}
	return w.Conn.Write(p)
}

// TestInvariant06ShortWriteEndsTheLink of a custom connection, which thereby
// breaks io.Writer's contract.
func TestInvariant06ShortWriteEndsTheLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plantest.Acme())
		defer r.close()
		var half atomic.Bool
		hook := func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := r.device.Dialer()(ctx, network, addr)
			return halfWriter{conn, &half}, err
		}
		c, err := New(r.plan, "device", someone(), WithDialer(hook))
		require.NoError(t, err)
		r.Client = c
		r.up()
		half.Store(true)
		_, err = r.try(t.Context(), plantest.Set(r.plan, 1, "2"))
		require.ErrorIs(t, err, io.ErrShortWrite)
		require.Empty(t, r.device.History().Commands("set"))
	})
}
