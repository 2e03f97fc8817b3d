package device_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestModes: a fake goes through the modes of a link as its client does, as far as
// it can tell when the login is over.
func TestModes(t *testing.T) {
	conditional := plantest.Also(func(p *session.Plan) { p.Login[0].When = func(*session.Vars) bool { return false } })
	answering := func(p *session.Plan) *device.Device {
		d := device.New(p)
		t.Cleanup(func() { _ = d.Close() })
		d.Reply("login", "OK")
		d.Reply("ping", "PONG")
		d.Reply("raw", "OK")
		d.Reply("poll", "\x01a")
		return d
	}
	for _, test := range []struct {
		name string
		plan *session.Plan
		in   string
		out  string
	}{
		{"it knows what the login must send", plantest.Modal(), "PING\n", ""},
		{"behind the login", plantest.Modal(), "LOGIN\nPING\n", "OK\nPONG\n"},
		{"a login that may be left out", plantest.Modal(conditional), "PING\n", "PONG\n"},
		{"or not", plantest.Modal(conditional), "LOGIN\nPING\nLOGIN\n", "OK\nPONG\n"},
		{"another mode", plantest.Modal(), "LOGIN\nRAW\n\x01p", "OK\nOK\n\x01a"},
		{"by a step", plantest.Modal(plantest.Also(func(p *session.Plan) { p.Login[0].Enters = plantest.ModeRaw })), "LOGIN\n\x01p", "OK\n\x01a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			peer := answering(test.plan).Open(0, func(bool) {})
			for i := range test.in {
				peer.Input(0, []byte(test.in[i:i+1]))
			}
			out, _ := peer.Next(0)
			require.Equal(t, test.out, string(out.Bytes))
		})
	}
	t.Run("a command that fails leads nowhere", func(t *testing.T) {
		d := answering(plantest.Modal(plantest.Also(func(p *session.Plan) {
			raw := &p.Commands[plantest.Command(p, "raw")]
			raw.Errors = []session.Reply{{Message: plantest.Message(p, "denied")}}
		})))
		d.Reply("raw", "DENIED")
		peer := d.Open(0, func(bool) {})
		peer.Input(0, []byte("LOGIN\nRAW\nPING\n"))
		out, _ := peer.Next(0)
		require.Equal(t, "OK\nDENIED\nPONG\n", string(out.Bytes))
	})
	t.Run("an event leads to another mode", func(t *testing.T) {
		d := answering(plantest.Modal())
		peer := d.Open(0, func(bool) {})
		peer.Input(0, []byte("LOGIN\nRAW\n"))
		d.Emit("\x01o")
		peer.Input(0, []byte("PING\n"))
		out, _ := peer.Next(0)
		require.Equal(t, "OK\nOK\n\x01oPONG\n", string(out.Bytes))
	})
}
