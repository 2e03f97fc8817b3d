package storms

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
	"github.com/linewright/linewright/runtime/wire"
)

// Acme is the telemetry unit. A refused login ends its client for good.
func Acme() *storm.Workload {
	params := acme.Params{User: "eve", Secret: "s3cret"}
	return &storm.Workload{
		Name:   "acme",
		Plan:   func(uint64) *session.Plan { return acme.Plan() },
		Params: &params,
		TLS:    true,
		Open: func(_ *session.Plan, opts ...runtime.Option) (storm.Handle, error) {
			return acme.New("device", params, opts...)
		},
		Serve: serveAcme,
		Ask:   askAcme,
		Flood: func(h storm.Handle, _ *rand.Rand, n int) storm.Op { return acknowledge(h.(*acme.Client), n) },
		Know: func(command string, frame []byte) (id, key string) {
			switch command {
			case "heartbeat", "login", "bye":
				return "", ""
			}
			return string(frame), ""
		},
		Failed: answered[*acme.Fault],
		Event:  func(n int) string { return fmt.Sprintf("READING 200 %d C", n) },
		KnowEvent: func(frame []byte) string {
			if bytes.HasPrefix(frame, []byte("READING 200 ")) {
				return string(frame)
			}
			return ""
		},
		Denied: "DENIED",
		Twice:  true,
	}
}

// serveAcme answers as the manual says. Channel 8 has no sensor.
func serveAcme(f *storm.Fake) {
	f.Reply("heartbeat", "HEARTBEAT_ACK")
	for _, command := range []string{"login", "bye", "set_interval", "set_limits", "acknowledge", "set_name", "reset"} {
		f.Reply(command, "OK")
	}
	f.Handle("read", func(r *device.Request) {
		if channel := r.Words()[1]; channel != "8" {
			f.Answer(r, "READING "+channel+" 21.50 C")
			return
		}
		r.Reply("ERR 3 no such channel")
	})
	f.Handle("get_limits", func(r *device.Request) { r.Reply("LIMITS " + r.Words()[1] + " -1 1") })
	f.Reply("list_channels", "CHANNELS 1,2,3")
	f.Reply("get_name", `NAME "Boiler"`)
}

func askAcme(h storm.Handle, r *rand.Rand, n int) storm.Op {
	c, channel := h.(*acme.Client), uint8(r.IntN(9))
	name := strconv.Itoa(int(channel))
	switch r.IntN(16) {
	case 0, 1, 2, 3:
		return storm.Op{ID: "READ " + name, Want: name, Command: "read", Do: func(ctx context.Context) (string, error) {
			reading, err := c.Read(ctx, channel)
			return strconv.Itoa(int(reading.Channel)), err
		}}
	case 4, 5:
		return storm.Op{ID: "LIMITS " + name, Want: name, Command: "get_limits", Do: func(ctx context.Context) (string, error) {
			limits, _, err := c.GetLimits(ctx, channel)
			return strconv.Itoa(int(limits.Channel)), err
		}}
	case 6, 7:
		text := strconv.Itoa(n)
		return storm.Op{ID: "LIMITS " + name + " -" + text + " " + text, Command: "set_limits", Do: func(ctx context.Context) (string, error) {
			return "", c.SetLimits(ctx, channel, decimal("-"+text), decimal(text))
		}}
	case 8:
		return storm.Op{ID: fmt.Sprintf("NAME %q", strconv.Itoa(n)), Command: "set_name", Do: func(ctx context.Context) (string, error) {
			return "", c.SetName(ctx, strconv.Itoa(n))
		}}
	case 9:
		return storm.Op{ID: "NAME", Want: "Boiler", Command: "get_name", Do: func(ctx context.Context) (string, error) {
			label, err := c.GetName(ctx)
			return label.Name, err
		}}
	case 10:
		return storm.Op{ID: "CHANNELS", Command: "list_channels", Do: func(ctx context.Context) (string, error) {
			_, err := c.ListChannels(ctx)
			return "", err
		}}
	case 11:
		return storm.Op{ID: "INTERVAL " + name + " 60", Command: "set_interval", Do: func(ctx context.Context) (string, error) {
			return "", c.SetInterval(ctx, channel, 60)
		}}
	case 12:
		return storm.Op{ID: "RESET", Command: "reset", Do: func(ctx context.Context) (string, error) { return "", c.Reset(ctx) }}
	default:
		return acknowledge(c, n)
	}
}

// acknowledge is a command whose number is its own.
func acknowledge(c *acme.Client, n int) storm.Op {
	return storm.Op{ID: "ACK " + strconv.Itoa(n), Command: "acknowledge", Do: func(ctx context.Context) (string, error) {
		return "", c.Acknowledge(ctx, uint32(n), acme.Optional[string]{})
	}}
}

func decimal(text string) wire.Decimal {
	d, err := wire.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}
