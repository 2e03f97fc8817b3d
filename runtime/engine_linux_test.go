package runtime

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	goruntime "runtime"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sys/unix"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// harbour is a client whose link is parked, and the device at its other end.
type harbour struct {
	*rig
	engine *Engine
}

// parkedAt runs a client over TCP until its link is parked.
func parkedAt(t *testing.T, plan *session.Plan, e *Engine, opts ...Option) *harbour {
	t.Helper()
	r := newRig(t, plan)
	addr, err := r.device.Listen("127.0.0.1:0")
	require.NoError(t, err)
	r.Client, err = New(plan, addr, someone(), append(opts, WithEngine(e), WithSeed(1))...)
	require.NoError(t, err)
	h := &harbour{r, e}
	t.Cleanup(h.close)
	h.up()
	h.parks()
	return h
}

func (h *harbour) parks() {
	h.t.Helper()
	require.Eventually(h.t, h.parked, 10*time.Second, 100*time.Microsecond)
}

func (h *harbour) parked() bool {
	l := h.current.Load()
	return l != nil && l.socket.Load() != nil && l.socket.Load().parked() != nil && h.engine.Parked() > 0
}

// early is an engine that soon takes links for idle.
func early() *Engine {
	e := NewEngine()
	e.idle = time.Millisecond
	return e
}

// TestParkedLinkIsAlive: it answers, sends, and is read; package net has nothing of it, and
// the kernel is told the same as before, also once the link is busy again.
func TestParkedLinkIsAlive(t *testing.T) {
	h := parkedAt(t, plantest.Acme(), early())
	agreed := func() (values []int) {
		l := h.current.Load()
		l.moving.Lock()
		defer l.moving.Unlock()
		s := l.socket.Load()
		read := func(fd uintptr) {
			for _, o := range [][2]int{
				{unix.SOL_SOCKET, unix.SO_KEEPALIVE},
				{unix.IPPROTO_TCP, unix.TCP_KEEPIDLE},
				{unix.IPPROTO_TCP, unix.TCP_KEEPINTVL},
				{unix.IPPROTO_TCP, unix.TCP_KEEPCNT},
				{unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT},
				{unix.IPPROTO_TCP, unix.TCP_NODELAY},
			} {
				v, err := unix.GetsockoptInt(int(fd), o[0], o[1])
				require.NoError(t, err)
				values = append(values, v)
			}
		}
		if s.parked() != nil {
			read(uintptr(s.parked().fd))
		} else {
			require.NoError(t, s.direct.conn.Control(read))
		}
		return values
	}
	want := agreed()
	require.Equal(t, []int{1, 10, 2, 3, 15000, 1}, want)
	events := h.Subscribe(Filter{Messages: []int{plantest.Message(h.plan, "reading")}})
	h.device.Emit("READING 200 1 C")
	for _, frame := range events.Frames(t.Context()) {
		require.Equal(t, "READING 200 1 C", string(frame))
		break
	}
	for h.parked() { // until it is taken for busy
		h.mustRead(3)
		require.Equal(t, want, agreed())
	}
	h.parks()
	require.EqualValues(t, 1, h.Stats().Links)
}

// TestParkedLinkNeedsNoGoroutine, nor a timer: all of an engine share one of each.
func TestParkedLinkNeedsNoGoroutine(t *testing.T) {
	h := parkedAt(t, plantest.Acme(), early())
	require.Eventually(t, func() bool {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:goruntime.Stack(stacks, true)]
		return bytes.Count(stacks, []byte("created by github.com/linewright/linewright/runtime.(*")) == 0 &&
			bytes.Count(stacks, []byte("created by github.com/linewright/linewright/runtime.newPoller")) == 1 &&
			bytes.Count(stacks, []byte("created by github.com/linewright/linewright/runtime.newChime")) == 1
	}, 10*time.Second, time.Millisecond)
	require.Nil(t, h.alarm.timer)
}

// TestAParkedLinkIsSmall: its socket, and what the poller knows of it, are one allocation.
func TestAParkedLinkIsSmall(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(socket{})+unsafe.Sizeof(parked{}), uintptr(80))
}

