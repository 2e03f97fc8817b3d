package openvpn_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/openvpn"
	"github.com/linewright/linewright/generated/openvpn/openvpntest"
)

// TestEventsOfOtherDaemons are those that ours of the other tests have no cause for.
func TestEventsOfOtherDaemons(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openvpntest.New()
		d.GreetInfo(openvpn.Info{Text: "OpenVPN Management Interface Version 5"})
		c, err := d.Dial(t.Context(), openvpn.Params{})
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()); require.NoError(t, d.Close()) }()
		events := c.Subscribe()
		defer events.Close()

		d.Emit(">CLIENT:REAUTH,3,2\r\n>CLIENT:ENV,username=bob\r\n>CLIENT:ENV,empty=\r\n>CLIENT:ENV,END")
		again := await(t, events, whatever[*openvpn.ClientRenewing])
		require.Equal(t, openvpn.ClientRenewing{CID: 3, KID: 2, Env: []openvpn.Variable{{Name: "username", Value: "bob"}, {Name: "empty"}}}, *again)
		d.Emit(">NEED-OK:Need 'token-insertion-request' confirmation MSG:Please insert your cryptographic token")
		need := await(t, events, whatever[*openvpn.Other])
		require.Equal(t, openvpn.KindNeedOK, need.Kind)
		require.Equal(t, "Need 'token-insertion-request' confirmation MSG:Please insert your cryptographic token", need.Text)
		d.Emit(">CLIENT:ADDRESS,3,10.0.0.0/8,0")
		require.Equal(t, openvpn.ClientAddress{CID: 3, Address: "10.0.0.0/8"}, *await(t, events, whatever[*openvpn.ClientAddress]))
		d.Emit(">FATAL:Cannot open TUN/TAP dev")
		require.Equal(t, openvpn.Fatal{Text: "Cannot open TUN/TAP dev"}, *await(t, events, whatever[*openvpn.Fatal]))

		d.Emit(">NEVER-HEARD-OF:x")
		synctest.Wait()
		require.False(t, c.State().Up(), "what is not known ends the connection: replies come in order")
	})
}
