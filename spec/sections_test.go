package spec_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
	"github.com/stretchr/testify/require"
)

// sections of a small document that is right; tests replace some of them.
var sections = []struct{ name, text string }{
	{"linewright", "linewright: 1"},
	{"vendor", "vendor: tiny"},
	{"version", "version: 1.0.0"},
	{"sources", "sources: {manual: rev A}"},
	{"endpoint", "endpoint: {port: 1234}"},
	{"frames", "frames: {line: {ends: LF, max: 4KiB}}"},
	{"liveness", "liveness: {detect_within: 15s, probe: {send: ping, every: 10s, timeout: 5s}}"},
	{"replies", "replies: {match: kind}"},
	{"messages", "messages: {pong: {receive: \"PONG\"}}"},
	{"commands", "commands: {ping: {send: \"PING\", reply: pong}, poke: {send: \"POKE\", reply: none}}"},
}

// tiny is the small document, with other text for some sections; a section that
// it does not have is added, one that becomes "" is left out.
func tiny(replace ...string) string {
	var b strings.Builder
	with := map[string]string{}
	for _, r := range replace {
		name, _, _ := strings.Cut(r, ":")
		with[name] = r
	}
	for _, s := range sections {
		text, replaced := with[s.name]
		if !replaced {
			text = s.text
		}
		delete(with, s.name)
		if text != s.name {
			b.WriteString(text + "\n")
		}
	}
	for _, r := range replace {
		if name, _, _ := strings.Cut(r, ":"); with[name] != "" {
			b.WriteString(r + "\n")
		}
	}
	return b.String()
}

// load gives the protocol, and the findings as "path rule: message".
func load(t testing.TB, source string) (*model.Protocol, []string) {
	t.Helper()
	p, findings := spec.Load("tiny.yaml", []byte(source))
	require.Equal(t, p == nil, len(findings) > 0)
	var all []string
	for _, f := range findings {
		require.NotZero(t, f.Line)
		all = append(all, fmt.Sprintf("%s %s: %s", f.Path, f.Rule, f.Message))
	}
	return p, all
}

func TestDefaults(t *testing.T) {
	p, findings := load(t, tiny())
	require.Empty(t, findings)
	require.Equal(t, "tiny", p.Name)
	require.Equal(t, "tiny", p.Title)
	require.Equal(t, []model.Source{{ID: "manual", Text: "rev A"}}, p.Sources)
	require.Equal(t, model.Endpoint{Port: 1234, TLS: model.TLSNever}, p.Endpoint)
	p.Frame.Pos = model.Pos{}
	require.Equal(t, &model.Frame{
		Named: model.Named{Name: "line"}, Content: "text", Ends: []string{"\n"}, SendEnd: "\n",
		Max: 4096, MaxLine: 4096, Empty: "frame", Charset: "utf8", Use: "both",
	}, p.Frame)
	require.Equal(t, model.Timeouts{
		Connect: 5 * time.Second, Greeting: 5 * time.Second, Login: 10 * time.Second, Ready: 5 * time.Second,
		Reply: 5 * time.Second, Write: 5 * time.Second, Frame: 30 * time.Second,
	}, p.Timeouts)
	require.Equal(t, model.Reconnect{
		Initial: 500 * time.Millisecond, Factor: 2, Max: 30 * time.Second, Jitter: 0.5, StableAfter: 10 * time.Second,
	}, p.Reconnect)
	require.Equal(t, model.Replies{Match: "kind", InFlight: 1, Late: "close"}, p.Replies)
	require.Equal(t, model.Unexpected{Frame: "close", Message: "close", Reply: "close"}, p.Unexpected)
	life := p.Liveness
	require.Equal(t, 1, life.Probe.Misses)
	require.False(t, life.Probe.Always)
	require.False(t, life.AckOnly)
	require.Equal(t, model.KeepAlive{Idle: 10 * time.Second, Interval: 2 * time.Second, Count: 3}, life.KeepAlive)
	require.Equal(t, 16*time.Second, life.UserTimeout)
}

