package dial

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, vendor string) *dynamic.Protocol {
	t.Helper()
	data, err := os.ReadFile("../../../spec/vendors/" + vendor + ".yaml")
	require.NoError(t, err)
	m, findings := spec.Load(vendor, data)
	require.Empty(t, findings)
	p, err := dynamic.Open(m)
	require.NoError(t, err)
	return p
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
