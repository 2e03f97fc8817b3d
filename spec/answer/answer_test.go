package answer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/answer"
	"github.com/linewright/linewright/spec/model"
)

const document = `
linewright: 1
vendor: meter
version: 1.0.0
sources: {manual: Meter manual}
endpoint: {port: 7001, tls: optional}
frames: {line: {ends: LF, max: 1KiB}}
session:
  greeting: hello
  login: [{expect: motd}, {do: login, when: hello.named}, {do: plain, unless: hello.named}, {expect: welcome}, {expect: welcome}, {expect: motd, when: hello.named}, {do: ping}, {expect: motd}]
liveness: {detect_within: 2s, probe: {send: ping, every: 1s, timeout: 1s}}
replies: {match: kind}
messages:
  hello: {receive: "HELLO {named:bool('1','0')}", examples: [{wire: HELLO 1, is: {named: true}}, {wire: HELLO x, bad: named}]}
  motd: {receive: "MOTD"}
  welcome: {receive: "WELCOME"}
  pong: {receive: "PONG"}
  result:
    receive: "RESULT {code:uint8}"
    error: {field: code, ok: [0], else: failed}
    examples: [{wire: RESULT x, bad: code}, {wire: RESULT 5, is: {code: 5}}, {wire: RESULT 0, is: {code: 0}}]
commands:
  login: {send: "LOGIN", reply: result, private: true}
  plain: {send: "PLAIN", reply: result, private: true}
  ping: {send: "PING", reply: pong, private: true}
`

func load(t *testing.T) (p *model.Protocol, message func(string) *model.Message) {
	t.Helper()
	p, findings := spec.Load("meter.yaml", []byte(document))
	require.Empty(t, findings)
	return p, func(name string) *model.Message {
		for _, m := range p.Messages {
			if m.Name == name {
				return m
			}
		}
		return nil
	}
}

func TestExample(t *testing.T) {
	_, message := load(t)
	require.Equal(t, "RESULT 0", string(answer.Example(message("result")).Wire), "one that is no error, before those that are")
	require.Equal(t, "HELLO 1", string(answer.Example(message("hello")).Wire))
	require.Nil(t, answer.Example(message("motd")))
}

func TestUnasked(t *testing.T) {
	p, message := load(t)
	login, plain := p.Commands[0], p.Commands[1]
	require.Equal(t, map[*model.Command][]*model.Message{
		nil:   {message("motd")},
		login: {message("welcome")},
		plain: {message("welcome")},
	}, answer.Unasked(p), "each once; not under a condition, nor after the probe's command")
}
