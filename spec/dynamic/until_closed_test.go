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

// TestUntilClosed: what comes until the device closes the connection is the answer,
// but for an error, and for a connection that does not end in order.
func TestUntilClosed(t *testing.T) {
	p := open(t, "testdata/untilclosed.yaml")
	script := func(d *device.Device) {
		d.Handle("users", func(r *device.Request) {
			switch group := r.Words()[1]; group {
			case "nobody":
			case "broken":
				r.Reply("USER eve")
				r.Link().Garbage([]byte("USER ad"))
			case "reset":
				r.Reply("USER eve")
				r.Reset()
			case "wrong":
				r.Reply("USER eve")
				r.Reply("ERR no " + group)
			default:
				r.Reply("USER eve")
				r.Reply("AWAY adam 3")
				r.Reply("USER eve")
			}
		})
	}
	bubble(t, p, nil, script, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		users := func(group string) (names []string, err error) {
			items, reply, _, err := c.Collect(ctx, "users", dynamic.Map{"group": group})
			if err == nil {
				require.Empty(t, reply, group)
			}
			for _, item := range items {
				names = append(names, item.Name)
			}
			return names, err
		}
		all, err := users("staff")
		require.NoError(t, err)
		require.Equal(t, []string{"user", "away", "user"}, all)
		all, err = users("nobody")
		require.NoError(t, err)
		require.Empty(t, all)
		all, err = users("wrong")
		var fault *dynamic.Fault
		require.ErrorAs(t, err, &fault)
		require.Equal(t, []string{"user"}, all)
		for _, group := range []string{"broken", "reset"} {
			_, err = users(group)
			require.ErrorIs(t, err, runtime.ErrLinkLost, group)
		}
		all, err = users("staff")
		require.NoError(t, err)
		require.Len(t, all, 3)
		synctest.Wait()
		require.Equal(t, runtime.Idle, c.State())
		require.Len(t, d.History().Commands("users"), 8, "those that failed were sent once more")
	})
}
