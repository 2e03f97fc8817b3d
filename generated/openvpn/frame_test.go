package openvpn_test

import (
	"testing"

	"github.com/linewright/linewright/generated/openvpn"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/openvpn.yaml", dynamictest.Generated{
		Plan: openvpn.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[openvpn.AskPassword], dynamictest.New[openvpn.Success], dynamictest.New[openvpn.Failure],
			dynamictest.New[openvpn.Process], dynamictest.New[openvpn.Holding], dynamictest.New[openvpn.Verbosity],
			dynamictest.New[openvpn.Muting], dynamictest.New[openvpn.Load], dynamictest.New[openvpn.DaemonVersion],
			dynamictest.New[openvpn.ManagementVersion], dynamictest.New[openvpn.End], dynamictest.New[openvpn.Change],
			dynamictest.New[openvpn.LogLine], dynamictest.New[openvpn.StatusTitle], dynamictest.New[openvpn.StatusTime],
			dynamictest.New[openvpn.StatusHeader], dynamictest.New[openvpn.ConnectedClient], dynamictest.New[openvpn.Route],
			dynamictest.New[openvpn.Global], dynamictest.New[openvpn.Statistics], dynamictest.New[openvpn.Updated],
			dynamictest.New[openvpn.Counter], dynamictest.New[openvpn.Info], dynamictest.New[openvpn.Hold],
			dynamictest.New[openvpn.Logged], dynamictest.New[openvpn.StateChanged], dynamictest.New[openvpn.Bytecount],
			dynamictest.New[openvpn.ClientBytecount], dynamictest.New[openvpn.PasswordNeeded], dynamictest.New[openvpn.PasswordWrong],
			dynamictest.New[openvpn.ClientConnecting], dynamictest.New[openvpn.ClientRenewing], dynamictest.New[openvpn.ClientConnected],
			dynamictest.New[openvpn.ClientGone], dynamictest.New[openvpn.ClientAddress], dynamictest.New[openvpn.Fatal],
			dynamictest.New[openvpn.Other],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[openvpn.PasswordRequest], dynamictest.New[openvpn.PIDRequest], dynamictest.New[openvpn.VersionRequest],
			dynamictest.New[openvpn.StatusRequest], dynamictest.New[openvpn.LoadStatsRequest],
			dynamictest.New[openvpn.CurrentStateRequest], dynamictest.New[openvpn.StateHistoryRequest],
			dynamictest.New[openvpn.StateNotifyRequest], dynamictest.New[openvpn.LogHistoryRequest],
			dynamictest.New[openvpn.LogAllRequest], dynamictest.New[openvpn.LogNotifyRequest], dynamictest.New[openvpn.LogFollowRequest],
			dynamictest.New[openvpn.BytecountNotifyRequest], dynamictest.New[openvpn.HoldRequest],
			dynamictest.New[openvpn.SetHoldRequest], dynamictest.New[openvpn.HoldReleaseRequest], dynamictest.New[openvpn.VerbRequest],
			dynamictest.New[openvpn.SetVerbRequest], dynamictest.New[openvpn.MuteRequest], dynamictest.New[openvpn.SetMuteRequest],
			dynamictest.New[openvpn.SignalRequest], dynamictest.New[openvpn.KillRequest], dynamictest.New[openvpn.ClientKillRequest],
			dynamictest.New[openvpn.ClientAuthRequest], dynamictest.New[openvpn.ClientAuthPlainRequest],
			dynamictest.New[openvpn.ClientDenyRequest], dynamictest.New[openvpn.SendUsernameRequest],
			dynamictest.New[openvpn.SendPasswordRequest], dynamictest.New[openvpn.ForgetPasswordsRequest],
			dynamictest.New[openvpn.AuthRetryRequest], dynamictest.New[openvpn.QuitRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"ENTER PASSWORD:", "SUCCESS: pid=1", "SUCCESS: nclients=0,bytesin=0,bytesout=0", "CLIENT_LIST\ta\tb\tc\t\t1\t2\td\t3\te\t4\t5", "1,CONNECTED,SUCCESS,a,,,b,1,c",
		">CLIENT:ESTABLISHED,0\r\n>CLIENT:ENV,END", ">CLIENT:CONNECT,0,1\r\n>CLIENT:ENV,a=b=c\r\n>CLIENT:ENV,END", ">PASSWORD:Need 'Auth' x", ">NEW:x", "HEADER\t\t",
		"client-auth 0 1\nEND", "client-deny 0 1 \"a\" \"b\"", "state on", "log 3", "kill a b", "password \"Auth\" \"x\"",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
