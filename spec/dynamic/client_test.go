package dynamic_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
)

var user = dynamic.Map{"user": "u", "secret": "s3cret"}

// bubble runs f in virtual time, with a device and a client that is READY.
func bubble(t *testing.T, p *dynamic.Protocol, params dynamic.Map, script func(*device.Device), f func(ctx context.Context, d *device.Device, c *dynamic.Client)) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New(p.Plan())
		defer d.Close()
		script(d)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		c, err := p.Dial(ctx, "device", params, runtime.WithDialer(d.Dialer()))
		require.NoError(t, err)
		defer c.Close()
		f(t.Context(), d, c)
	})
}

func acmeDevice(d *device.Device) {
	d.Reply("heartbeat", "HEARTBEAT_ACK")
	d.Reply("login", "OK")
	d.Reply("bye", "OK")
	d.Handle("read", func(r *device.Request) {
		if r.Words()[1] == "99" {
			r.Reply("ERR 7 later")
			return
		}
		r.Replyf("READING %s 21.50 C", r.Words()[1])
	})
	d.Reply("get_limits", "LIMITS 3 NONE")
	d.Reply("list_channels", "CHANNELS 1,2,16")
	d.Reply("get_name", `NAME "Boiler \"north\""`)
}

func TestCall(t *testing.T) {
	bubble(t, acme(t), user, acmeDevice, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		require.Equal(t, "LOGIN u s3cret", string(d.History().Commands("login")[0].Frame))

		name, got, err := c.Call(ctx, "read", dynamic.Map{"channel": 3})
		require.NoError(t, err)
		require.Equal(t, "reading", name)
		require.Equal(t, "{channel: 3, value: 21.50, unit: celsius}", got.String())
		value, ok := got.Get("value")
		require.True(t, ok)
		require.Equal(t, wire.Decimal{Coef: 2150, Scale: 2}, value)

		name, got, err = c.Call(ctx, "get_limits", dynamic.Map{"channel": 3})
		require.NoError(t, err)
		require.Equal(t, "no_limits {channel: 3}", name+" "+got.String())

		_, got, err = c.Call(ctx, "list_channels", nil)
		require.NoError(t, err)
		require.Equal(t, "{channels: [1, 2, 16]}", got.String())

		_, got, err = c.Call(ctx, "get_name", nil)
		require.NoError(t, err)
		require.Equal(t, dynamic.Map{"name": `Boiler "north"`}, got.Map())
	})
}

func TestCallFails(t *testing.T) {
	bubble(t, acme(t), user, acmeDevice, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		name, got, err := c.Call(ctx, "read", dynamic.Map{"channel": 99})
		var fault *dynamic.Fault
		require.ErrorAs(t, err, &fault)
		require.True(t, fault.Temporary())
		require.Equal(t, `read: fault {code: busy, text: "later"}`, err.Error())
		require.Equal(t, "fault", name)
		require.True(t, dynamic.Equal(fault.Values, got))

		before := len(d.History())
		for _, tt := range []struct {
			command string
			values  dynamic.Map
			err     string
		}{
			{"reed", nil, `acme has no command "reed"`},
			{"read", nil, "channel: is missing"},
			{"read", dynamic.Map{"channel": 300}, "channel: is not of type uint8"},
			{"read", dynamic.Map{"channel": "3"}, "channel: must be uint8"},
			{"read", dynamic.Map{"channel": 3, "chanel": 4}, "chanel: is not a field; there are channel"},
			{"set_interval", dynamic.Map{"channel": 1, "interval": 0, "seconds": 0}, "is not a field"},
			{"set_name", dynamic.Map{"name": "a\xffb"}, "name: "},
		} {
			_, _, err := c.Call(ctx, tt.command, tt.values)
			var e *runtime.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, runtime.NotSent, e.Fate)
			require.ErrorContains(t, err, tt.err)
		}
		require.Len(t, d.History(), before, "nothing was sent")
	})
}

