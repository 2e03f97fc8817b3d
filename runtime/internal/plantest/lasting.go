package plantest

import (
	"fmt"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// Lasting is a nats-like server: it greets with INFO, the client connects and
// pings, both sides ping, subscriptions last and nothing confirms them.
//
//	INFO {…}                 greeting, and an event
//	CONNECT user secret
//	PING                     PONG, both ways
//	PUB subject 5            and a body
//	SUB subject 1
//	UNSUB 1
//	MSG subject 1 5          an event with a body
//	-ERR 'text'              refused, or the end of the link
func Lasting(mods ...Mod) *session.Plan {
	p := &session.Plan{
		Vendor:  "lasting",
		Version: "1.0.0",
		Port:    4222,
		TLS:     session.TLSOptional,
		Framing: wire.Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", MaxLine: 64 << 10, Max: 8 << 20},
		Messages: []session.Message{
			{Name: "info", Shape: wire.Shape{Prefix: "INFO "}, Event: session.IsEvent, Capture: true},
			{Name: "ping", Shape: exact("PING")},
			{Name: "pong", Shape: exact("PONG")},
			{
				Name: "msg", Event: session.IsEvent,
				Shape: wire.Shape{Prefix: "MSG ", Steps: body(' '), Check: bodyEnds(' ')},
			},
			{
				Name: "denied", Event: session.IsEvent, Class: session.ClassRefused,
				Shape: exact("-ERR 'Authorization Violation'"),
			},
			{Name: "error", Shape: wire.Shape{Prefix: "-ERR '"}, Event: session.IsEvent, Class: session.ClassClose},
		},
		Match:     session.MatchKind,
		InFlight:  1,
		Timeouts:  timeouts(),
		Reconnect: reconnect(),
	}
	p.Greeting = []int{Message(p, "info")}
	p.Commands = lastingCommands(p)
	ping := session.Step{Kind: session.StepDo, Command: Command(p, "ping"), Encode: fixed("PING\r\n")}
	p.Login = []session.Step{
		{Kind: session.StepStartTLS, Command: session.None},
		{Kind: session.StepDo, Command: Command(p, "connect"), Encode: encodeConnect},
		ping,
	}
	p.Answers = []session.Answer{{
		Message: Message(p, "ping"),
		Step:    session.Step{Kind: session.StepDo, Command: Command(p, "pong"), Encode: fixed("PONG\r\n")},
	}}
	p.Liveness = session.Liveness{
		Probe:       &session.Probe{Step: ping, Every: 20 * time.Second, Timeout: 10 * time.Second, Misses: 1},
		KeepAlive:   session.KeepAlive{Idle: 20 * time.Second, Interval: 10 * time.Second / 3, Count: 3},
		UserTimeout: 30 * time.Second,
	}
	return finish(p, mods)
}

func lastingCommands(p *session.Plan) []session.Command {
	return []session.Command{
		{Name: "connect", UndoneBy: session.None, Shape: words("CONNECT ", 2)},
		{
			Name: "ping", Replies: []session.Reply{{Message: Message(p, "pong")}},
			UndoneBy: session.None, Shape: exact("PING"),
		},
		{Name: "pong", UndoneBy: session.None, Shape: exact("PONG")},
		{
			Name: "pub", UndoneBy: session.None,
			Shape: wire.Shape{Prefix: "PUB ", Steps: body(' '), Check: bodyEnds(' ')},
		},
		{Name: "sub", Lasting: true, UndoneBy: 5, Shape: words("SUB ", 2)},
		{Name: "unsub", Undoes: true, UndoneBy: session.None, Shape: words("UNSUB ", 1)},
	}
}

func encodeConnect(dst []byte, v *session.Vars) ([]byte, error) {
	p := v.Params.(*Params)
	return fmt.Appendf(dst, "CONNECT %s %s\r\n", or(p.User, "-"), or(p.Secret, "-")), nil
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// Pub publishes to a [Lasting]; nothing answers it.
func Pub(p *session.Plan, subject string, body []byte) *session.Call {
	return call(p, "pub", "PUB %s %d\r\n%s\r\n", subject, len(body), body)
}

// Sub subscribes at a [Lasting] until [Unsub].
func Sub(p *session.Plan, subject string, sid uint64) *session.Call {
	c := call(p, "sub", "SUB %s %d\r\n", subject, sid)
	c.Lasting = Key(nil, sid)
	return c
}

// Unsub undoes [Sub].
func Unsub(p *session.Plan, sid uint64) *session.Call {
	c := call(p, "unsub", "UNSUB %d\r\n", sid)
	c.Lasting = Key(nil, sid)
	return c
}

// Msg is the frame, without its end, that a [Lasting] delivers a message in.
func Msg(subject string, sid uint64, body []byte) []byte {
	return fmt.Appendf(nil, "MSG %s %d %d\r\n%s", subject, sid, len(body), body)
}
