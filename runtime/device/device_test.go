package device_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// rig is a device under virtual time.
type rig struct {
	*device.Device
	t     *testing.T
	start time.Time
}

// virtual runs a test on an acme that answers, in a bubble.
func virtual(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	virtualPlan(t, plantest.Acme(), test)
}

func virtualPlan(t *testing.T, plan *session.Plan, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{Device: device.New(plan), t: t, start: time.Now()}
		if plan.Vendor == "acme" {
			answer(r.Device)
		}
		test(t, r)
		require.NoError(t, r.Close())
		require.Zero(t, r.History().Open())
	})
}

func answer(d *device.Device) {
	d.Reply("heartbeat", "HEARTBEAT_ACK")
	d.Reply("login", "OK")
	d.Reply("bye", "OK")
	d.Handle("read", func(r *device.Request) { r.Replyf("READING %s 21.5 C", r.Words()[1]) })
}

// conn is a client's raw connection.
type conn struct {
	net.Conn
	t     *testing.T
	lines *bufio.Reader
	start time.Time
}

func (r *rig) dial() *conn {
	r.t.Helper()
	c, err := r.Dialer()(context.Background(), "tcp", "device:1234")
	require.NoError(r.t, err)
	return &conn{Conn: c, t: r.t, lines: bufio.NewReader(c), start: time.Now()}
}

func (c *conn) send(lines ...string) {
	c.t.Helper()
	_, err := io.WriteString(c, strings.Join(lines, "\n")+"\n")
	require.NoError(c.t, err)
}

func (c *conn) expect(lines ...string) {
	c.t.Helper()
	for _, want := range lines {
		got, err := c.lines.ReadString('\n')
		require.NoError(c.t, err)
		require.Equal(c.t, want, strings.TrimRight(got, "\r\n"))
	}
}

// quiet checks that nothing comes within a minute.
func (c *conn) quiet() {
	c.t.Helper()
	require.NoError(c.t, c.SetReadDeadline(time.Now().Add(time.Minute)))
	b, err := c.lines.ReadByte()
	var timeout net.Error
	require.True(c.t, errors.As(err, &timeout) && timeout.Timeout(), "got %q, %v", b, err)
	require.NoError(c.t, c.SetReadDeadline(time.Time{}))
}

func (c *conn) ends(want error) {
	c.t.Helper()
	rest, err := io.ReadAll(c.lines)
	if want == io.EOF {
		want = nil
	}
	require.ErrorIs(c.t, err, want)
	require.Empty(c.t, string(rest))
}

func TestAnswersCommands(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		c.send("LOGIN u s", "READ 3", "HEARTBEAT")
		c.expect("OK", "READING 3 21.5 C", "HEARTBEAT_ACK")
		require.NoError(t, c.Close())
		require.NoError(t, r.Wait(t.Context(), func(h device.History) bool { return h.Open() == 0 }))

		h := r.History()
		require.Len(t, h.Commands("read"), 1)
		require.Equal(t, "READ 3", string(h.Commands("read")[0].Frame))
		for kind, n := range map[device.Kind]int{
			device.Connected: 1, device.Received: 3, device.Replied: 3, device.HalfClosed: 1, device.Ended: 1,
		} {
			require.Len(t, h.Of(kind), n, kind)
		}
		require.Equal(t, device.Connected, h[0].Kind)
		require.Equal(t, io.EOF, h[len(h)-1].Err)
	})
}

func TestCommandsCutAtEveryByte(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		for _, b := range []byte("READ 3\r\nREAD 4\n") {
			_, err := c.Write([]byte{b})
			require.NoError(t, err)
			synctest.Wait()
		}
		c.expect("READING 3 21.5 C", "READING 4 21.5 C")
	})
}

func TestCountedBodies(t *testing.T) {
	plan := plantest.Order()
	virtualPlan(t, plan, func(t *testing.T, r *rig) {
		stored := map[string]string{}
		r.Handle("set", func(q *device.Request) {
			args := plantest.Arguments(q.Frame)
			stored[args[1]] = args[2]
			q.Reply("+OK")
		})
		r.Handle("get", func(q *device.Request) {
			v := stored[plantest.Arguments(q.Frame)[1]]
			q.Replyf("$%d\r\n%s", len(v), v)
		})
		c := r.dial()
		_, _ = c.Write(plantest.Put(plan, "k", "+OK\r\n$-1\r\n").Frame)
		_, _ = c.Write(plantest.Get(plan, "k").Frame)
		c.expect("+OK", "$10", "+OK", "$-1", "")
	})
}

func TestUnhandledAndUnknownAreRecorded(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		c.send("SET 3 1", "NONSENSE", "READ 3")
		c.expect("READING 3 21.5 C")
		require.Len(t, r.History().Of(device.Unhandled), 1)
		require.Equal(t, "NONSENSE", string(r.History().Of(device.Unknown)[0].Frame))

		r.Otherwise(func(q *device.Request) { q.Reply("ERR 1 " + q.Command) })
		c.send("SET 3 1")
		c.expect("ERR 1 set")
	})
}

func TestTooLongIsRecorded(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		c.send(strings.Repeat("x", 5000), "READ 3")
		c.expect("READING 3 21.5 C")
		require.Error(t, r.History().Of(device.Unknown)[0].Err)
	})
}

func TestGreeting(t *testing.T) {
	virtualPlan(t, plantest.Lasting(), func(t *testing.T, r *rig) {
		r.Greet("INFO {}")
		r.Reply("ping", "PONG")
		c := r.dial()
		c.expect("INFO {}")
		c.send("PING\r")
		c.expect("PONG")
	})
}

