package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// Real sockets, where the kernel is the point.

// pair is a connection over loopback.
func pair(t *testing.T) (ours, theirs *net.TCPConn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		conn, _ := ln.Accept()
		accepted <- conn
	}()
	conn, err := net.Dial("tcp", ln.Addr().String())
	require.NoError(t, err)
	ours, theirs = conn.(*net.TCPConn), (<-accepted).(*net.TCPConn)
	t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
	return ours, theirs
}

func option(t *testing.T, conn *net.TCPConn, level, name int) (value int) {
	t.Helper()
	rc, err := conn.SyscallConn()
	require.NoError(t, err)
	require.NoError(t, rc.Control(func(fd uintptr) {
		value, err = unix.GetsockoptInt(int(fd), level, name)
	}))
	require.NoError(t, err)
	return value
}

// TestInvariant04TheKernelAgrees reads the options back.
func TestInvariant04TheKernelAgrees(t *testing.T) {
	for name, test := range map[string]struct {
		liveness                              session.Liveness
		on, idle, interval, count, userMillis int
	}{
		"acme": {
			session.Liveness{
				KeepAlive:   session.KeepAlive{Idle: 10 * time.Second, Interval: 5 * time.Second / 3, Count: 3},
				UserTimeout: 15 * time.Second,
			}, 1, 10, 2, 3, 15000,
		},
		"user timeout alone": {session.Liveness{UserTimeout: 1500 * time.Millisecond}, 0, 7200, 75, 9, 1500},
		"nothing":            {session.Liveness{}, 0, 7200, 75, 9, 0},
	} {
		t.Run(name, func(t *testing.T) {
			conn, _ := pair(t)
			require.NoError(t, setOptions(conn, &test.liveness))
			require.Equal(t, test.on, option(t, conn, unix.SOL_SOCKET, unix.SO_KEEPALIVE))
			if test.on == 1 { // while off, the others are whatever the dialer left
				require.Equal(t, test.idle, option(t, conn, unix.IPPROTO_TCP, unix.TCP_KEEPIDLE))
				require.Equal(t, test.interval, option(t, conn, unix.IPPROTO_TCP, unix.TCP_KEEPINTVL))
				require.Equal(t, test.count, option(t, conn, unix.IPPROTO_TCP, unix.TCP_KEEPCNT))
			}
			require.Equal(t, test.userMillis, option(t, conn, unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT))
			require.Equal(t, 1, option(t, conn, unix.IPPROTO_TCP, unix.TCP_NODELAY))
		})
	}
}

// wrapped hides a TCP connection in two others.
type wrapped struct{ net.Conn }

func (w wrapped) NetConn() net.Conn { return w.Conn }

// loop leads to itself.
type loop struct{ net.Conn }

func (l loop) NetConn() net.Conn { return l }

func TestOptionsReachThroughWrappers(t *testing.T) {
	conn, _ := pair(t)
	s := newSocket(wrapped{wrapped{conn}})
	require.Equal(t, conn, s.tcp())
	require.False(t, s.tries(), "the wrapper must see what is written")
	require.True(t, newSocket(conn).tries())
	require.Nil(t, newSocket(loop{}).tcp())
}

// TestInvariant05DeadMeansGone: an aborted link is reset, beneath wrappers too, and even
// while a write is stuck; the peer sees no end of stream.
func TestInvariant05DeadMeansGone(t *testing.T) {
	for name, wrap := range map[string]func(*net.TCPConn) net.Conn{
		"tcp":     func(c *net.TCPConn) net.Conn { return c },
		"wrapped": func(c *net.TCPConn) net.Conn { return wrapped{c} },
	} {
		t.Run(name, func(t *testing.T) {
			ours, theirs := pair(t)
			l := newLink(session.Dial{Epoch: 1, Timeout: time.Minute}, nil)
			l.attach(newSocket(wrap(ours)))
			stuck := make(chan error, 1)
			go func() {
				_, err := ours.Write(make([]byte, 64<<20))
				stuck <- err
			}()
			_, err := io.ReadFull(theirs, make([]byte, 1))
			require.NoError(t, err)
			l.abort()
			l.abort()
			<-l.endings().closed.done()
			require.Error(t, <-stuck)
			_, err = io.Copy(io.Discard, theirs)
			require.ErrorIs(t, err, syscall.ECONNRESET)
		})
	}
}

// TestAbortBeforeAttach closes the connection that comes too late.
func TestAbortBeforeAttach(t *testing.T) {
	ours, theirs := pair(t)
	l := newLink(session.Dial{Epoch: 1, Timeout: time.Minute}, nil)
	l.abort()
	require.ErrorIs(t, l.dialing.Load().ctx.Err(), context.Canceled)
	l.attach(newSocket(ours))
	<-l.endings().closed.done()
	_, err := theirs.Read(make([]byte, 1))
	require.ErrorIs(t, err, syscall.ECONNRESET)
}

