package pop3_test

import (
	"testing"

	"github.com/linewright/linewright/generated/pop3"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/pop3.yaml", dynamictest.Generated{
		Plan: pop3.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[pop3.Hello], dynamictest.New[pop3.TurnedAway], dynamictest.New[pop3.OK], dynamictest.New[pop3.Total],
			dynamictest.New[pop3.Size], dynamictest.New[pop3.Sizes], dynamictest.New[pop3.UID], dynamictest.New[pop3.UIDs],
			dynamictest.New[pop3.Mail], dynamictest.New[pop3.Capabilities], dynamictest.New[pop3.Failure], dynamictest.New[pop3.Denied],
			dynamictest.New[pop3.InUse], dynamictest.New[pop3.TooSoon], dynamictest.New[pop3.NoService],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[pop3.STLSRequest], dynamictest.New[pop3.ApopRequest], dynamictest.New[pop3.UserRequest], dynamictest.New[pop3.PassRequest],
			dynamictest.New[pop3.StatRequest], dynamictest.New[pop3.ListRequest], dynamictest.New[pop3.SizeRequest],
			dynamictest.New[pop3.UIDLRequest], dynamictest.New[pop3.UIDOfRequest], dynamictest.New[pop3.RetrRequest],
			dynamictest.New[pop3.TopRequest], dynamictest.New[pop3.DeleRequest], dynamictest.New[pop3.RsetRequest],
			dynamictest.New[pop3.NoopRequest], dynamictest.New[pop3.CapaRequest], dynamictest.New[pop3.QuitRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"+OK 2 320", "+OK 2 320 more", "+OK\r\n1 120\r\n2 200 x\r\n.", "+OK 9\r\n..dot\r\n\r\n...\r\n.", "+OK\r\n.\r\n.", "+OK\r\nSASL PLAIN LOGIN\r\nTOP\r\n.",
		"+OK <a@b> ready", "+OK ready <a@b", "-ERR [IN-USE]", "-ERR [IN-USE] locked", "-ERR [NEW] code", "TOP 1 10", "LIST 1", "LIST 1 2", "UIDL",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
