package decode_test

import (
	"testing"

	"github.com/linewright/linewright/spec/decode"
)

// TestGapsInText: what follows a gap is not taken for a frame where it may be the rest of one.
func TestGapsInText(t *testing.T) {
	r := listen(t, "acme")
	r.received("READING 3 2")
	r.missing(decode.Received, 10)
	r.received("1.50 C\nREADING 4 17 %\nnonsense\n")
	r.expect("received cut 11", "received gap 10", "received cut 7", "received reading{channel: 4, value: 17, unit: percent}", `received unknown "nonsense\n"`)
}

// TestGapBehindAFrame: what begins with fixed text is one, right behind a gap.
func TestGapBehindAFrame(t *testing.T) {
	r := listen(t, "acme")
	r.received("OK\n")
	r.missing(decode.Received, 0)
	r.received("READING 4 17 %\n")
	r.expect("received ok{}", "received gap 0", "received reading{channel: 4, value: 17, unit: percent}")
}

// TestReplyToWhatIsMissing: a block that any line could begin is looked for where anything may
// be awaited.
func TestReplyToWhatIsMissing(t *testing.T) {
	const status = "repeat: 0\nrandom: 0\nsingle: 0\nconsume: 0\npartition: default\nplaylist: 1\nplaylistlength: 0\nmixrampdb: 0\nstate: stop\nOK\n"
	r := listen(t, "mpd")
	r.received("OK MPD 0.23.5\n")
	r.missing(decode.Sent, 7)
	r.received(status)
	if len(r.out) != 3 || r.all[2].Name != "status" {
		t.Fatal(r.out)
	}
}

// TestModes: lines and packets that look alike are told by the mode that commands and replies
// lead to; where the capture begins later, by what fits.
func TestModes(t *testing.T) {
	r := listen(t, "dynamic/testdata/modes")
	r.received("ANALYSER A2\r\n")
	r.sent("LOGIN al\r\n")
	r.received("OK\r\n")
	r.sent("PING\r\n")
	r.received("OK\r\n")
	r.sent("RAW\r\n")
	r.received("OK\r\n\x04\x01\x02\xfe\xd4\x01\x02")
	r.sent("\x01\x02\x01\x00")
	r.received("\x01\x00LEVEL 2 -300\r\n")
	r.expect(
		`received hello{model: "A2"}`, `sent login{user: "al"}`, "received welcome{}", "sent ping{}", "received ok{}",
		"sent raw{}", "received ok{}", "received sample{channel: 2, millivolts: -300}", "received alive{}", "sent poll{}", "sent stop{}",
		"received stopped{}", "received level{channel: 2, millivolts: -300}",
	)

	r = listen(t, "dynamic/testdata/modes")
	r.take(decode.Event{Kind: decode.Opened, Midway: true})
	r.received("LEVEL 2 -300\r\nERR 1\r\n")
	r.expect("received connection", "received level{channel: 2, millivolts: -300}", "received failure{code: 1}")
}

// TestTelnetAndEcho: telnet's commands are in no frame, of either direction; echoes are told,
// and prompts; and once the login is over, a line is not taken for a password.
func TestTelnetAndEcho(t *testing.T) {
	r := listen(t, "dynamic/testdata/prompts")
	r.received("\xff\xfb\x01login: ")
	r.sent("\xff\xfe\x01al\r\n")
	r.received("al\r\npassword: ")
	r.sent("s3cret\r\n")
	r.received("\r\nGNET> ")
	r.sent("#MONITORING,5,1\r\n")
	r.received("#MONITORING,5,1\r\n~MONITORING,5,1\r\nGNET> ")
	r.sent("#NOTHING\r\n")
	r.expect(
		"received ask_login{}", `sent user{user: "al"}`, "received echo", "received ask_password{}", "sent password{password: ***}",
		`received prompt{bridge: "GNET"}`, "sent monitor{kind: 5, on: 1}", "received echo", "received monitoring{kind: 5, on: 1}",
		`received prompt{bridge: "GNET"}`, "sent hidden 10",
	)
}