func TestEvents(t *testing.T) {
	bubble(t, acme(t), user, acmeDevice, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		sub, err := c.Subscribe("alarm")
		require.NoError(t, err)
		defer sub.Close()
		var all []string
		done := make(chan struct{})
		go func() {
			defer close(done)
			for ev := range c.Events(ctx) {
				all = append(all, ev.Name+" "+ev.Values.String()+" "+string(ev.Frame))
				if len(all) == 3 {
					return
				}
			}
		}()
		synctest.Wait()
		d.Conn(1).Emit("READING 3 1 C")
		d.Conn(1).Emit(`ALARM 17 WARNING ON "x"`)
		d.Conn(1).Emit("WHAT IS THIS")
		<-done
		require.Equal(t, []string{
			"reading {channel: 3, value: 1, unit: celsius} READING 3 1 C",
			`alarm {id: 17, severity: warning, active: true, text: "x"} ALARM 17 WARNING ON "x"`,
			" {} WHAT IS THIS",
		}, all)
		for ev := range sub.Events(ctx) {
			require.Equal(t, "alarm", ev.Name)
			break
		}
		_, err = c.Subscribe("label")
		require.EqualError(t, err, `acme has no event "label"`)
		_, err = c.Subscribe("nothing")
		require.Error(t, err)
	})
}

func TestLoginRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := acme(t)
		d := device.New(p.Plan())
		defer d.Close()
		d.Reply("login", "DENIED")
		_, err := p.Dial(t.Context(), "device", user, runtime.WithDialer(d.Dialer()))
		require.ErrorIs(t, err, runtime.ErrRefused)
		require.NotContains(t, err.Error(), "s3cret")
	})
}

func TestParams(t *testing.T) {
	p := steps(t)
	got, err := p.Params(dynamic.Map{"user": "u", "password": "hunter2"})
	require.NoError(t, err)
	require.Equal(t, `{user: "u", password: ***, node: 3}`, got.String())

	got, err = p.Params(dynamic.Map{"user": "u", "password": "p", "area": "", "node": 7})
	require.NoError(t, err)
	require.Equal(t, `{user: "u", password: ***, node: 7}`, got.String(), "the zero value of an optional parameter is absence")

	_, err = p.Params(dynamic.Map{"pass": "hunter2", "user": 1, "node": 256})
	require.EqualError(t, err, "parameters of steps: pass: is not a field; there are user, password, area, node\n"+
		"user: must be word\npassword: is missing\nnode: is not of type uint8")

	_, err = p.Params(dynamic.Map{"user": "u", "password": "two words"})
	require.ErrorContains(t, err, "parameters of steps: password: ")
	require.NotContains(t, err.Error(), "two")

	_, err = p.New("device", dynamic.Map{})
	require.ErrorContains(t, err, "user: is missing")
	_, err = p.Dial(t.Context(), "device", dynamic.Map{})
	require.ErrorContains(t, err, "user: is missing")
	_, err = acme(t).New("device:notaport", user)
	require.Error(t, err)
}

func redisDevice(d *device.Device) {
	d.Reply("ping", "+PONG")
	d.Reply("auth", "+OK")
	d.Reply("set", "+OK")
	d.Handle("get", func(r *device.Request) {
		if string(r.Frame) == "*2\r\n$3\r\nGET\r\n$4\r\nnone" {
			r.Reply("$-1")
			return
		}
		r.Reply("$7\r\n+OK\r\n$9")
	})
	d.Handle("mget", func(r *device.Request) { r.Reply("*2\r\n$1\r\na\r\n$0\r\n") })
}

