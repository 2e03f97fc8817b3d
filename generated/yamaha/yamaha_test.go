package yamaha_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/yamaha"
	"github.com/linewright/linewright/generated/yamaha/yamahatest"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// with runs a test in virtual time, with a client of a fake console.
func with(t *testing.T, params yamaha.Params, test func(t *testing.T, console *yamahatest.Device, c *yamaha.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		console := yamahatest.New()
		defer console.Close()
		c, err := console.Dial(t.Context(), params)
		require.NoError(t, err)
		defer c.Close()
		test(t, console, c)
	})
}

// await waits until the client's state is that one, on a link after the given one.
func await(t *testing.T, c *yamaha.Client, to runtime.State, after uint64) runtime.StateChange {
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
func wire(console *yamahatest.Device, conn int) (lines []string) {
	synctest.Wait()
	for _, r := range console.History().Conn(conn).Commands("") {
		lines = append(lines, string(r.Frame))
	}
	return lines
}

// hundredths is a level, as on the wire.
func hundredths(n int64) yamaha.Decimal { return yamaha.Decimal{Coef: n, Scale: 2} }

func one[T any](reply T, err error) (any, error) { return reply, err }