func TestEventsGoToAllOrOne(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		a, b := r.dial(), r.dial()
		r.Emit("READING 1 1 C")
		a.expect("READING 1 1 C")
		b.expect("READING 1 1 C")
		r.Conn(2).Emit("READING 2 2 C")
		b.expect("READING 2 2 C")
		a.quiet()
		r.Next().Emit("READING 3 3 C")
		r.dial().expect("READING 3 3 C")
		r.dial().quiet()
	})
}

func TestReplyLater(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Handle("set", func(q *device.Request) {
			time.AfterFunc(3*time.Second, func() { q.Reply("OK") })
		})
		c := r.dial()
		c.send("SET 1 1")
		c.expect("OK")
		require.Equal(t, 3*time.Second, time.Since(r.start))
	})
}

func TestBlockedHandlerEndsWithItsConnection(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Handle("set", func(q *device.Request) { <-q.Context().Done() })
		c := r.dial()
		c.send("SET 1 1")
		synctest.Wait()
		other := r.dial()
		other.send("READ 1")
		other.expect("READING 1 21.5 C")
	})
}

func TestClosingCommand(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		c.send("BYE")
		c.expect("OK")
		c.ends(io.EOF)
	})
}

func TestClientHalfCloses(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		c.send("READ 1")
		require.NoError(t, c.Conn.(interface{ CloseWrite() error }).CloseWrite())
		c.expect("READING 1 21.5 C")
		c.ends(io.EOF)
	})
}

func TestHandlerEndsTheConnection(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Handle("set", func(q *device.Request) { q.Reply("OK"); q.Close() })
		c := r.dial()
		c.send("SET 1 1")
		c.expect("OK")
		c.ends(io.EOF)

		r.Handle("set", func(q *device.Request) { q.Reset() })
		c = r.dial()
		c.send("SET 1 1")
		c.ends(syscall.ECONNRESET)
	})
}

// A test that fails in a handler ends the handler's goroutine: the client must
// not wait for a device that reads no more.
func TestHandlerEndsItsGoroutine(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Handle("set", func(*device.Request) { runtime.Goexit() })
		c := r.dial()
		c.send("SET 1 1")
		c.ends(io.EOF)
		require.Equal(t, time.Duration(0), time.Since(r.start))
		require.ErrorContains(t, r.History().Of(device.Ended)[0].Err, "a handler ended its goroutine")
	})
}

func TestCloseRefusesDials(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		require.NoError(t, r.Close())
		c.ends(io.EOF)
		_, err := r.Dialer()(t.Context(), "tcp", "x")
		require.ErrorIs(t, err, syscall.ECONNREFUSED)
		_, err = r.Listen("127.0.0.1:0")
		require.ErrorIs(t, err, net.ErrClosed)
	})
}

func TestHistoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New(plantest.Acme(), device.WithHistory(10))
		defer d.Close()
		answer(d)
		r := &rig{Device: d, t: t}
		c := r.dial()
		for range 50 {
			c.send("READ 1")
			c.expect("READING 1 21.5 C")
		}
		h := d.History()
		require.Len(t, h, 10)
		require.Equal(t, device.Replied, h[9].Kind)
	})
}

func TestTraceSeesWhatTheHistoryForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen device.History
		d := device.New(plantest.Acme(), device.WithHistory(10), device.WithTrace(func(r device.Record) { seen = append(seen, r) }))
		answer(d)
		r := &rig{Device: d, t: t}
		c := r.dial()
		for range 50 {
			c.send("READ 1")
			c.expect("READING 1 21.5 C")
		}
		require.NoError(t, d.Close())
		require.Len(t, seen.Commands("read"), 50)
		require.Len(t, seen.Of(device.Replied), 50)
		require.Zero(t, seen.Open())
		require.Equal(t, d.History(), seen[len(seen)-10:])
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, r.Wait(ctx, func(device.History) bool { return false }), context.DeadlineExceeded)
	})
}

func TestBadUsePanics(t *testing.T) {
	d := device.New(plantest.Acme())
	defer d.Close()
	for name, use := range map[string]func(){
		"unknown command":  func() { d.Reply("raed", "x") },
		"unknown to drop":  func() { d.DropReplies("raed", 1) },
		"stall of nothing": func() { d.StallMidFrame(0) },
		"negative delay":   func() { d.Delay(-1) },
		"negative split":   func() { d.SplitEvery(-1) },
		"no connection":    func() { d.Conn(1) },
	} {
		t.Run(name, func(t *testing.T) { require.Panics(t, use) })
	}
	require.PanicsWithValue(t,
		`device: acme has no command "raed"; it has bye, heartbeat, login, read, set, unwatch, watch`,
		func() { d.Reply("raed") })
}

// A client may end its lines in another way than the server does.
func TestClientsLineEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := plantest.Acme()
		plan.Framing.Ends, plan.Framing.SendEnd = []string{"\r\n"}, "\r"
		d := device.New(plan)
		defer d.Close()
		d.Reply("heartbeat", "HEARTBEAT_ACK")
		conn, err := d.Dialer()(t.Context(), "tcp", "unit")
		require.NoError(t, err)
		defer conn.Close()
		_, err = conn.Write([]byte("HEARTBEAT\rHEARTBEAT\r"))
		require.NoError(t, err)
		synctest.Wait()
		require.Len(t, d.History().Commands("heartbeat"), 2)
		require.Equal(t, "HEARTBEAT_ACK\r\n", string(d.History().Of(device.Replied)[0].Frame))
	})
}