func TestEverythingGiven(t *testing.T) {
	p, findings := load(t, tiny(
		"title: Tiny",
		"doc: A tiny thing.",
		"endpoint: {port: 65535, tls: always, clients: 2}",
		"frames: {line: {content: text, ends: [CRLF, LF, 0x03], sends: LF, max: 1MiB, max_line: 1KiB, empty: drop, charset: latin1, doc: d, go_name: Line}}",
		"timeouts: {connect: 1s, greeting: 2s, login: 3s, ready: 4s, reply: 5s, write: 6s, frame: 7s}",
		"reconnect: {initial: 1s, factor: 1.5, max: 1m, jitter: 0%, stable_after: 5s, refused: 10m, give_up: {attempts: 3, elapsed: 1h}}",
		"replies: {match: order, in_flight: 8, late: swallow}",
		"unexpected: {frame: resync, message: close, reply: close}",
		"liveness: {detect_within: 40s, probe: {send: ping, every: 10s, timeout: 5s, misses: 2, when: always}, silence: 30s, life: probe, keepalive: {idle: 5s, interval: 1s, count: 9}, user_timeout: 1m}",
	))
	require.Empty(t, findings)
	require.Equal(t, "Tiny", p.Title)
	require.Equal(t, "A tiny thing.", p.Doc)
	require.Equal(t, model.Endpoint{Port: 65535, TLS: model.TLSAlways, Clients: 2}, p.Endpoint)
	require.Equal(t, []string{"\r\n", "\n", "\x03"}, p.Frame.Ends)
	require.Equal(t, "\n", p.Frame.SendEnd)
	require.Equal(t, 1024, p.Frame.MaxLine)
	require.Equal(t, "drop", p.Frame.Empty)
	require.Equal(t, "latin1", p.Frame.Charset)
	require.Equal(t, model.Timeouts{
		Connect: 1 * time.Second, Greeting: 2 * time.Second, Login: 3 * time.Second, Ready: 4 * time.Second,
		Reply: 5 * time.Second, Write: 6 * time.Second, Frame: 7 * time.Second,
	}, p.Timeouts)
	require.Equal(t, model.Reconnect{
		Initial: time.Second, Factor: 1.5, Max: time.Minute, StableAfter: 5 * time.Second, Refused: 10 * time.Minute,
		GiveUpAttempts: 3, GiveUpElapsed: time.Hour,
	}, p.Reconnect)
	require.Equal(t, model.Replies{Match: "order", InFlight: 8, Late: "swallow"}, p.Replies)
	require.Equal(t, "resync", p.Unexpected.Frame)
	life := p.Liveness
	require.True(t, life.AckOnly)
	require.True(t, life.Probe.Always)
	require.Equal(t, 2, life.Probe.Misses)
	require.Equal(t, 30*time.Second, life.Silence)
	require.Equal(t, model.KeepAlive{Idle: 5 * time.Second, Interval: time.Second, Count: 9}, life.KeepAlive)
	require.Equal(t, time.Minute, life.UserTimeout)
}