// Values may look like replies, and hold line ends.
func TestOrdered(t *testing.T) {
	bubble(t, ordered(t), dynamic.Map{"password": "p\r\nw"}, redisDevice, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		require.Equal(t, "*2\r\n$4\r\nAUTH\r\n$4\r\np\r\nw", string(d.History().Commands("auth")[0].Frame))
		name, got, err := c.Call(ctx, "get", dynamic.Map{"key": "k"})
		require.NoError(t, err)
		require.Equal(t, "value", name)
		require.Equal(t, dynamic.Map{"data": []byte("+OK\r\n$9")}, got.Map())
		name, _, err = c.Call(ctx, "get", dynamic.Map{"key": []byte("none")})
		require.NoError(t, err)
		require.Equal(t, "nil", name)
		_, _, err = c.Call(ctx, "set", dynamic.Map{"key": "k", "value": "*1\r\n$4\r\nPING\r\n"})
		require.NoError(t, err)
		require.Len(t, d.History().Commands("set"), 1)
		_, got, err = c.Call(ctx, "mget", dynamic.Map{"keys": []string{"a", "b\r\n"}})
		require.NoError(t, err)
		require.Equal(t, dynamic.Map{"items": []any{[]byte("a"), []byte{}}}, got.Map())
	})
	bubble(t, ordered(t), nil, redisDevice, func(_ context.Context, d *device.Device, _ *dynamic.Client) {
		require.Empty(t, d.History().Commands("auth"), "no password, no step")
	})
}

func natsDevice(d *device.Device) {
	d.Greet(`INFO {"max_payload":1048576,"more":[{}]}`)
	d.Reply("ping", "PONG")
}

// A delivery gets the events of its key alone, and is renewed on a new link.
func TestDeliver(t *testing.T) {
	bubble(t, lasting(t), dynamic.Map{"user": "u"}, natsDevice, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		require.Equal(t, `CONNECT {"verbose":false,"user":"u"}`, string(d.History().Commands("connect")[0].Frame))
		sub, err := c.Deliver(ctx, "sub", dynamic.Map{"subject": "a.b"})
		require.NoError(t, err)
		other, err := c.Deliver(ctx, "sub", dynamic.Map{"subject": "c"})
		require.NoError(t, err)
		require.NoError(t, c.Flush(ctx))
		synctest.Wait()

		d.Conn(1).Reset()
		time.Sleep(10 * time.Second)
		require.Equal(t, runtime.Ready, c.State())
		require.Equal(t, "SUB a.b 1", string(d.History().Conn(2).Commands("sub")[0].Frame))

		d.Conn(2).Emit("MSG c 2 0 2\r\nno")
		d.Conn(2).Emit("MSG a.b 1 r 1 3\r\nxyz")
		for ev := range sub.Events(ctx) {
			require.Equal(t, `{subject: "a.b", sid: "1", reply: "r", headers: "x", payload: "yz"}`, ev.Values.String())
			break
		}
		require.NoError(t, sub.Close(ctx))
		require.NoError(t, other.Close(ctx))
		require.NoError(t, c.Flush(ctx))
		synctest.Wait()
		unsubs := d.History().Commands("unsub")
		require.Len(t, unsubs, 2)
		require.Equal(t, "UNSUB 1", string(unsubs[0].Frame))

		_, err = c.Deliver(ctx, "pub", dynamic.Map{"subject": "a", "payload": ""})
		require.ErrorContains(t, err, "pub delivers no events")
		_, err = c.Deliver(ctx, "sub", dynamic.Map{"subject": "a b"})
		var e *runtime.Error
		require.True(t, errors.As(err, &e))
		require.Equal(t, runtime.NotSent, e.Fate)
	})
}

// The server's ping is answered.
func TestAnswers(t *testing.T) {
	bubble(t, lasting(t), nil, natsDevice, func(_ context.Context, d *device.Device, _ *dynamic.Client) {
		require.Equal(t, `CONNECT {"verbose":false}`, string(d.History().Commands("connect")[0].Frame))
		d.Conn(1).Emit("PING")
		synctest.Wait()
		require.Len(t, d.History().Commands("pong"), 1)
	})
}
