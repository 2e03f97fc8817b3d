package runtime

import (
	"net"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// descriptors is how many files this process has open.
func descriptors(t *testing.T) int {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	return len(files)
}

// TestInvariant15NothingIsLeft after Close on real connections: no goroutine,
// timer or file descriptor, whatever the client was doing.
func TestInvariant15NothingIsLeft(t *testing.T) {
	plan := plantest.Acme()
	d := device.New(plan)
	defer d.Close()
	answer(d, plan)
	good, err := d.Listen("127.0.0.1:0")
	require.NoError(t, err)
	mute, err := net.Listen("tcp", "127.0.0.1:0") // connects, and says nothing
	require.NoError(t, err)
	defer mute.Close()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, gone.Close())
	for name, test := range map[string]struct {
		addr string
		in   State
		call bool
	}{
		"ready":    {addr: good, in: Ready},
		"busy":     {addr: good, in: Ready, call: true},
		"greeting": {addr: mute.Addr().String(), in: Greeting, call: true},
		"backoff":  {addr: gone.Addr().String(), in: Backoff, call: true},
	} {
		t.Run(name, func(t *testing.T) {
			d.History() // nothing lazy of the device's is left to be made
			before, running := descriptors(t), goleak.IgnoreCurrent()
			for range 10 {
				c, err := New(plan, test.addr, someone(), WithSeed(1))
				require.NoError(t, err)
				require.NoError(t, c.start())
				require.Eventually(t, func() bool { return c.State() == test.in }, 10*time.Second, 100*time.Microsecond)
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					if test.call {
						_, _ = c.try(t.Context(), plantest.Read(plan, 3))
					}
				}()
				require.NoError(t, c.Close())
				<-ended
				<-c.uses().quiet.done()
				c.mu.Lock()
				require.False(t, c.alarm.set, "a timer is left")
				require.Zero(t, c.links)
				require.Zero(t, c.awaited.Load())
				c.mu.Unlock()
			}
			// The device's side of a connection ends when it reads our reset.
			require.Eventually(t, func() bool { return descriptors(t) <= before }, 10*time.Second, time.Millisecond)
			goleak.VerifyNone(t, running)
		})
	}
}
