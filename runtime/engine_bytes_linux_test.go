package runtime

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestWithoutDescriptorsLinksKeepTheirReader: parking needs one for a moment.
func TestWithoutDescriptorsLinksKeepTheirReader(t *testing.T) {
	h := parkedAt(t, plantest.Acme(), early())
	give := func() {}
	for unparked := false; !unparked; {
		for h.parked() {
			h.mustRead(1)
		}
		l := h.current.Load()
		l.moving.Lock() // nor is it about to be parked again
		if unparked = l.socket.Load().parked() == nil; unparked {
			give = noDescriptors(t)
		}
		l.moving.Unlock()
	}
	for range 100 {
		h.mustRead(3)
		<-time.After(h.engine.idle / 2)
		require.Zero(t, h.engine.Parked())
	}
	give()
	h.parks()
	require.EqualValues(t, 1, h.Stats().Links)
}

// noDescriptors lets nobody open any, until the test ends or gives them back.
func noDescriptors(t *testing.T) (give func()) {
	t.Helper()
	var limit unix.Rlimit
	require.NoError(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &limit))
	give = func() { assert.NoError(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &limit)) }
	t.Cleanup(give)
	require.NoError(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 3, Max: limit.Max}))
	return give
}

// rawly runs a client of the acme plan, until its link is parked, and gives the other end.
func rawly(t *testing.T, e *Engine) (h *harbour, theirs net.Conn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	plan := plantest.Acme()
	plan.Reconnect.Initial, plan.Reconnect.Max = time.Hour, time.Hour
	c, err := New(plan, ln.Addr().String(), someone(), WithEngine(e))
	require.NoError(t, err)
	h = &harbour{&rig{Client: c, t: t, plan: plan, start: time.Now()}, e}
	require.NoError(t, c.start())
	theirs, err = ln.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = c.Close(), theirs.Close() })
	letIn(t, theirs)
	h.parks()
	return h, theirs
}

// letIn answers the login of the acme plan, once it has come.
func letIn(t *testing.T, conn net.Conn) {
	t.Helper()
	_, err := bufio.NewReader(conn).ReadString('\n')
	require.NoError(t, err)
	_, err = io.WriteString(conn, "OK\n")
	require.NoError(t, err)
}

// events are the next n that somebody gets.
func events(t *testing.T, s *Subscription, n int) (frames []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // before a heartbeat would make the poller look again
	defer cancel()
	for _, frame := range s.Frames(ctx) {
		if frames = append(frames, string(frame)); len(frames) == n {
			return frames
		}
	}
	t.Fatalf("%d of %d events", len(frames), n)
	return nil
}

// TestABurstIsReadWhole, also where there is no descriptor for a reader: there is no second
// event for bytes that fill the poller's buffer and more.
func TestABurstIsReadWhole(t *testing.T) {
	h, theirs := rawly(t, early())
	readings := h.Subscribe(Filter{})
	give := noDescriptors(t)
	const event = "READING 200 1 C\n"
	n := 2*len(poller{}.buf)/len(event) + 1
	_, err := io.WriteString(theirs, strings.Repeat(event, n))
	require.NoError(t, err)
	events(t, readings, n)
	require.Equal(t, 1, h.engine.Parked())
	give()
}

// TestHalfAFrameIsKept by a link that goes on with a reader, and by one that is idle behind it.
func TestHalfAFrameIsKept(t *testing.T) {
	h, theirs := rawly(t, early())
	readings := h.Subscribe(Filter{})
	for range 3 {
		for _, part := range []string{"READING 20", "0 1 C\nREADI", "NG 201 1 C\n"} {
			_, err := io.WriteString(theirs, part)
			require.NoError(t, err)
			<-time.After(2 * h.engine.idle)
		}
		require.Equal(t, []string{"READING 200 1 C", "READING 201 1 C"}, events(t, readings, 2))
		h.parks()
	}
}

// TestTheEndBehindTheBytesIsRead: both came while the poller was busy, and are one event.
func TestTheEndBehindTheBytesIsRead(t *testing.T) {
	e := early()
	e.pollers.all = make([]*poller, 1)
	h, theirs := rawly(t, e)
	busy, others := rawly(t, e)
	l := busy.current.Load()
	l.moving.Lock()
	_, err := io.WriteString(others, "READING 200 1 C\n")
	require.NoError(t, err)
	<-time.After(20 * time.Millisecond) // the poller waits for the other link
	readings := h.Subscribe(Filter{})
	_, err = io.WriteString(theirs, "READING 200 1 C\n")
	require.NoError(t, err)
	require.NoError(t, theirs.(*net.TCPConn).CloseWrite())
	<-time.After(20 * time.Millisecond)
	l.moving.Unlock()
	events(t, readings, 1)
	require.Eventually(t, func() bool { return h.State() == Backoff }, 5*time.Second, time.Millisecond)
	require.ErrorIs(t, h.lastError(), io.EOF)
}

// TestTheEngineIsWokenUpByTheKernel from its first parked link on, and by nobody once its
// clients are gone.
func TestTheEngineIsWokenUpByTheKernel(t *testing.T) {
	before := descriptors(t)
	e := early()
	chime := func() *chime {
		e.mu.Lock()
		defer e.mu.Unlock()
		return e.chime
	}
	h, theirs := rawly(t, e)
	require.NotNil(t, chime())
	require.False(t, e.timer.Stop(), "beside the kernel's, Go's timer is set")
	rung := make(chan time.Time, 1)
	c, err := newChime(func() {
		select {
		case rung <- time.Now():
		default:
		}
	})
	require.NoError(t, err)
	<-rung // once at the beginning
	for range 3 {
		start := time.Now()
		c.set(2 * time.Millisecond)
		require.GreaterOrEqual(t, (<-rung).Sub(start), 2*time.Millisecond)
	}
	c.stop()
	require.NoError(t, h.Close())
	require.Nil(t, chime())
	require.NoError(t, theirs.Close())
	require.Eventually(t, func() bool { return descriptors(t) <= before }, 10*time.Second, time.Millisecond)
}
