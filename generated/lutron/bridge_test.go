package lutron_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/lutron"
	"github.com/linewright/linewright/generated/lutron/lutrontest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var login = lutron.Params{User: "lutron", Password: "integration"}

// newBridge is a fake bridge as telnet shows it: it negotiates, echoes, and
// prompts behind each reply.
func newBridge() *lutrontest.Device {
	d := lutrontest.New()
	d.HandleSendUser(func(r *lutrontest.SendUserRequest) {
		raw(r.Link(), "\xff\xfb\x01\xff\xfb\x03")
		r.ReplyAskPassword()
	})
	d.HandleSendPassword(func(r *lutrontest.SendPasswordRequest) {
		raw(r.Link(), "\r\n")
		if r.Password != login.Password {
			r.ReplyAskLogin()
			return
		}
		r.ReplyPrompt(lutron.Prompt{System: lutron.ProcessorRadiora2})
	})
	d.HandleWantReplies(func(r *lutrontest.WantRepliesRequest) {
		r.ReplyMonitoring(lutron.Monitoring{Kind: lutron.KindReplies, On: true})
		raw(r.Link(), "GNET> ")
	})
	d.HandleGetLevel(func(r *lutrontest.GetLevelRequest) {
		if r.ID == 9 {
			r.ReplyFault(lutron.Fault{Code: lutron.ErrorCodeNoSuchObject})
		} else {
			r.Default()
		}
		raw(r.Link(), "GNET> ")
	})
	return d
}

func raw(link *device.Scope, bytes string) { link.Garbage([]byte(bytes)) }

// with runs a test in virtual time, with a client of a fake bridge.
func with(t *testing.T, test func(t *testing.T, bridge *lutrontest.Device, c *lutron.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		bridge := newBridge()
		defer bridge.Close()
		c, err := bridge.Dial(t.Context(), login)
		require.NoError(t, err)
		defer c.Close()
		test(t, bridge, c)
	})
}

// await waits until the client's state is that one, on a link after the given one.
func await(t *testing.T, c *lutron.Client, to runtime.State, after uint64) runtime.StateChange {
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
func wire(bridge *lutrontest.Device, conn int) (lines []string) {
	synctest.Wait()
	for _, r := range bridge.History().Conn(conn).Commands("") {
		lines = append(lines, string(r.Frame))
	}
	return lines
}
