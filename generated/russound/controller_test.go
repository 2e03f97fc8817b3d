package russound_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/russound"
	"github.com/linewright/linewright/generated/russound/russoundtest"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newController is a fake controller that tells first what is watched, in
// notices that come around the reply.
func newController() *russoundtest.Device {
	d := russoundtest.New()
	d.HandleWatch(func(r *russoundtest.WatchRequest) {
		if r.Branch == "C[9].Z[9]" {
			r.ReplyRefusal(russound.Refusal{Text: "Invalid Zone"})
			return
		}
		r.Emit("N " + r.Branch + `.name="Kitchen"`)
		r.ReplyOK()
		r.Emit("N " + r.Branch + `.status="ON"`)
	})
	return d
}

// with runs a test in virtual time, with a client of a fake controller.
func with(t *testing.T, test func(t *testing.T, controller *russoundtest.Device, c *russound.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		controller := newController()
		defer controller.Close()
		c, err := controller.Dial(t.Context())
		require.NoError(t, err)
		defer c.Close()
		test(t, controller, c)
	})
}

// await waits until the client's state is that one, on a link after the given one.
func await(t *testing.T, c *russound.Client, to runtime.State, after uint64) runtime.StateChange {
	t.Helper()
	for change := range c.States(t.Context()) {
		if change.To == to && change.Link > after {
			return change
		}
	}
	t.Fatalf("never saw %v", to)
	return runtime.StateChange{}
}

// wire is what came so far on one connection, one command a line.
func wire(controller *russoundtest.Device, conn int) (lines []string) {
	synctest.Wait()
	for _, r := range controller.History().Conn(conn).Commands("") {
		lines = append(lines, string(r.Frame))
	}
	return lines
}
