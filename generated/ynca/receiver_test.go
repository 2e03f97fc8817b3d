package ynca_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/ynca"
	"github.com/linewright/linewright/generated/ynca/yncatest"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// with runs a test in virtual time, with a client of a fake receiver.
func with(t *testing.T, test func(t *testing.T, receiver *yncatest.Device, c *ynca.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		receiver := yncatest.New()
		defer receiver.Close()
		c, err := receiver.Dial(t.Context())
		require.NoError(t, err)
		defer c.Close()
		test(t, receiver, c)
	})
}

// await waits until the client's state is that one, on a link after the given one.
func await(t *testing.T, c *ynca.Client, to runtime.State, after uint64) runtime.StateChange {
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
func wire(receiver *yncatest.Device, conn int) (lines []string) {
	synctest.Wait()
	for _, r := range receiver.History().Conn(conn).Commands("") {
		lines = append(lines, string(r.Frame))
	}
	return lines
}
