package runtime

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// rig is a client and its device.
type rig struct {
	*Client
	t      *testing.T
	plan   *session.Plan
	device *device.Device
	start  time.Time
}

// virtual runs a test in a bubble, with a client that was not run yet.
func virtual(t *testing.T, plan *session.Plan, test func(t *testing.T, r *rig), opts ...Option) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, plan, opts...)
		test(t, r)
		r.close()
	})
}

func newRig(t *testing.T, plan *session.Plan, opts ...Option) *rig {
	t.Helper()
	r := &rig{t: t, plan: plan, device: device.New(plan, device.WithBuffer(4096)), start: time.Now()}
	answer(r.device, plan)
	opts = append([]Option{WithDialer(r.device.Dialer()), WithSeed(1)}, opts...)
	c, err := New(plan, "device", someone(), opts...)
	require.NoError(t, err)
	r.Client = c
	return r
}

// answer makes a device of one of plantest's plans behave.
func answer(d *device.Device, plan *session.Plan) {
	switch plan.Vendor {
	case "acme":
		d.Reply("heartbeat", "HEARTBEAT_ACK")
		d.Reply("login", "OK")
		d.Reply("bye", "OK")
		d.Reply("set", "OK")
		d.Handle("read", func(r *device.Request) { r.Replyf("READING %s 21.5 C", r.Words()[1]) })
		d.Handle("watch", func(r *device.Request) { r.Replyf("WATCHING %s", r.Words()[1]) })
		d.Handle("unwatch", func(r *device.Request) { r.Replyf("UNWATCHED %s", r.Words()[1]) })
	case "order":
		d.Reply("ping", "+PONG")
		d.Reply("auth", "+OK")
		d.Reply("set", "+OK")
		d.Handle("get", func(r *device.Request) {
			key := plantest.Arguments(r.Frame)[1]
			r.Replyf("$%d\r\n%s", len(key), key)
		})
	case "tagged":
		d.Reply("version", "version 1.2")
		for command, reply := range map[string]string{"ping": "pong", "put": "done", "get": "value %s", "open": "opened %s", "shut": "shut %s"} {
			d.Handle(command, func(r *device.Request) {
				r.Reply("=" + r.Words()[0][1:] + " " + strings.ReplaceAll(reply, "%s", r.Words()[len(r.Words())-1]))
			})
		}
	case "lasting":
		d.Greet("INFO 1 2")
		d.Reply("ping", "PONG")
		for _, quiet := range []string{"connect", "pong", "pub", "sub", "unsub"} {
			d.Handle(quiet, func(*device.Request) {})
		}
	}
}

func (r *rig) close() {
	require.NoError(r.t, r.Close())
	require.NoError(r.t, r.device.Close())
}

// up runs the client until it is READY.
func (r *rig) up() {
	r.t.Helper()
	require.NoError(r.t, r.Client.start())
	select {
	case <-r.begun.done():
	case <-time.After(time.Minute):
		r.t.Fatalf("not ready: %v", r.lastError())
	}
}

// await waits, for at most an hour, until the client is in this state.
func (r *rig) await(state State) (at time.Duration) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	for ch := range r.States(ctx) {
		if ch.To == state {
			return ch.At.Sub(r.start)
		}
	}
	r.t.Fatalf("not %v within an hour, but %v", state, r.State())
	return 0
}

// do runs one command with a ready-made request.
func (c *Client) try(ctx context.Context, request *session.Call) (string, error) {
	call := c.Begin(request.Command)
	defer call.Release()
	if err := call.Encoded(append(call.Frame, request.Frame...), nil); err != nil {
		return "", err
	}
	call.Echo = append(call.Echo, request.Echo...)
	call.Lasting = append(call.Lasting, request.Lasting...)
	if err := call.Do(ctx); err != nil {
		return "", err
	}
	if call.Message == session.None {
		return "", nil
	}
	return string(call.Reply), nil
}

func (r *rig) read(ctx context.Context, channel uint8) (string, error) {
	return r.try(ctx, plantest.Read(r.plan, channel))
}

// mustRead reads a channel and checks the reply.
func (r *rig) mustRead(channel uint8) {
	r.t.Helper()
	reply, err := r.read(context.Background(), channel)
	require.NoError(r.t, err)
	require.Equal(r.t, fmt.Sprintf("READING %d 21.5 C", channel), reply)
}

// recorder collects the changes of state.
type changes struct {
	mu   sync.Mutex
	list []StateChange
}

func (c *changes) add(ch StateChange) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, ch)
}

func (c *changes) states() (s []State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ch := range c.list {
		s = append(s, ch.To)
	}
	return s
}

func someone() *plantest.Params { return &plantest.Params{User: "op", Secret: "hunter2"} }

// lateness measures, until stop is called, how late timers of 10 ms are in this
// process: what the machine and the other goroutines cost anyone.
func lateness() (stop func() time.Duration) {
	quit, worst := make(chan struct{}), make(chan time.Duration)
	go func() {
		most := time.Duration(0)
		for {
			before := time.Now()
			select {
			case <-time.After(10 * time.Millisecond):
				most = max(most, time.Since(before)-10*time.Millisecond)
			case <-quit:
				worst <- max(most, time.Since(before)-10*time.Millisecond) // a timer may be late now
				return
			}
		}
	}()
	return func() time.Duration {
		close(quit)
		return <-worst
	}
}
