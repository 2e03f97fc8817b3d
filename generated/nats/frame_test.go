package nats_test

import (
	"testing"

	"github.com/linewright/linewright/generated/nats"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/nats.yaml", dynamictest.Generated{
		Plan: nats.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[nats.Info], dynamictest.New[nats.Ping], dynamictest.New[nats.Pong], dynamictest.New[nats.Msg],
			dynamictest.New[nats.Denied], dynamictest.New[nats.NotPermitted], dynamictest.New[nats.ServerError],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[nats.ConnectRequest], dynamictest.New[nats.PingRequest], dynamictest.New[nats.PongRequest],
			dynamictest.New[nats.PubRequest], dynamictest.New[nats.SubRequest], dynamictest.New[nats.UnsubRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		`INFO {"server_id":"X","version":"2.9.10","max_payload":1048576} `, "PING", "PONG", "MSG foo.bar 9 5\r\nhello", "MSG foo.bar 9 _INBOX.1 2\r\n\r\n", "MSG a b 0\r\n",
		"-ERR 'Authorization Violation'", `-ERR 'Permissions Violation for Publish to "x"'`, "-ERR 'Stale Connection'",
		`INFO {"server_id":"\u0041","version":"2","max_payload":-1,"auth_required":null}`,
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
