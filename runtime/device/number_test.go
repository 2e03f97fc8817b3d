package device_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestConnectionsKnowTheirNumber: a test that dials can name its connection.
func TestConnectionsKnowTheirNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New(plantest.Acme())
		defer d.Close()
		for want := 1; want <= 3; want++ {
			conn, err := d.Dialer()(context.Background(), "tcp", "unit")
			require.NoError(t, err)
			require.Equal(t, want, conn.(interface{ Number() int }).Number())
			require.Implements(t, (*interface{ SetLinger(int) error })(nil), conn)
			require.Implements(t, (*interface{ CloseWrite() error })(nil), conn)
			require.NoError(t, conn.Close())
		}
	})
}
