package lab_test

import (
	"fmt"
	"time"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// document is the unit of all experiments; %s is its liveness.
const document = `
linewright: 1
vendor: quick
version: 1.0.0
sources: {test: this file}
endpoint: {port: 7000, tls: never}
frames: {line: {ends: LF, max: 64KiB}}
session: {login: [{do: ping}]}
liveness: %s
timeouts: {connect: 1s, login: 1s, ready: 1s, reply: 5s, write: 5s}
reconnect: {initial: 200ms, factor: 2, max: 1s, jitter: 50%%}
replies: {match: kind}
messages:
  pong: {receive: "PONG"}
  tick: {receive: "TICK", event: true}
  value: {receive: "VALUE {value:uint32}", examples: [{wire: VALUE 7, is: {value: 7}}, {wire: VALUE x, bad: value}]}
commands:
  ping: {send: "PING", reply: pong, private: true}
  read: {send: "READ", reply: value, idempotent: true}
  put: {send: "PUT {data:text}", reply: none}
`

// setting is one way to notice a dead peer. The language has no way to turn off
// the kernel's half, and lint refuses what its rules make pointless; so that
// each half can be seen alone, only takes the other out of the model.
type setting struct {
	name     string
	liveness string
	only     func(*model.Liveness)
}

const heartbeat = "probe: {send: ping, every: 1s, timeout: 1s, misses: 2}"

var settings = []setting{
	{"heartbeat", "{detect_within: 3s, " + heartbeat + "}", func(l *model.Liveness) {
		l.KeepAlive, l.UserTimeout = model.KeepAlive{}, 0
	}},
	{"keepalive", "{detect_within: 4s, keepalive: {idle: 1s, interval: 1s, count: 3}}", func(l *model.Liveness) {
		l.UserTimeout = 0
	}},
	{"user timeout", "{detect_within: 10s, keepalive: {idle: 1s, interval: 1s, count: 2}, user_timeout: 3s}", func(l *model.Liveness) {
		l.KeepAlive = model.KeepAlive{}
	}},
	{"kernel", "{detect_within: 4s, keepalive: {idle: 1s, interval: 1s, count: 3}}", nil},
	{"together", "{detect_within: 3s, " + heartbeat + "}", nil},
}

func settingOf(name string) (setting, error) {
	for _, s := range settings {
		if s.name == name {
			return s, nil
		}
	}
	return setting{}, fmt.Errorf("no setting %q", name)
}

// model is the document with this setting, and nothing else.
func (s setting) model() (*model.Protocol, error) {
	m, findings := spec.Load("quick.yaml", fmt.Appendf(nil, document, s.liveness))
	if len(findings) > 0 {
		return nil, fmt.Errorf("%s: %+v", s.name, findings)
	}
	if s.only != nil {
		s.only(&m.Liveness)
	}
	return m, nil
}

func (s setting) open() (*dynamic.Protocol, error) {
	m, err := s.model()
	if err != nil {
		return nil, err
	}
	return dynamic.Open(m)
}

// redial is the longest way back to READY on a whole network: what began just
// before runs into its timeout (connect or login), then come the longest delay
// and one dial.
const redial = time.Second + time.Second + 50*time.Millisecond

// punctual is how much later than scheduled READY may be, but for the dial.
const punctual = 10 * time.Millisecond