// TestDerivedLiveness is invariant 4's arithmetic.
func TestDerivedLiveness(t *testing.T) {
	for _, tt := range []struct {
		name, liveness string
		keepAlive      model.KeepAlive
		userTimeout    time.Duration
	}{
		{
			"the detection bound is the longer", "{detect_within: 1m, probe: {send: ping, every: 10s, timeout: 9s, misses: 3}}",
			model.KeepAlive{Idle: 10 * time.Second, Interval: 3 * time.Second, Count: 3},
			37 * time.Second,
		},
		{
			"keepalive is the longer", "{detect_within: 2s, probe: {send: ping, every: 1s, timeout: 1s}}",
			model.KeepAlive{Idle: time.Second, Interval: time.Second, Count: 3},
			4 * time.Second,
		},
		{
			"parts of seconds are rounded up", "{detect_within: 2s, probe: {send: ping, every: 1200ms, timeout: 700ms}}",
			model.KeepAlive{Idle: 2 * time.Second, Interval: time.Second, Count: 3},
			5 * time.Second,
		},
		{
			"silence alone", "{detect_within: 30s, silence: 20s}",
			model.KeepAlive{Idle: 30 * time.Second, Interval: time.Second, Count: 3},
			33 * time.Second,
		},
		{
			"keepalive alone", "{detect_within: 20s, keepalive: {idle: 10s, interval: 2s}}",
			model.KeepAlive{Idle: 10 * time.Second, Interval: 2 * time.Second, Count: 3},
			16 * time.Second,
		},
		{
			"a beat alone", "{detect_within: 15s, beat: {send: poke, every: 10s}}",
			model.KeepAlive{Idle: 7 * time.Second, Interval: time.Second, Count: 3},
			10 * time.Second,
		},
		{
			"a beat that is rare", "{detect_within: 60s, beat: {send: poke, every: 5m}}",
			model.KeepAlive{Idle: 57 * time.Second, Interval: time.Second, Count: 3},
			60 * time.Second,
		},
		{
			"a beat that is fast", "{detect_within: 7s, beat: {send: poke, every: 2500ms}}",
			model.KeepAlive{Idle: time.Second, Interval: time.Second, Count: 3},
			4 * time.Second,
		},
		{
			"keepalive with an interval", "{detect_within: 20s, keepalive: {interval: 2s}}",
			model.KeepAlive{Idle: 14 * time.Second, Interval: 2 * time.Second, Count: 3},
			20 * time.Second,
		},
		{
			"a beat and keepalive", "{detect_within: 20s, beat: {send: poke, every: 5s}, keepalive: {idle: 5s, interval: 2s, count: 3}}",
			model.KeepAlive{Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3},
			11 * time.Second,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, findings := load(t, tiny("liveness: "+tt.liveness))
			require.Empty(t, findings)
			require.Equal(t, tt.keepAlive, p.Liveness.KeepAlive)
			require.Equal(t, tt.userTimeout, p.Liveness.UserTimeout)
		})
	}
}

