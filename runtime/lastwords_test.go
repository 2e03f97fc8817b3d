package runtime

import (
	"bufio"
	"context"
	"io"
	"net"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/memnet"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestShutdownDeliversTheLastWords to a peer that ended its own side first, and
// reads later.
func TestShutdownDeliversTheLastWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := plantest.Lasting()
		ours, theirs := memnet.Pipe(0, "client", "device")
		c, err := New(plan, "device", someone(), WithDialer(func(context.Context, string, string) (net.Conn, error) { return ours, nil }))
		require.NoError(t, err)
		r := &rig{Client: c, t: t, plan: plan}
		require.NoError(t, r.start0())
		_, err = io.WriteString(theirs, "INFO 1 2\r\n")
		require.NoError(t, err)
		login := bufio.NewReader(theirs)
		for range 2 { // CONNECT and PING, in one write or two
			_, err = login.ReadString('\n')
			require.NoError(t, err)
		}
		_, err = io.WriteString(theirs, "PONG\r\n")
		require.NoError(t, err)
		r.await(Ready)
		_, err = r.try(t.Context(), plantest.Pub(plan, "a", []byte("last words")))
		require.NoError(t, err)
		time.AfterFunc(time.Second, func() { _ = theirs.CloseWrite() })
		require.NoError(t, r.Shutdown(t.Context()))
		rest, err := io.ReadAll(theirs)
		require.NoError(t, err)
		require.Contains(t, string(rest), "PUB a 10\r\nlast words\r\n")
		_ = theirs.Close()
	})
}

// brokenPipe is a connection whose writes fail before its last input is read.
type brokenPipe struct {
	net.Conn
	broken atomic.Bool
}

func (c *brokenPipe) Write(p []byte) (int, error) {
	if c.broken.Load() {
		return 0, &net.OpError{Op: "write", Err: syscall.EPIPE}
	}
	return c.Conn.Write(p)
}

// TestRefusalBeatsTheWriteError: a server says why, closes, and our write fails
// before we have read it.
func TestRefusalBeatsTheWriteError(t *testing.T) {
	for name, test := range map[string]struct {
		last string
		want error
	}{
		"refusal":    {"-ERR 'Authorization Violation'", ErrRefused},
		"not a word": {"", syscall.EPIPE},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, plantest.Lasting())
				defer r.close()
				var pipe *brokenPipe
				c, err := New(r.plan, "device", someone(), WithDialer(func(ctx context.Context, network, addr string) (net.Conn, error) {
					conn, err := r.device.Dialer()(ctx, network, addr)
					pipe = &brokenPipe{Conn: conn}
					return pipe, err
				}))
				require.NoError(t, err)
				r.Client = c
				r.up()
				pipe.broken.Store(true)
				_, err = r.try(t.Context(), plantest.Pub(r.plan, "a", nil))
				require.NoError(t, err)
				synctest.Wait() // the write has failed
				require.Equal(t, Ready, r.State())
				if test.last != "" {
					r.device.Emit(test.last)
					r.await(Closed)
				} else {
					require.Equal(t, lastWordsWait, r.await(Backoff))
				}
				require.ErrorIs(t, r.lastError(), test.want)
			})
		})
	}
}
