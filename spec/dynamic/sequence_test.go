package dynamic_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestSequences: a client does what is made of several commands, and a device gets each.
func TestSequences(t *testing.T) {
	p := open(t, "testdata/sequences.yaml")
	letter := dynamic.Map{"from": "a", "to": []string{"b", "c"}, "text": "hi"}
	heard := func(d *device.Device) (frames []string) {
		synctest.Wait()
		for _, r := range d.History() {
			if r.Kind == device.Received {
				frames = append(frames, string(r.Frame))
			}
		}
		return frames
	}
	post := func(d *device.Device) {
		d.Greet("HELLO x1")
		d.Otherwise(p.Respond)
	}
	bubble(t, p, nil, post, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		name, reply, err := c.Call(ctx, "deliver", letter)
		require.NoError(t, err)
		require.Equal(t, `kept {id: "x1"}`, name+" "+reply.String())
		require.Equal(t, []string{"MAIL a here", "RCPT b", "RCPT c", "DATA", "hi X1"}, heard(d))

		_, _, err = c.Call(ctx, "count", dynamic.Map{"user": "u", "from": "a", "size": []int{1, 2}})
		require.NoError(t, err)
		require.Equal(t, []string{"VRFY u", "RCPT x1-here NEVER", "MAIL a HERE 1", "MAIL a HERE 2"}, heard(d)[5:9])
	})
	bubble(t, p, nil, post, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		d.Handle("data", func(r *device.Request) { r.Reply("550 no") })
		_, _, err := c.Call(ctx, "deliver", letter)
		var fault *dynamic.Fault
		require.ErrorAs(t, err, &fault)
		require.Equal(t, "data", fault.Command)
		require.Equal(t, `data: refused {text: "no"}`, err.Error())
		require.Equal(t, []string{"MAIL a here", "RCPT b", "RCPT c", "DATA", "RSET"}, heard(d))

		for _, tt := range []struct {
			args dynamic.Map
			want string
		}{
			{dynamic.Map{"from": "a", "to": []string{}}, "text: is missing"},
			{dynamic.Map{"from": "a", "to": []string{}, "text": "x", "other": 1}, "other: is not a field"},
			{dynamic.Map{"from": "a", "to": []any{"b", 7}, "text": "x"}, "to[1]: must be word"},
			{dynamic.Map{"from": "a", "to": []any{"b c"}, "text": "x"}, "to: holds a blank"},
			{dynamic.Map{"from": "a\nb", "to": []any{"b"}, "text": "x"}, "from: holds a blank"},
		} {
			_, _, err := c.Call(ctx, "deliver", tt.args)
			var e *runtime.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, runtime.NotSent, e.Fate)
			require.ErrorContains(t, err, "deliver: not sent: "+tt.want)
		}
		require.Len(t, heard(d), 5)
	})
}
