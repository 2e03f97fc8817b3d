package plantest

import (
	"fmt"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// Acme is a telemetry unit that speaks lines: the client logs in with a user
// and a secret, beats every 10 s, and gives a silent peer up after 15 s.
//
//	LOGIN user secret   OK | DENIED | ERR code text
//	HEARTBEAT           HEARTBEAT_ACK
//	READ 3              READING 3 21.50 C | ERR code text   (READING also comes unasked)
//	SET 3 21.5          OK | ERR code text                  (not idempotent)
//	WATCH 3             WATCHING 3 | ERR code text          (lasting)
//	UNWATCH 3           UNWATCHED 3 | ERR code text
//	BYE                 OK                                  (the server closes)
func Acme(mods ...Mod) *session.Plan {
	p := &session.Plan{
		Vendor:  "acme",
		Version: "1.0.0",
		Port:    1234,
		TLS:     session.TLSOptional,
		Framing: wire.Framing{Ends: []string{"\n", "\r\n"}, SendEnd: "\n", MaxLine: 4096, Max: 4096},
		Messages: []session.Message{
			{Name: "heartbeat_ack", Shape: exact("HEARTBEAT_ACK")},
			{Name: "ok", Shape: exact("OK")},
			{Name: "denied", Shape: exact("DENIED"), Class: session.ClassRefused},
			{Name: "fault", Shape: wire.Shape{Prefix: "ERR "}, Class: session.ClassFailed},
			{Name: "reading", Shape: channel("READING ", 2), Event: session.IsEvent},
			{Name: "watching", Shape: channel("WATCHING ", 0)},
			{Name: "unwatched", Shape: channel("UNWATCHED ", 0)},
		},
		Match:     session.MatchKind,
		InFlight:  1,
		Timeouts:  timeouts(),
		Reconnect: reconnect(),
	}
	p.Commands = acmeCommands(p)
	p.Login = []session.Step{{Kind: session.StepDo, Command: Command(p, "login"), Encode: encodeLogin}}
	p.Liveness = session.Liveness{
		Probe: &session.Probe{
			Step:  session.Step{Kind: session.StepDo, Command: Command(p, "heartbeat"), Encode: fixed("HEARTBEAT\n")},
			Every: 10 * time.Second, Timeout: 5 * time.Second, Misses: 1,
		},
		KeepAlive:   session.KeepAlive{Idle: 10 * time.Second, Interval: 5 * time.Second / 3, Count: 3},
		UserTimeout: 15 * time.Second,
	}
	return finish(p, mods)
}

func acmeCommands(p *session.Plan) []session.Command {
	reply := func(name string) []session.Reply { return []session.Reply{{Message: Message(p, name)}} }
	echoed := func(name, prefix string) []session.Reply {
		return []session.Reply{{Message: Message(p, name), Key: channelKey(prefix)}}
	}
	fault := reply("fault")
	return []session.Command{
		{Name: "heartbeat", Replies: reply("heartbeat_ack"), UndoneBy: session.None, Shape: exact("HEARTBEAT")},
		{
			Name: "login", Replies: reply("ok"), Errors: append(reply("denied"), fault...),
			UndoneBy: session.None, Shape: words("LOGIN ", 2),
		},
		{
			Name: "read", Replies: echoed("reading", "READING "), Errors: fault, Idempotent: true,
			UndoneBy: session.None, Shape: channel("READ ", 0),
		},
		{Name: "set", Replies: reply("ok"), Errors: fault, UndoneBy: session.None, Shape: channel("SET ", 1)},
		{
			Name: "watch", Replies: echoed("watching", "WATCHING "), Errors: fault,
			Lasting: true, UndoneBy: 5, Shape: channel("WATCH ", 0),
		},
		{
			Name: "unwatch", Replies: echoed("unwatched", "UNWATCHED "), Errors: fault,
			UndoneBy: session.None, Undoes: true, Shape: channel("UNWATCH ", 0),
		},
		{Name: "bye", Replies: reply("ok"), Closes: true, UndoneBy: session.None, Shape: exact("BYE")},
	}
}

func encodeLogin(dst []byte, v *session.Vars) ([]byte, error) {
	p := v.Params.(*Params)
	return fmt.Appendf(dst, "LOGIN %s %s\n", p.User, p.Secret), nil
}

// Read asks for a channel of an [Acme].
func Read(p *session.Plan, channel uint8) *session.Call {
	c := call(p, "read", "READ %d\n", channel)
	c.Echo = Key(nil, uint64(channel))
	return c
}

// Set sets a channel of an [Acme]; it is not idempotent.
func Set(p *session.Plan, channel uint8, value string) *session.Call {
	return call(p, "set", "SET %d %s\n", channel, value)
}

// Watch is the lasting command of an [Acme].
func Watch(p *session.Plan, channel uint8) *session.Call {
	c := call(p, "watch", "WATCH %d\n", channel)
	c.Echo = Key(nil, uint64(channel))
	c.Lasting = Key(nil, uint64(channel))
	return c
}

// Unwatch undoes [Watch].
func Unwatch(p *session.Plan, channel uint8) *session.Call {
	c := call(p, "unwatch", "UNWATCH %d\n", channel)
	c.Echo = Key(nil, uint64(channel))
	c.Lasting = Key(nil, uint64(channel))
	return c
}

func call(p *session.Plan, command, format string, args ...any) *session.Call {
	return &session.Call{Command: Command(p, command), Frame: fmt.Appendf(nil, format, args...)}
}
