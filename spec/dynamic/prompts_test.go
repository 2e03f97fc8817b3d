package dynamic_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
)

func protocolOf(t *testing.T, path string) *dynamic.Protocol {
	t.Helper()
	p, err := dynamic.Open(load(t, path))
	require.NoError(t, err)
	return p
}

// bridge is a Lutron bridge: it asks for options, echoes, and prompts.
func bridge(d *device.Device) {
	d.Greet("login: ")
	d.Handle("user", func(r *device.Request) {
		r.Link().Garbage([]byte("\xff\xfb\x01\r\n"))
		r.Reply("password: ")
	})
	d.Handle("password", func(r *device.Request) {
		if string(r.Frame) != "s3cret" {
			r.Reply("login: ")
			return
		}
		r.Link().Garbage([]byte("\r\n"))
		r.Reply("GNET> ")
	})
	prompt := func(r *device.Request, reply string) {
		r.Reply(reply)
		r.Link().Emit("GNET> ")
	}
	d.Handle("monitor", func(r *device.Request) { prompt(r, "~MONITORING,"+string(r.Frame)[len("#MONITORING,"):]) })
	d.Handle("get_level", func(r *device.Request) { prompt(r, "~OUTPUT,"+strings.Split(string(r.Frame), ",")[1]+",1,50.00") })
	d.Handle("set_level", func(r *device.Request) {
		if strings.Contains(string(r.Frame), ",9,") {
			prompt(r, "~ERROR,2")
			return
		}
		prompt(r, "~"+string(r.Frame)[1:])
	})
}

func TestLoginByPrompts(t *testing.T) {
	p := protocolOf(t, "testdata/prompts.yaml")
	bubble(t, p, user2("s3cret"), bridge, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		require.Len(t, d.History().Commands("monitor"), 2)
		start := time.Now()
		_, level, err := c.Call(ctx, "get_level", dynamic.Map{"id": 7})
		require.NoError(t, err)
		require.Equal(t, "{id: 7, level: 50.00}", level.String())
		require.Equal(t, 20*time.Millisecond, time.Since(start), "the gap behind the last ready step")

		_, level, err = c.Call(ctx, "set_level", dynamic.Map{"id": 3, "level": wire.Decimal{Coef: 125, Scale: 1}})
		require.NoError(t, err)
		require.Equal(t, "{id: 3, level: 12.5}", level.String())
		start = time.Now()
		_, _, err = c.Call(ctx, "set_level", dynamic.Map{"id": 9, "level": wire.Decimal{Coef: 1}})
		require.Equal(t, time.Second, time.Since(start), "the last one settles")
		var fault *dynamic.Fault
		require.ErrorAs(t, err, &fault)

		d.BlackHole()
		<-time.After(89 * time.Second)
		require.NotEqual(t, session.Ready, c.State())
		d.Heal()
		d.Reset()
		_, _, err = c.Call(ctx, "get_level", dynamic.Map{"id": 1})
		require.NoError(t, err)
		require.Zero(t, c.Stats().EventsUnknown)
		require.Greater(t, c.Stats().Links, uint64(1))
	})
}

func user2(password string) dynamic.Map { return dynamic.Map{"user": "joe", "password": password} }

func TestWrongPasswordAtAPrompt(t *testing.T) {
	p := protocolOf(t, "testdata/prompts.yaml")
	d := device.New(p.Plan())
	defer d.Close()
	bridge(d)
	_, err := p.Dial(t.Context(), "device", user2("wrong"), runtime.WithDialer(d.Dialer()))
	require.ErrorIs(t, err, runtime.ErrRefused)
}
