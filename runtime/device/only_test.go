package device_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// What Only keeps is never off, not even for a moment; what it does not keep
// ends, and counts go on where they were.
func TestOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New(plantest.Acme())
		defer d.Close()
		d.Reply("heartbeat", "HEARTBEAT_ACK")
		conn, err := d.Dialer()(t.Context(), "tcp", "unit")
		require.NoError(t, err)
		defer conn.Close()
		beat := func() {
			_, err := conn.Write([]byte("HEARTBEAT\n"))
			require.NoError(t, err)
			synctest.Wait()
		}

		d.BlackHole()
		d.DropReplies("heartbeat", 2)
		d.Delay(time.Second)
		beat()
		d.Only(func(s *device.Scope) {
			s.BlackHole()
			s.DropReplies("heartbeat", 2)
			s.Reset() // an act: nothing
		})
		time.Sleep(time.Minute)
		require.Empty(t, d.History().Of(device.Received, device.Ended), "still a black hole")

		drop := func(s *device.Scope) { s.DropReplies("heartbeat", 2) }
		d.Only(drop)
		synctest.Wait()
		require.Len(t, d.History().Of(device.Dropped), 1, "the delay is over too")
		d.Only(drop)
		beat()
		require.Len(t, d.History().Of(device.Dropped), 2)
		beat()
		require.Len(t, d.History().Of(device.Replied), 1, "two were dropped, not more")
	})
}

// A frame that stalled goes on when Only ends the stall, and not before.
func TestOnlyEndsAStall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New(plantest.Acme())
		defer d.Close()
		conn, err := d.Dialer()(t.Context(), "tcp", "unit")
		require.NoError(t, err)
		defer conn.Close()
		d.StallMidFrame(2)
		d.Emit("READING 3 1 C")
		synctest.Wait()
		d.Only(func(s *device.Scope) { s.StallMidFrame(2) })
		synctest.Wait()
		require.Empty(t, d.History().Of(device.Emitted))
		d.Only(func(*device.Scope) {})
		synctest.Wait()
		require.Len(t, d.History().Of(device.Emitted), 1)
	})
}
