package dial

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, vendor string) *dynamic.Protocol {
	return dynamictest.Open(t, "../../../spec/vendors/"+vendor+".yaml")
}

// acme is a device in memory, and how to reach it.
func acme(t *testing.T) (*device.Device, Config) {
	t.Helper()
	p := open(t, "acme")
	d := p.Device()
	return d, Config{
		Protocol: p, Addr: "unit:1234",
		Params:  dynamic.Map{"user": "eve", "secret": "s3cret"},
		Options: []runtime.Option{runtime.WithDialer(d.Dialer()), runtime.WithSeed(1)},
	}
}

// logins says whether so many have been answered.
func logins(n int) func(device.History) bool {
	return func(h device.History) bool { return len(h.Of(device.Replied)) >= n }
}
