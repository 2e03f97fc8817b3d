package dynamic_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// analyser answers by the spec's examples.
func analyser(p *dynamic.Protocol) func(d *device.Device) {
	return func(d *device.Device) {
		d.Greet("ANALYSER A2")
		d.Otherwise(p.Respond)
	}
}

// TestModes: client and fake go through the modes together.
func TestModes(t *testing.T) {
	p := open(t, "testdata/modes.yaml")
	bubble(t, p, dynamic.Map{"user": "eve"}, analyser(p), func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		call := func(command string, values dynamic.Map) string {
			name, got, err := c.Call(ctx, command, values)
			if err != nil {
				require.ErrorIs(t, err, runtime.ErrMode)
				return err.Error()
			}
			return name + " " + got.String()
		}
		require.Equal(t, "level {channel: 2, millivolts: -300}", call("read", dynamic.Map{"channel": 2}))
		require.Contains(t, call("stop", nil), "stop: not sent: not a command for mode ready")
		require.Equal(t, "ok {}", call("raw", nil))
		require.Contains(t, call("read", dynamic.Map{"channel": 2}), "not a command for mode raw")

		sub, err := c.Subscribe("sample", "ended")
		require.NoError(t, err)
		defer sub.Close()
		d.Emit("\x04\x01\x02\x00\x0a") // with what ends a line
		time.Sleep(12 * time.Second)
		synctest.Wait()
		require.Len(t, d.History().Commands("poll"), 2, "the heartbeat of packets")
		require.Equal(t, "stopped {}", call("stop", nil))
		require.Equal(t, "level {channel: 3, millivolts: -300}", call("read", dynamic.Map{"channel": 3}))
		time.Sleep(12 * time.Second)
		synctest.Wait()
		require.Len(t, d.History().Commands("ping"), 1, "the heartbeat of lines")

		require.Equal(t, "ok {}", call("raw", nil))
		d.Emit("\x01\x09")
		var events []string
		for e := range sub.Events(ctx) {
			if events = append(events, e.Name+" "+e.Values.String()); len(events) == 2 {
				break
			}
		}
		require.Equal(t, []string{"sample {channel: 2, millivolts: 10}", "ended {}"}, events)
		require.Equal(t, "level {channel: 4, millivolts: -300}", call("read", dynamic.Map{"channel": 4}), "lines again, because the device says so")

		require.Equal(t, "ok {}", call("raw", nil))
		d.Reset()
		synctest.Wait() // until then it is in packets
		require.Equal(t, "level {channel: 5, millivolts: -300}", call("read", dynamic.Map{"channel": 5}), "each link begins in lines")
		require.EqualValues(t, 2, c.Stats().Links)
	})
}

// TestModesTellWhoseTheBytesAre: the same line is a refusal in one mode, and a
// failure in another.
func TestModesTellWhoseTheBytesAre(t *testing.T) {
	p := open(t, "testdata/modes.yaml")
	bubble(t, p, dynamic.Map{"user": "eve"}, analyser(p), func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		d.Reply("read", "ERR 1")
		_, _, err := c.Call(ctx, "read", dynamic.Map{"channel": 1})
		var fault *dynamic.Fault
		require.ErrorAs(t, err, &fault)
		require.Equal(t, "failure", fault.Message)
		d.Next().RefuseLogin("ERR 1")
		d.Reset()
		<-c.Done()
		require.ErrorIs(t, c.Err(), runtime.ErrRefused)
	})
}

// TestRecogniseInModes: whatever mode it belongs to.
func TestRecogniseInModes(t *testing.T) {
	p := open(t, "testdata/modes.yaml")
	for frame, want := range map[string]string{
		"LEVEL 2 -300\r\n": "level", "\x04\x01\x02\xfe\xd4": "sample", "\x01\x02": "alive", "ANALYSER A2\r\n": "hello", "\x02\x02\x00": "",
	} {
		name, _, ok := p.Recognise([]byte(frame))
		require.Equal(t, want != "", ok, "%q", frame)
		require.Equal(t, want, name, "%q", frame)
	}
}
