package nut_test

import (
	"testing"

	"github.com/linewright/linewright/generated/nut"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/nut.yaml", dynamictest.Generated{
		Plan: nut.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[nut.OK], dynamictest.New[nut.TLSReady], dynamictest.New[nut.Granted], dynamictest.New[nut.ShutdownSet], dynamictest.New[nut.Goodbye],
			dynamictest.New[nut.ServerError], dynamictest.New[nut.ServerVersion], dynamictest.New[nut.ProtocolVersion],
			dynamictest.New[nut.UpsList], dynamictest.New[nut.Variables], dynamictest.New[nut.Writables],
			dynamictest.New[nut.InstantCommands], dynamictest.New[nut.Choices], dynamictest.New[nut.Intervals],
			dynamictest.New[nut.Clients], dynamictest.New[nut.VariableValue], dynamictest.New[nut.VariableType],
			dynamictest.New[nut.VariableDescription], dynamictest.New[nut.CommandDescription], dynamictest.New[nut.UpsDescription],
			dynamictest.New[nut.Logins],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[nut.StartTLSRequest], dynamictest.New[nut.UsernameRequest], dynamictest.New[nut.PasswordRequest], dynamictest.New[nut.LoginRequest],
			dynamictest.New[nut.LogoutRequest], dynamictest.New[nut.VersionRequest], dynamictest.New[nut.ProtocolVersionRequest],
			dynamictest.New[nut.ListUpsRequest], dynamictest.New[nut.ListVarRequest], dynamictest.New[nut.ListRwRequest],
			dynamictest.New[nut.ListCmdRequest], dynamictest.New[nut.ListEnumRequest], dynamictest.New[nut.ListRangeRequest],
			dynamictest.New[nut.ListClientRequest], dynamictest.New[nut.GetVarRequest], dynamictest.New[nut.GetTypeRequest],
			dynamictest.New[nut.GetDescRequest], dynamictest.New[nut.GetCmdDescRequest], dynamictest.New[nut.GetUpsDescRequest],
			dynamictest.New[nut.GetNumLoginsRequest], dynamictest.New[nut.SetVarRequest], dynamictest.New[nut.InstCmdRequest],
			dynamictest.New[nut.PrimaryRequest], dynamictest.New[nut.ForceShutdownRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"OK", "OK Goodbye", "ERR DRIVER-NOT-CONNECTED", "ERR X y", "1.3", "upsd", "BEGIN LIST UPS\nUPS a \"b\"\nUPS c \"\\\\ \\\" \\c\"\nEND LIST UPS",
		"BEGIN LIST VAR a\nVAR a b \"c\"\nVAR a d \"\"\nEND LIST VAR a", "BEGIN LIST ENUM a b\nEND LIST ENUM a b", "BEGIN LIST RANGE a b\nRANGE a b \"1\" \"2\"\nEND LIST RANGE a b",
		"VAR a b \"c", "TYPE a b RW", "NUMLOGINS a 4294967296", "SET VAR a b \"c d\"", "INSTCMD a b \"c\"",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
