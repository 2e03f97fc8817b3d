package nats_test

import (
	"testing"

	"github.com/linewright/linewright/generated/internal/frames"
	"github.com/linewright/linewright/generated/nats"
)

func FuzzFrames(f *testing.F) {
	for _, frame := range []string{
		`INFO {"server_id":"X","version":"2.9.10","max_payload":1048576} `, "PING", "PONG", "MSG foo.bar 9 5\r\nhello", "MSG foo.bar 9 _INBOX.1 2\r\n\r\n", "MSG a b 0\r\n",
		"-ERR 'Authorization Violation'", `-ERR 'Permissions Violation for Publish to "x"'`, "-ERR 'Stale Connection'",
		`INFO {"server_id":"\u0041","version":"2","max_payload":-1,"auth_required":null}`,
	} {
		f.Add([]byte(frame))
	}
	messages := frames.Messages{
		frames.New[nats.Info], frames.New[nats.Ping], frames.New[nats.Pong], frames.New[nats.Msg],
		frames.New[nats.Denied], frames.New[nats.NotPermitted], frames.New[nats.ServerError],
	}
	f.Fuzz(func(t *testing.T, data []byte) { messages.Again(t, data, "\r\n") })
}