// TestParkedLinkEnds as any other does: for the same reason, and with the last words read.
func TestParkedLinkEnds(t *testing.T) {
	for name, test := range map[string]struct {
		end  func(conn *net.TCPConn)
		want error
	}{
		"closed": {func(conn *net.TCPConn) { _ = conn.Close() }, io.EOF},
		"reset":  {func(conn *net.TCPConn) { _, _ = conn.SetLinger(0), conn.Close() }, syscall.ECONNRESET},
		"refused": {func(conn *net.TCPConn) {
			_, _ = io.WriteString(conn, "-ERR 'Authorization Violation'\r\n")
			_ = conn.Close()
		}, ErrRefused},
		"half a line": {func(conn *net.TCPConn) { _, _ = io.WriteString(conn, "-ERR 'Autho"); _ = conn.Close() }, io.EOF},
		"flood": {func(conn *net.TCPConn) {
			_, _ = conn.Write(bytes.Repeat([]byte("INFO 1 2\r\n"), 10_000))
			_, _ = io.WriteString(conn, "-ERR 'Authorization Violation'\r\n")
			_ = conn.Close()
		}, ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			defer ln.Close()
			plan := plantest.Lasting()
			plan.Reconnect.Initial, plan.Reconnect.Max = time.Hour, time.Hour
			e := early()
			c, err := New(plan, ln.Addr().String(), someone(), WithEngine(e))
			require.NoError(t, err)
			h := &harbour{&rig{Client: c, t: t, plan: plan, start: time.Now()}, e}
			defer c.Close()
			require.NoError(t, c.start())
			conn, err := ln.Accept()
			require.NoError(t, err)
			defer conn.Close()
			_, err = io.WriteString(conn, "INFO 1 2\r\n")
			require.NoError(t, err)
			login := bufio.NewReader(conn)
			for range 2 { // CONNECT and PING
				_, err = login.ReadString('\n')
				require.NoError(t, err)
			}
			_, err = io.WriteString(conn, "PONG\r\n")
			require.NoError(t, err)
			h.parks()
			go func() { _, _ = io.Copy(io.Discard, conn) }() // else unread bytes make the end a reset
			test.end(conn.(*net.TCPConn))
			for ch := range c.States(t.Context()) {
				if ch.Err != nil {
					require.ErrorIs(t, ch.Err, test.want)
					break
				}
			}
			require.Eventually(t, func() bool { return e.Parked() == 0 }, 10*time.Second, time.Millisecond)
		})
	}
}

// TestInvariant05ParkedDeadMeansGone: the link of a silent peer is reset, in time.
func TestInvariant05ParkedDeadMeansGone(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	plan := plantest.Acme()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = time.Second, time.Second
	plan.Liveness.Probe = &probe
	plan.Reconnect.Initial, plan.Reconnect.Max = time.Hour, time.Hour
	e := early()
	c, err := New(plan, ln.Addr().String(), someone(), WithEngine(e))
	require.NoError(t, err)
	defer c.Close()
	h := &harbour{&rig{Client: c, t: t, plan: plan, start: time.Now()}, e}
	late := lateness()
	at, silent := map[State]time.Time{}, make(chan struct{})
	go func() {
		defer close(silent)
		for ch := range c.States(t.Context()) {
			if at[ch.To] = ch.At; ch.To == Backoff {
				break
			}
		}
	}()
	require.NoError(t, c.start())
	conn, err := ln.Accept()
	require.NoError(t, err)
	defer conn.Close()
	letIn(t, conn)
	h.parks()
	<-silent
	over := at[Backoff].Sub(at[Ready]) - plantest.Bound(plan)
	control := late()
	t.Logf("noticed %v after the bound, control timer late by %v", over, control)
	require.Less(t, over, 5*time.Millisecond+2*control)
	require.ErrorIs(t, c.lastError(), ErrPeerSilent)
	_, err = io.Copy(io.Discard, conn)
	require.ErrorIs(t, err, syscall.ECONNRESET)
}

