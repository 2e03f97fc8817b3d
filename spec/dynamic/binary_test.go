package dynamic_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
)

// Calls, an error and what comes of a broken frame, over binary frames.
func TestCallInBinaryFrames(t *testing.T) {
	p := open(t, "../vendors/modbus.yaml")
	script := func(d *device.Device) {
		d.Handle("read_holding_registers", p.Respond)
		d.Handle("write_register", func(r *device.Request) {
			reply, err := p.Example("exception", dynamic.Map{"transaction": 2, "unit": 1, "function": "write_register", "code": "server_device_busy"})
			require.NoError(t, err)
			r.Reply(string(reply))
		})
	}
	bubble(t, p, nil, script, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		name, got, err := c.Call(ctx, "read_holding_registers", dynamic.Map{"unit": 1, "address": 0, "count": 3})
		require.NoError(t, err)
		require.Equal(t, "holding_registers {transaction: 1, unit: 1, values: [555, 0, 100]}", name+" "+got.String())
		require.Equal(t, "000100000006010300000003", fmt.Sprintf("%x", d.History().Commands("read_holding_registers")[0].Frame))

		_, _, err = c.Call(ctx, "write_register", dynamic.Map{"unit": 1, "address": 1, "value": 2})
		var fault *dynamic.Fault
		require.ErrorAs(t, err, &fault)
		require.True(t, fault.Temporary())
	})
}

// A packet that is not whole, or says that it is larger than it may be, ends the
// link at once.
func TestBrokenPacketEndsTheLink(t *testing.T) {
	p := open(t, "../vendors/modbus.yaml")
	bubble(t, p, nil, func(*device.Device) {}, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		d.Emit("\x00\x01\x00\x00\xff\xff\x01")
		for change := range c.States(ctx) {
			if change.To == runtime.Backoff {
				require.ErrorContains(t, change.Err, "larger than 260 bytes")
				break
			}
		}
	})
}

// Events in stuffed frames go on after one whose checksum is wrong.
func TestBadChecksumIsDropped(t *testing.T) {
	p := open(t, "testdata/stuffed.yaml")
	bubble(t, p, nil, func(*device.Device) {}, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		sub, err := c.Subscribe("value")
		require.NoError(t, err)
		defer sub.Close()
		d.Emit("V\x03\x00\x00\x00\x0c\x9c")
		d.Emit("V\x03\x00\x00\x00\x02\xa5") // 02 is stuffed on the wire
		for e := range sub.Events(ctx) {
			require.Equal(t, "{id: 3, value: 2}", e.Values.String())
			break
		}
		require.NoError(t, ctx.Err())
		require.Equal(t, runtime.Ready, c.State())
	})
}

// Frames of several kinds, split at every byte.
func TestKindsOfFrames(t *testing.T) {
	p := open(t, "testdata/kinds.yaml")
	stream := "$\x01\x00\x02abRTSP/1.0 200 OK\r\n\x02\x01\x10\x82\x10\x83\x06\x00\x03$\x07\x00\x00"
	var shapes []wire.Shape
	for _, m := range p.Plan().Messages {
		shapes = append(shapes, m.Shape)
	}
	for size := 1; size <= len(stream); size++ {
		d := wire.NewDecoder(&p.Plan().Framing, wire.NewDispatch(shapes))
		var got []string
		from := 0
		for to := 0; to < len(stream); {
			to = min(len(stream), to+size)
			for {
				f, n, need, err := d.Next([]byte(stream[from:to]), nil)
				require.NoError(t, err)
				from += n
				if need > 0 {
					break
				}
				require.NotEqual(t, wire.NoMessage, f.Message)
				m := p.Model().Messages[f.Message]
				values, err := p.Decode(m.Name, f.Bytes)
				require.NoError(t, err)
				got = append(got, m.Name+" "+values.String())
			}
		}
		require.Equal(t, []string{
			`media {channel: 1, data: "ab"}`, `status {code: 200, reason: "OK"}`, "level {level: 770}", `media {channel: 7, data: ""}`,
		}, got, size)
		require.False(t, d.Pending())
	}
	d := wire.NewDecoder(&p.Plan().Framing, wire.NewDispatch(shapes))
	_, _, _, err := d.Next([]byte("\x02\x01\x05\x07\x00\x03"), nil)
	require.ErrorContains(t, err, "checksum")
}

// A fake sends each message in frames of its kind, and reads commands in theirs.
func TestFakeOfKindsOfFrames(t *testing.T) {
	p := open(t, "testdata/kinds.yaml")
	script := func(d *device.Device) { d.Handle("options", p.Respond) }
	bubble(t, p, nil, script, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		name, got, err := c.Call(ctx, "options", dynamic.Map{"url": "*"})
		require.NoError(t, err)
		require.Equal(t, `status {code: 200, reason: "OK"}`, name+" "+got.String())

		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		sub, err := c.Subscribe("level", "media")
		require.NoError(t, err)
		defer sub.Close()
		d.Emit("\x01\x02\x03\x06\x00")
		d.Emit("$\x07\x00\x01x")
		var events []string
		for e := range sub.Events(ctx) {
			if events = append(events, e.Name+" "+e.Values.String()); len(events) == 2 {
				break
			}
		}
		require.Equal(t, []string{"level {level: 770}", `media {channel: 7, data: "x"}`}, events)

		_, _, err = c.Call(ctx, "mark", dynamic.Map{"on": 3})
		require.NoError(t, err)
		require.Eventually(t, func() bool { return len(d.History().Commands("mark")) == 1 }, time.Second, time.Millisecond)
	})
}
