package lab_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The tests of this file run a client and a server in network namespaces, on
// the real kernel. Each prints its time to notice beside the bound.

func TestBlackHoleIdle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.network.Swallow()
	lost := monotonic()
	r := w.noticed(lost)
	require.Contains(t, r.Err, "silent", "the heartbeat notices, not the kernel")
	require.Greater(t, r.At-lost, 500*time.Millisecond, "it cannot have been the silence")
	w.network.Deliver()
	w.returned(monotonic())
}

func TestBlackHoleBusy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "BUSY=yes")
	w.await("traffic")
	w.network.Swallow()
	r := w.noticed(monotonic())
	require.Contains(t, r.Err, "silent", "the heartbeat notices, not the kernel")
	w.network.Deliver()
	w.returned(monotonic())
	w.await("traffic")
}

func TestLinkDownAndUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.network.Pull()
	w.noticed(monotonic())
	w.network.Plug()
	w.returned(monotonic())
}

func TestServerKilledAndRestarted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	killed := monotonic()
	w.server.Kill()
	r := w.noticed(killed)
	require.Less(t, r.At-killed, time.Second, "its kernel says so at once")
	w.startServer()
	w.returned(monotonic())
}

// Nobody tells the client: the server's kernel does, but the cable is out.
func TestServerKilledBehindACut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.network.Swallow()
	lost := monotonic()
	w.server.Kill()
	r := w.noticed(lost)
	require.Contains(t, r.Err, "silent")
	w.startServer()
	w.network.Deliver()
	w.returned(monotonic())
}
