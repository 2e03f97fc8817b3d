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

// TestPerCommand: each command has a connection of its own, which is logged out of
// and closed; between two there is none.
func TestPerCommand(t *testing.T) {
	p := open(t, "testdata/percommand.yaml")
	script := func(d *device.Device) { d.Otherwise(p.Respond) }
	bubble(t, p, nil, script, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Equal(t, runtime.Idle, c.State())
		for _, tank := range []int{2, 3} {
			_, got, err := c.Call(ctx, "read", dynamic.Map{"tank": tank})
			require.NoError(t, err)
			require.Equal(t, tank, int(got.Map()["tank"].(uint64)))
		}
		_, _, err := c.Call(ctx, "set", dynamic.Map{"tank": 4})
		require.NoError(t, err)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, runtime.Idle, c.State())
		require.EqualValues(t, 4, c.Stats().Links)
		require.Len(t, d.History().Commands("set"), 1)
		require.Len(t, d.History().Commands("bye"), 4)
	})
}