func TestSectionMistakes(t *testing.T) {
	for _, tt := range []struct{ name, section, want string }{
		{"another language version", "linewright: 2", "$.linewright language-version: the document is written in version 2 of the language; this linewright reads version 1"},
		{"no language version", "linewright", "$ missing-key: linewright is missing"},
		{"language version in quotes", "linewright: '1'", "$.linewright quoted: quoted text where an integer from 1 to 1000000 is wanted"},
		{"no vendor", "vendor", "$ missing-key: vendor is missing"},
		{"vendor's name", "vendor: Tiny-Co", `$.vendor name: "Tiny-Co" is not a name here: want snake_case, as in heartbeat_ack`},
		{"sources of nothing", "sources: {}", "$.sources empty: nothing is written here: want the documents this was made from, as in {manual: TU-100 rev C}"},
		{"stream", "stream: {telnet: on}", `$.stream.telnet word: "on" where off or refuse is wanted`},
		{"writes", "stream: {write: line}", `$.stream.write word: "line" where batch or frame is wanted`},
		{"port 0", "endpoint: {port: 0}", `$.endpoint.port range: "0" is out of range: want an integer from 1 to 65535`},
		{"port 65536", "endpoint: {port: 65536}", `$.endpoint.port range: "65536" is out of range: want an integer from 1 to 65535`},
		{"no port", "endpoint: {tls: never}", "$.endpoint missing-key: port is missing"},
		{"tls", "endpoint: {port: 1, tls: sometimes}", `$.endpoint.tls word: "sometimes" where never, optional or always is wanted`},
		{"connection per command", "endpoint: {port: 1, per_command: true}", "$.liveness.probe per-command: each command has a connection of its own: there is none to be watched between two"},
		{"no frame", "frames: {}", "$.frames empty: no frame: want one, as in {line: {ends: LF, max: 4KiB}}"},
		{"two frames", "frames: {a: {ends: LF, max: 1KiB}, b: {ends: LF, max: 1KiB}}", `$.frames.b frame-overlap: frames a and b cannot be told apart: they begin with "" and ""`},
		{"frame's name", "frames: {Line: {ends: LF, max: 1KiB}}", `$.frames.Line name: "Line" is not a name here: want snake_case, as in heartbeat_ack`},
		{"no max", "frames: {line: {ends: LF}}", "$.frames.line missing-key: max is missing"},
		{"no end", "frames: {line: {max: 1KiB}}", "$.frames.line frame-extent: nothing says where a frame ends"},
		{"no end in a list", "frames: {line: {ends: [], max: 1KiB}}", "$.frames.line.ends empty: no terminator: want at least one, as in LF"},
		{"G8", "frames: {line: {ends: [CRLF, CR], max: 1KiB}}", "$.frames.line.ends[1] ends-prefix: this terminator is the beginning of an earlier one: a receiver could not tell which one came"},
		{"G8, the other way", "frames: {line: {ends: [CR, CRLF], max: 1KiB}}", "$.frames.line.ends[1] ends-prefix: an earlier terminator is the beginning of this one: a receiver could not tell which one came"},
		{"an end twice", "frames: {line: {ends: [LF, 0x0a], max: 1KiB}}", "$.frames.line.ends[1] ends-prefix: this terminator is in the list twice"},
		{"max_line over max", "frames: {line: {ends: LF, max: 1KiB, max_line: 2KiB}}", "$.frames.line.max_line max-line: max_line is more than max: no frame has such a line"},
		{"max below the end", "frames: {line: {ends: CRLF, max: 2B}}", "$.frames.line.max frame-max: a frame of at most 2 bytes cannot hold text and its end of 2"},
		{"a size of lines", "frames: {line: {ends: LF, size: 8B, max: 1KiB}}", "$.frames.line.size frame-extent: lines end at a terminator, not after a number of bytes"},
		{"a checksum of lines", "frames: {line: {ends: LF, max: 1KiB, checksum: {field: s, algorithm: xor8, over: payload}}}", "$.frames.line.checksum checksum-field: the frame has no layout: where is the checksum?"},
		{"a bad end is not also missing", "frames: {line: {ends: lf, max: 1KiB}}", `$.frames.line.ends bytes: "lf" where LF, CRLF, CR, NUL or hex bytes, as in 0x0d0a is wanted`},
		{"match by no field", "replies: {match: {id: Seq}}", `$.replies.match.id name: "Seq" is not a name here: want snake_case, as in heartbeat_ack`},
		{"match by an id that nobody has", "replies: {match: {id: seq}}", "$.replies.match id-missing: no command has a field seq"},
		{"match", "replies: {match: kinds}", `$.replies.match word: "kinds" where order or kind is wanted`},
		{"gap", "replies: {match: kind, gap: 1}", "$.replies.gap unit: a duration needs a unit: ms, s, m or h"},
		{"in flight", "replies: {match: kind, in_flight: 0}", `$.replies.in_flight range: "0" is out of range: want an integer from 1 to 65536`},
		{"unknown section", "reconect: {max: 1s}", `$.reconect unknown-key: unknown key "reconect"`},
		{"max below initial", "reconnect: {initial: 10s, max: 5s}", "$.reconnect.initial reconnect-max: initial is 10s, more than max, which is 5s"},
		{"default max below initial", "reconnect: {initial: 1m}", "$.reconnect.initial reconnect-max: initial is 1m, more than max, which is 30s"},
		{"factor below 1", "reconnect: {factor: 0.5}", `$.reconnect.factor range: "0.5" is out of range: want a number from 1 to 1000`},
		{"jitter over 100%", "reconnect: {jitter: 120%}", `$.reconnect.jitter range: "120%" is out of range: want a percentage from 0% to 100%`},
		{"refused", "reconnect: {refused: go}", `$.reconnect.refused duration: "go" where a duration, as in 10s is wanted`},
		{"give up", "reconnect: {give_up: always}", `$.reconnect.give_up word: "always" where never is wanted`},
		{"give up, no limit", "reconnect: {give_up: {}}", "$.reconnect.give_up empty: no limit is given"},
		{"timeout without a unit", "timeouts: {connect: 5}", "$.timeouts.connect unit: a duration needs a unit: ms, s, m or h"},
		{"policy", "unexpected: {frame: event}", `$.unexpected.frame word: "event" where close, drop or resync is wanted`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := load(t, tiny(tt.section))
			require.Equal(t, []string{tt.want}, findings)
		})
	}
}