// TestLoginAgain: where a login is refused it begins again.
func TestLoginAgain(t *testing.T) {
	r := listen(t, "dynamic/testdata/prompts")
	for range 2 {
		r.received("login: ")
		r.sent("al\r\n")
		r.received("password: ")
		r.sent("s3cret\r\n")
	}
	r.received("GNET> ")
	r.expect(
		"received ask_login{}", `sent user{user: "al"}`, "received ask_password{}", "sent password{password: ***}",
		"received ask_login{}", `sent user{user: "al"}`, "received ask_password{}", "sent password{password: ***}", `received prompt{bridge: "GNET"}`,
	)
}

const upgrading = `linewright: 1
vendor: up
version: 1.0.0
sources: {manual: none}
endpoint: {port: 25, tls: optional}
parameters: {pass: {type: word, secret: true}}
frames: {line: {ends: CRLF, max: 1KiB}}
session: {greeting: hello, login: [{do: starttls}, {tls: start}, {do: login}]}
liveness: {detect_within: 15s, silence: 15s}
replies: {match: order}
messages:
  hello: {receive: "220 {text:text}", examples: [{wire: "220 a", is: {text: a}}, {wire: "221 a", bad: literal}]}
  ok: {receive: "250 OK"}
commands:
  starttls: {send: "STARTTLS", reply: ok, private: true}
  login: {send: "LOGIN {pass:secret(word)}", reply: ok, private: true}
`

// TestTLS: it is told where it begins, and what follows is only counted.
func TestTLS(t *testing.T) {
	const hello = "\x16\x03\x01\x00\x50\x01\x00\x00\x4c\x03\x03"
	r := listen(t, upgrading)
	r.received("220 hi\r\n")
	r.sent("STARTTLS\r\n")
	r.received("250 OK\r\n")
	r.sent(hello[:3])
	r.expect(`received hello{text: "hi"}`, "sent starttls{}", "received ok{}")
	r.sent(hello[3:])
	r.received("\x16\x03\x03\x00\x10\x02")
	r.expect("sent tls")
	totals := r.d.Totals()
	if totals.BytesTLS != int64(len(hello)+6) || totals.BytesBad != 0 || !totals.Undecodable() {
		t.Error(totals)
	}

	r = listen(t, "redis") // from the beginning
	r.sent(hello)
	r.expect("sent tls")

	r = listen(t, "redis") // the capture begins in the middle
	r.take(decode.Event{Kind: decode.Opened, Midway: true})
	r.received("\x17\x03\x03\x01\x00\x8a")
	r.expect("received connection", "received tls")
}

// TestSecretsAreHidden: in fields, in what is nearest to something secret, and in what is out of
// its place.
func TestSecretsAreHidden(t *testing.T) {
	r := listen(t, "acme")
	r.sent("LOGIN al s3cret\n")
	r.sent("LOGIN al s3cret again\n")
	r.sent("s3cret\n")
	r.sent("READ x\n")
	r.expect(`sent login{user: "al", secret: ***}`, "sent hidden 22", "sent hidden 7", `sent unknown "READ x\n"`)

	r = listen(t, "acme")
	r.d.ShowUnknown()
	r.sent("LOGIN al s3cret again\n")
	r.sent("what\n")
	r.expect("sent hidden 22", `sent unknown "what\n"`)
}

const wrapping = `linewright: 1
vendor: wrapping
version: 1.0.0
sources: {manual: none}
endpoint: {port: 25, tls: never}
frames: {line: {ends: LF, max: 1KiB}}
liveness: {detect_within: 15s, silence: 15s}
replies: {match: order}
types:
  Pass: {layout: "P={p:secret(word)}"}
messages:
  ok: {receive: "OK"}
commands:
  login: {send: "LOGIN {pass:Pass}", reply: ok}
`

// TestASecretThatIsAllOfALayout: a layout of one field is that field, and as secret.
func TestASecretThatIsAllOfALayout(t *testing.T) {
	r := listen(t, wrapping)
	r.sent("LOGIN P=s3cret\nLOGIN Q=s3cret\n")
	r.expect("sent login{pass: ***}", "sent hidden 15")
}