// TestDirectWriteNeverBlocks: with a peer that does not read it takes what
// there is room for, then nothing, and an error once the peer is gone.
func TestDirectWriteNeverBlocks(t *testing.T) {
	ours, theirs := pair(t)
	d := newSocket(ours).direct
	n, err := d.write([]byte("hello"))
	require.NoError(t, err)
	require.Equal(t, 5, n)
	big := make([]byte, 64<<20)
	n, err = d.write(big)
	require.NoError(t, err)
	require.Positive(t, n)
	require.Less(t, n, len(big), "a partial write")
	for range 10_000 {
		if n, err = d.write(big); n == 0 {
			break
		}
	}
	require.NoError(t, err)
	require.Zero(t, n, "the kernel takes nothing more, and that is no error")

	require.NoError(t, theirs.SetLinger(0))
	require.NoError(t, theirs.Close())
	_, _ = ours.Read(make([]byte, 1)) // until the reset is here
	_, err = d.write([]byte("x"))
	require.Error(t, err)
	require.NoError(t, ours.Close())
	_, err = d.write([]byte("x"))
	require.ErrorIs(t, err, net.ErrClosed)
}

func TestDirectWriteAllocatesNothing(t *testing.T) {
	ours, theirs := pair(t)
	go func() { _, _ = io.Copy(io.Discard, theirs) }()
	d := newSocket(ours).direct
	b := []byte("READ 3\n")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		if n, err := d.write(b); n != len(b) || err != nil {
			t.Error(n, err)
		}
	}))
}

// TestStuckPeerSticksNobody: the peer stops reading while 64 callers publish.
// Every call obeys its context, and the write deadline ends the link.
func TestStuckPeerSticksNobody(t *testing.T) {
	const patience = 50 * time.Millisecond
	plan := plantest.Lasting()
	plan.Timeouts.Write = 2 * time.Second
	plan.Timeouts.Ready = 100 * time.Millisecond
	r := newRig(t, plan)
	addr, err := r.device.Listen("127.0.0.1:0")
	require.NoError(t, err)
	r.Client, err = New(plan, addr, someone())
	require.NoError(t, err)
	defer r.close()
	r.up()
	require.True(t, r.current.Load().socket.Load().tries())
	r.device.StopReading()
	late := lateness()
	var longest [64]time.Duration
	var wg sync.WaitGroup
	for i := range longest {
		wg.Go(func() {
			for r.State() == Ready {
				before := time.Now()
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				_, err := r.try(ctx, plantest.Pub(plan, "a", make([]byte, 10_000)))
				cancel()
				longest[i] = max(longest[i], time.Since(before))
				var e *Error
				if err != nil && !errors.As(err, &e) {
					t.Errorf("%T: %v", err, err)
				}
			}
		})
	}
	wg.Wait()
	require.ErrorIs(t, r.lastError(), ErrTimeout)
	before := time.Now()
	require.NoError(t, r.Close())
	closed, control := time.Since(before), late()
	t.Logf("longest call %v of %v, Close %v, control timer late by %v", slices.Max(longest[:]), patience, closed, control)
	require.Less(t, slices.Max(longest[:]), plan.Timeouts.Write/2+2*control, "no caller was stuck as long as the write")
	require.Less(t, closed, 100*time.Millisecond+2*control)
}

// TestManyCallersOverTCP: the replies reach those who asked, while links come
// and go.
func TestManyCallersOverTCP(t *testing.T) {
	plan := plantest.Order()
	plan.Reconnect.Initial, plan.Reconnect.Max = time.Millisecond, 10*time.Millisecond
	r := newRig(t, plan)
	addr, err := r.device.Listen("127.0.0.1:0")
	require.NoError(t, err)
	c, err := New(plan, addr, someone())
	require.NoError(t, err)
	r.Client = c
	defer r.close()
	r.up()
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			for j := range 100 {
				key := fmt.Sprintf("%d.%d", i, j)
				reply, err := r.try(t.Context(), plantest.Get(plan, key))
				var e *Error
				switch {
				case errors.As(err, &e):
				case err != nil:
					t.Error(err)
				case reply != fmt.Sprintf("$%d\r\n%s", len(key), key):
					t.Errorf("asked for %q, got %q", key, reply)
				}
				if i == 0 && j%25 == 24 {
					r.device.Reset()
				}
			}
		})
	}
	wg.Wait()
	require.GreaterOrEqual(t, r.Stats().Links, uint64(2))
}

// TestDirectRead: a reader that waits holds no buffer, unless a part of a frame is
// in it.
func TestDirectRead(t *testing.T) {
	ours, theirs := pair(t)
	d := newSocket(ours).direct
	in := inbox{need: 1}
	waits := func() {
		t.Helper()
		require.NoError(t, d.conn.Control(func(fd uintptr) { require.False(t, in.receive(fd)) }))
	}
	read := func() string {
		t.Helper()
		n, err := d.read(&in)
		require.NoError(t, err)
		return string(in.took(n))
	}
	waits()
	require.Nil(t, in.buf)
	_, err := theirs.Write([]byte("REA"))
	require.NoError(t, err)
	require.Equal(t, "REA", read())
	in.done(0) // the rest of the frame has not come
	waits()
	require.NotNil(t, in.buf)
	_, err = theirs.Write([]byte("D 3\n"))
	require.NoError(t, err)
	require.Equal(t, "READ 3\n", read())
	in.done(len("READ 3\n"))
	waits()
	require.Nil(t, in.buf)

	require.NoError(t, theirs.CloseWrite())
	_, err = d.read(&in)
	require.Equal(t, io.EOF, err)
	require.NoError(t, theirs.SetLinger(0))
	require.NoError(t, theirs.Close())
	require.NoError(t, ours.Close())
	_, err = d.read(&in)
	require.ErrorIs(t, err, net.ErrClosed)
}
