package dynamic_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestJSONSession: a client and the default fake of each protocol whose frames
// are JSON objects log in, call, and see events, in frames that come in pieces.
func TestJSONSession(t *testing.T) {
	for name, tt := range map[string]struct {
		command string
		values  dynamic.Map
		reply   string
		event   string
		want    string
	}{
		"qmp": {
			"query_status", nil, "status {status: prelaunch, running: false, id: \"2\"}",
			`{"more":[{}],"timestamp":{"microseconds":1,"seconds":2},"event":"RTC_CHANGE","data":{"offset":78}}`,
			`other_event {name: "RTC_CHANGE", data: "{\"offset\":78}", timestamp: {seconds: 2, microseconds: 1}}`,
		},
		"gpsd": {
			"watch",
			dynamic.Map{"policy": dynamic.Map{"enable": true}},
			"watched {enable: true, json: true, nmea: false, scaled: false, split24: false, pps: false}",
			"$GPRMC,120022.00,A*27", `sentence {name: "GPRMC", values: "120022.00,A"}`,
		},
		"selfending": {
			"get",
			dynamic.Map{"name": "x", "id": 9},
			`result {value: "[1]", id: 9}`,
			`{"method":"changed","params":["a",2],"jsonrpc":"2.0"}`, `changed {name: "a", value: 2}`,
		},
		"nulended": {
			"get",
			dynamic.Map{"id": []byte(`{"a": 1}`)},
			`switched {id: "{\"a\":1}", on: true}`,
			"{\n\"on\": false, \"type\": \"state\",\n\"id\": 3 }", `switched {id: "3", on: false}`,
		},
		"jsonframes": {
			"move",
			dynamic.Map{"x": 1, "at": dynamic.Map{"x": 0}, "force": true},
			"accepted {}",
			`{"event":"track","levels":[1],"points":[{"y":1,"x":2}]}`, "track {points: [{x: 2, y: 1}], levels: [1]}",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, specOf(name))
			synctest.Test(t, func(t *testing.T) {
				d := p.Device()
				defer d.Close()
				d.SplitEvery(3)
				c, err := p.Dial(t.Context(), "device", nil, runtime.WithDialer(d.Dialer()))
				require.NoError(t, err)
				defer c.Close()
				message, reply, err := c.Call(t.Context(), tt.command, tt.values)
				require.NoError(t, err, "%v", d.History())
				require.Equal(t, tt.reply, message+" "+reply.String())
				sub := subscribe(t, c)
				d.Emit(tt.event)
				for ev := range sub.Events(t.Context()) {
					require.Equal(t, tt.want, ev.Name+" "+ev.Values.String())
					break
				}
				time.Sleep(time.Minute)
				require.Equal(t, runtime.Ready, c.State())
				require.Empty(t, d.History().Of(device.Unknown))
			})
		})
	}
}

func subscribe(t *testing.T, c *dynamic.Client) *dynamic.Subscription {
	t.Helper()
	sub, err := c.Subscribe()
	require.NoError(t, err)
	t.Cleanup(func() { sub.Close() })
	return sub
}
