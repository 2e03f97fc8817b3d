package videohub_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/videohub"
	"github.com/linewright/linewright/generated/videohub/videohubtest"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// dump is what a hub sends on connecting, as the manual shows it.
var dump = []string{
	"PROTOCOL PREAMBLE:\nVersion: 2.3\n",
	"VIDEOHUB DEVICE:\nDevice present: true\nModel name: Blackmagic Smart Videohub\nVideo inputs: 16\n" +
		"Video processing units: 0\nVideo outputs: 16\nVideo monitoring outputs: 0\nSerial ports: 0\n",
	"INPUT LABELS:\n0 VTR 1\n1 VTR 2\n",
	"VIDEO OUTPUT ROUTING:\n0 5\n1 3\n",
	"VIDEO OUTPUT LOCKS:\n0 U\n1 U\n",
	"NETWORK:\nInterface Count: 1\nDefault Interface: 0\n",
	"END PRELUDE:\n",
}

// newHub is a fake hub that dumps its state on connecting.
func newHub() *videohubtest.Device {
	d := videohubtest.New()
	d.Greet(dump...)
	return d
}

// dial connects a client to d in memory; both end with the test.
func dial(t *testing.T, d *videohubtest.Device) *videohub.Client {
	t.Helper()
	c, err := d.Dial(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, c.Close())
		require.NoError(t, d.Close())
	})
	return c
}

// await waits until the client's state is that one, on a link after the given one.
func await(t *testing.T, c *videohub.Client, to runtime.State, after uint64) runtime.StateChange {
	t.Helper()
	for change := range c.States(t.Context()) {
		if change.To == to && change.Link > after {
			return change
		}
	}
	t.Fatalf("never saw %v", to)
	return runtime.StateChange{}
}

// events takes n events, or as many as come within a second.
func events(t *testing.T, sub *videohub.Subscription, n int) (out []videohub.Event) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	for event := range sub.Events(ctx) {
		out = append(out, kept(event))
		if len(out) == n {
			break
		}
	}
	return out
}

// kept is an event that outlives the next one.
func kept(event videohub.Event) videohub.Event {
	switch event := event.(type) {
	case *videohub.Device:
		return event.Clone()
	case *videohub.InputLabels:
		return event.Clone()
	case *videohub.OutputLabels:
		return event.Clone()
	case *videohub.OutputRoutes:
		return event.Clone()
	case *videohub.OutputLocks:
		return event.Clone()
	case *videohub.SerialLocks:
		return event.Clone()
	case *videohub.OtherBlock:
		return event.Clone()
	}
	return event
}