func TestLivenessMistakes(t *testing.T) {
	const probe = "probe: {send: ping, every: 10s, timeout: 5s}"
	for _, tt := range []struct{ name, liveness, want string }{
		{"no detect_within", "{" + probe + "}", "$.liveness missing-key: detect_within is missing"},
		{"nothing notices", "{detect_within: 15s}", "$.liveness no-life: nothing would notice a dead peer: no probe, beat, silence or keepalive"},
		{"the probe is too slow", "{detect_within: 14s, " + probe + "}", "$.liveness.detect_within bound-missed: every + misses × timeout is 15s, more than detect_within, which is 14s"},
		{"misses count", "{detect_within: 15s, probe: {send: ping, every: 9s, timeout: 3s, misses: 3}}", "$.liveness.detect_within bound-missed: every + misses × timeout is 18s, more than detect_within, which is 15s"},
		{"silence is too long", "{detect_within: 15s, silence: 16s}", "$.liveness.silence bound-missed: silence is 16s, more than detect_within, which is 15s"},
		{"keepalive is too slow", "{detect_within: 15s, keepalive: {idle: 10s, interval: 2s}}", "$.liveness.detect_within bound-missed: the kernel's bound, of keepalive and user_timeout, is 16s, more than detect_within, which is 15s"},
		{"a beat needs a kernel's bound", "{detect_within: 3s, beat: {send: poke, every: 2s}}", "$.liveness.detect_within bound-missed: the kernel's bound, of keepalive and user_timeout, is 6s, more than detect_within, which is 3s"},
		{"timeout over interval", "{detect_within: 15s, probe: {send: ping, every: 5s, timeout: 6s}}", "$.liveness.probe.timeout timeout-over-interval: the timeout of 6s is more than the interval of 5s: the next probe would be due before this one is given up"},
		{"user timeout below the bound", "{detect_within: 15s, " + probe + ", user_timeout: 10s}", "$.liveness.user_timeout user-timeout: a user timeout of 10s ends links before the 16s that the heartbeat and keepalive take"},
		{"life: probe without one", "{detect_within: 15s, silence: 15s, life: probe}", "$.liveness.life life-probe: life: probe, but there is no probe"},
		{"life: probe and when: idle", "{detect_within: 15s, life: probe, probe: {send: ping, every: 10s, timeout: 5s, when: idle}}", "$.liveness.probe.when life-probe: life: probe sends probes whatever else arrives; when: idle contradicts it"},
		{"silence before the probe", "{detect_within: 15s, silence: 10s, " + probe + "}", "$.liveness.silence probe-unsent: silence of 10s ends the link before the probe is sent, which is 10s after the last byte"},
		{"no misses", "{detect_within: 15s, probe: {send: ping, every: 10s, timeout: 5s, misses: 0}}", `$.liveness.probe.misses range: "0" is out of range: want an integer from 1 to 100`},
		{"a number that is wrong is not compared", "{detect_within: 1s, probe: {send: ping, every: 10, timeout: 5s}}", "$.liveness.probe.every unit: a duration needs a unit: ms, s, m or h"},
		{"several probes for one mode", "{detect_within: 15s, probe: [{send: ping, every: 10s, timeout: 5s}, {send: ping, every: 10s, timeout: 5s}]}", "$.liveness.probe[1] mode-twice: the probe before it is that of all modes"},
		{"an interval from nowhere", "{detect_within: 15s, probe: {send: ping, every: {from: \"{m.f}\", unit: s, at_least: 6s, at_most: 10s}, timeout: 5s}}", `$.liveness.probe.every.from unknown-name: there is no parameter and no message "m"`},
		{"keepalive in parts of seconds", "{detect_within: 15s, " + probe + ", keepalive: {interval: 1500ms}}", `$.liveness.keepalive.interval whole-seconds: "1500ms": kernels count keepalive in whole seconds`},
		{"keepalive beyond the kernel", "{detect_within: 15s, " + probe + ", keepalive: {idle: 10h}}", `$.liveness.keepalive.idle range: "10h" is more than kernels take, which is 32767s`},
		{"silence that is wrong", "{detect_within: 15s, silence: 10}", "$.liveness.silence unit: a duration needs a unit: ms, s, m or h"},
		{"user timeout that is wrong", "{detect_within: 15s, keepalive: {idle: 5s, interval: 1s}, user_timeout: 20}", "$.liveness.user_timeout unit: a duration needs a unit: ms, s, m or h"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := load(t, tiny("liveness: "+tt.liveness))
			require.Equal(t, []string{tt.want}, findings)
		})
	}
}

