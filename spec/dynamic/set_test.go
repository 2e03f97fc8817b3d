package dynamic_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
)

// tokens is a protocol whose login gives a token that other commands bear.
const tokens = `linewright: 1
vendor: tokens
version: 1.0.0
sources: {test: made up}
endpoint: {port: 1, tls: never}
frames: {line: {ends: LF, max: 1KiB}}
session: {login: [{do: login}], ready: [{do: resume}]}
liveness: {detect_within: 15s, probe: {send: ping, every: 10s, timeout: 5s}}
replies: {match: kind}
messages:
  ok: {receive: "OK"}
  pong: {receive: "PONG"}
  token:
    receive: "TOKEN {value:secret(word)}"
    examples: [{wire: "TOKEN x", is: {value: x}}, {wire: "TOKEN ", bad: value}]
commands:
  login: {send: "LOGIN", reply: token, private: true}
  resume: {send: "RESUME {token:secret(word)}", set: {token: "{'<' + token.value + '>'}"}, reply: ok, private: true}
  ping: {send: "PING {token:secret(word)}", set: {token: "{token.value}"}, reply: pong, private: true}
`

// TestSetOfWhatCame: an automatic value may be what the server has sent on this
// link, in steps and in the probe.
func TestSetOfWhatCame(t *testing.T) {
	m, findings := spec.Load("tokens.yaml", []byte(tokens))
	require.Empty(t, findings)
	p, err := dynamic.Open(m)
	require.NoError(t, err)
	script := func(d *device.Device) {
		d.Reply("login", "TOKEN t1")
		d.Reply("resume", "OK")
		d.Reply("ping", "PONG")
	}
	bubble(t, p, nil, script, func(ctx context.Context, d *device.Device, _ *dynamic.Client) {
		require.Equal(t, "RESUME <t1>", string(d.History().Commands("resume")[0].Frame))
		require.NoError(t, d.Wait(ctx, func(h device.History) bool { return len(h.Commands("ping")) > 0 }))
		require.Equal(t, "PING t1", string(d.History().Commands("ping")[0].Frame))
	})
}