// TestInvariant06ParkedFramesAreWhole: what the kernel does not take at once is written by a
// goroutine, which needs the link unparked.
func TestInvariant06ParkedFramesAreWhole(t *testing.T) {
	plan := plantest.Lasting()
	plan.Timeouts.Write = time.Minute
	const frames, size = 4, 512 << 10 // more than the sockets' buffers hold
	h := parkedAt(t, plan, early(), WithDialer(func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, addr)
		if err == nil {
			err = conn.(*net.TCPConn).SetWriteBuffer(32 << 10)
		}
		return conn, err
	}))
	h.device.StopReading()
	var publishers sync.WaitGroup
	for i := range frames {
		publishers.Go(func() {
			_, err := h.try(t.Context(), plantest.Pub(plan, "a", bytes.Repeat([]byte{'a' + byte(i)}, size)))
			assert.NoError(t, err)
		})
	}
	require.Eventually(t, func() bool { return h.engine.Parked() == 0 }, 10*time.Second, time.Millisecond)
	h.device.Heal()
	publishers.Wait()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	require.NoError(t, h.device.Wait(ctx, func(history device.History) bool { return len(history.Commands("pub")) == frames }))
	for _, record := range h.device.History().Commands("pub") {
		_, body, _ := bytes.Cut(record.Frame, []byte("\r\n"))
		require.Equal(t, size, bytes.Count(body, body[:1]), "a body has another's bytes")
	}
}

// TestParkedShutdown half-closes, and reads to the end.
func TestParkedShutdown(t *testing.T) {
	h := parkedAt(t, plantest.Acme(plantest.Logout("set", "SET 1 off\n")), early())
	require.NoError(t, h.Shutdown(t.Context()))
	require.NoError(t, h.Err())
	history := h.device.History()
	require.Len(t, history.Commands("set"), 1)
	require.Len(t, history.Of(device.HalfClosed), 1)
	require.NotErrorIs(t, history.Of(device.Ended)[0].Err, errConnReset)
	require.Zero(t, h.engine.Parked())
}

// TestInvariant12StaleEventsAreDropped: an event of a descriptor that was closed, and now is
// another link's.
func TestInvariant12StaleEventsAreDropped(t *testing.T) {
	h := parkedAt(t, plantest.Acme(), early())
	p := h.current.Load().socket.Load().parked()
	ps := &h.engine.pollers
	now := unix.EpollEvent{Fd: p.fd}
	require.Eventually(t, func() bool { // the poller may not wait for it yet
		ps.mu.Lock()
		defer ps.mu.Unlock()
		now.Pad = int32(p.epoch)
		return p.epoch != 0
	}, 10*time.Second, time.Millisecond)
	require.Equal(t, p, ps.who(&now))
	old := now
	old.Pad--
	require.Nil(t, ps.who(&old))
	h.current.Load().abort()
	require.Nil(t, ps.who(&now))
	require.False(t, p.hold(), "nobody uses a descriptor that was closed")
}

// TestRestlessLinks: links are parked and unparked all the time, while callers call, publish
// more than the kernel takes, and everything ends at any time; then nothing is left.
func TestRestlessLinks(t *testing.T) {
	plan := plantest.Order()
	plan.Reconnect.Initial, plan.Reconnect.Max = time.Millisecond, 5*time.Millisecond
	d := device.New(plan)
	defer d.Close()
	answer(d, plan)
	addr, err := d.Listen("127.0.0.1:0")
	require.NoError(t, err)
	d.History()
	before, running := descriptors(t), goleak.IgnoreCurrent()
	e := restless()
	stop := make(chan struct{})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(i)))
			for alive(stop) {
				c, err := Dial(t.Context(), plan, addr, someone(), WithEngine(e))
				if !assert.NoError(t, err) {
					return
				}
				restlessly(t, c, r, i)
				assert.NoError(t, c.Close())
			}
		})
	}
	for range 40 {
		<-time.After(10 * time.Millisecond)
		d.Reset()
	}
	close(stop)
	all.Wait()
	require.Eventually(t, func() bool { return descriptors(t) <= before }, 10*time.Second, time.Millisecond)
	require.Zero(t, e.Parked())
	goleak.VerifyNone(t, running)
}

// restlessly makes some calls, of all sizes, with pauses of all lengths.
func restlessly(t *testing.T, c *Client, r *rand.Rand, who int) {
	for j := range r.IntN(20) {
		key := fmt.Sprintf("%d.%d.%s", who, j, bytes.Repeat([]byte("x"), 1<<r.IntN(17)))
		reply, err := c.try(t.Context(), plantest.Get(c.plan, key))
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Error(err)
		}
		if err == nil && reply != fmt.Sprintf("$%d\r\n%s", len(key), key) {
			t.Errorf("asked for %.20q, got %.20q", key, reply)
		}
		if r.IntN(2) == 0 {
			<-time.After(time.Duration(r.IntN(1000)) * time.Microsecond)
		}
	}
}

func alive(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return false
	default:
		return true
	}
}