// TestOtherLanguageVersionSaysNothingElse: a newer document's other keys would
// all look like mistakes.
func TestOtherLanguageVersionSaysNothingElse(t *testing.T) {
	_, findings := load(t, "linewright: 3\nnew_section: {}\nframes: new\n")
	require.Len(t, findings, 1)
}

func TestUnknownAndMissingKeys(t *testing.T) {
	_, findings := spec.Load("tiny.yaml", []byte(tiny("endpoint: {prot: 1, zebra: 2}")))
	var all []string
	for _, f := range findings {
		all = append(all, fmt.Sprintf("%d:%d %s %s (%s)", f.Line, f.Col, f.Path, f.Message, f.Hint))
	}
	require.Equal(t, []string{
		`5:12 $.endpoint.prot unknown key "prot" (did you mean port?)`,
		`5:21 $.endpoint.zebra unknown key "zebra" (known keys: port, tls, clients, idle_close, per_command)`,
	}, all)

	_, more := load(t, tiny("endpoint: {zebra: 2}"))
	require.Contains(t, more, "$.endpoint missing-key: port is missing")
}

// TestAMisspelledKeyIsReadAsWhatWasMeant: one slip is one finding, whatever
// depends on the key; what is wrong with its value is another.
func TestAMisspelledKeyIsReadAsWhatWasMeant(t *testing.T) {
	_, findings := load(t, `linewright: 1
vendor: slips
version: 1.0.0
sources: {manual: rev A}
endpoint: {prot: 1, tls: never}
parametres: {user: {type: word}}
frames: {line: {ends: LF, maxx: 4KiB}}
sesion: {login: [{od: login}]}
livenes: {detect_within: 15s, keepalive: {idle: 5s, interval: 2s, count: 3}}
replies: {match: kind}
messages: {ok: {recieve: "OK"}, no: {receive: "NO {x"}}
comands: {login: {sned: "LOGIN {user:word}", replay: ok}}
`)
	require.Equal(t, []string{
		`$.endpoint.prot unknown-key: unknown key "prot"`,
		`$.parametres unknown-key: unknown key "parametres"`,
		`$.frames.line.maxx unknown-key: unknown key "maxx"`,
		`$.sesion unknown-key: unknown key "sesion"`,
		`$.session.login[0].od unknown-key: unknown key "od"`,
		`$.livenes unknown-key: unknown key "livenes"`,
		`$.messages.ok.recieve unknown-key: unknown key "recieve"`,
		`$.messages.no.receive tmpl-syntax: expected } after "{x", found the end`,
		`$.comands unknown-key: unknown key "comands"`,
		`$.commands.login.sned unknown-key: unknown key "sned"`,
		`$.commands.login.replay unknown-key: unknown key "replay"`,
	}, findings)
}

// TestWhatWasRefusedIsReportedOnce: an alias has no value, and that is not said
// twice.
func TestWhatWasRefusedIsReportedOnce(t *testing.T) {
	_, findings := load(t, tiny("endpoint: {port: *port}", "timeouts: *times", "unexpected: {frame: &f close}"))
	require.Equal(t, []string{
		"$.endpoint.port yaml-alias: aliases are not read",
		"$.timeouts yaml-alias: aliases are not read",
		"$.unexpected.frame yaml-anchor: anchors are not read",
	}, findings)
}
