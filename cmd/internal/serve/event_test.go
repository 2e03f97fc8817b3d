package serve

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// What is sent again and again ends with stop, and may be begun again.
func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		p := dynamictest.Open(t, "../../../spec/vendors/acme.yaml")
		s := &server{protocol: p, device: p.Device()}
		defer s.device.Close()
		conn, err := s.device.Dialer()(ctx, "tcp", "unit")
		require.NoError(t, err)
		defer conn.Close()
		for rounds := range 2 {
			require.NoError(t, s.every(ctx, "1s reading"))
			require.NoError(t, s.every(ctx, "2s reading channel=5"))
			time.Sleep(4500 * time.Millisecond)
			require.NoError(t, s.line(ctx, "stop"))
			s.running.Wait()
			synctest.Wait()
			require.Equal(t, (4+2)*(rounds+1), len(s.device.History().Of(device.Emitted)))
		}
	})
}
