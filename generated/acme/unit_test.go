package acme_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// manualUnit is a fake unit that answers every command as the manual says.
func manualUnit() *device.Device {
	d := device.New(acme.Plan())
	d.Reply("heartbeat", "HEARTBEAT_ACK")
	d.Handle("login", func(r *device.Request) {
		if r.Words()[1] == "eve" && r.Words()[2] == "s3cret" {
			r.Reply("OK")
			return
		}
		r.Reply("DENIED")
	})
	d.Reply("bye", "OK")
	d.Handle("read", func(r *device.Request) {
		switch channel := r.Words()[1]; channel {
		case "3":
			r.Reply("READING 3 21.50 C")
		case "7":
			r.Reply("ERR 7 measuring already")
		default:
			r.Reply("ERR 3 no such channel")
		}
	})
	d.Reply("list_channels", "CHANNELS 1,2,3")
	d.Reply("set_interval", "OK")
	d.Handle("get_limits", func(r *device.Request) {
		if r.Words()[1] == "3" {
			r.Reply("LIMITS 3 -10.0 85.25")
			return
		}
		r.Replyf("LIMITS %s NONE", r.Words()[1])
	})
	d.Reply("set_limits", "OK")
	d.Reply("acknowledge", "OK")
	d.Reply("get_name", `NAME "Boiler \"north\""`)
	d.Reply("set_name", "OK")
	d.Reply("reset", "OK")
	return d
}

var login = acme.Params{User: "eve", Secret: "s3cret"}

// dial connects a client to d in memory; both end with the test.
func dial(t *testing.T, d *device.Device, opts ...acme.Option) *acme.Client {
	t.Helper()
	c, err := acme.Dial(t.Context(), "unit", login, append(opts, acme.WithDialer(d.Dialer()))...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, c.Close())
		require.NoError(t, d.Close())
	})
	return c
}

func background() context.Context { return context.Background() }
