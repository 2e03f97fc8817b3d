package plantest

import (
	"bytes"
	"fmt"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// Order is a redis-like store: commands are lists of counted arguments,
// replies come in the order of the commands, 64 in flight. With a secret the
// client sends AUTH first; then a PING.
//
// Commands: ping, auth, get, set (not idempotent), incr (not idempotent).
// Replies: ok "+OK", pong "+PONG", integer ":5", value "$3\r\nabc", nil "$-1",
// error "-ERR text", of which NOAUTH and WRONGPASS refuse and LOADING is for a retry.
func Order(mods ...Mod) *session.Plan {
	p := &session.Plan{
		Vendor:  "order",
		Version: "1.0.0",
		Port:    6379,
		TLS:     session.TLSOptional,
		Framing: wire.Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", MaxLine: 64 << 10, Max: 16 << 20},
		Messages: []session.Message{
			{Name: "ok", Shape: exact("+OK")},
			{Name: "pong", Shape: exact("+PONG")},
			{Name: "integer", Shape: wire.Shape{Prefix: ":"}},
			{Name: "nil", Shape: exact("$-1")},
			{Name: "value", Shape: wire.Shape{Prefix: "$", Steps: body('$'), Check: bodyEnds('$')}},
			{Name: "error", Shape: wire.Shape{Prefix: "-"}, Classify: classify},
		},
		Match:     session.MatchOrder,
		InFlight:  64,
		Timeouts:  timeouts(),
		Reconnect: reconnect(),
	}
	p.Commands = orderCommands(p)
	p.Login = []session.Step{
		{
			Kind: session.StepDo, Command: Command(p, "auth"), Encode: encodeAuth,
			When: func(v *session.Vars) bool { return v.Params.(*Params).Secret != "" },
		},
		{Kind: session.StepDo, Command: Command(p, "ping"), Encode: fixed(arguments("PING"))},
	}
	p.Liveness = session.Liveness{
		Probe: &session.Probe{
			Step:  session.Step{Kind: session.StepDo, Command: Command(p, "ping"), Encode: fixed(arguments("PING"))},
			Every: 10 * time.Second, Timeout: 5 * time.Second, Misses: 1,
		},
		KeepAlive:   session.KeepAlive{Idle: 10 * time.Second, Interval: 5 * time.Second / 3, Count: 3},
		UserTimeout: 15 * time.Second,
	}
	return finish(p, mods)
}

func orderCommands(p *session.Plan) []session.Command {
	reply := func(names ...string) (r []session.Reply) {
		for _, name := range names {
			r = append(r, session.Reply{Message: Message(p, name)})
		}
		return r
	}
	command := func(name string, replies []session.Reply, idempotent bool, literal string, more int) session.Command {
		return session.Command{
			Name: name, Replies: replies, Errors: reply("error"), Idempotent: idempotent,
			UndoneBy: session.None, Shape: argumentShape(literal, more),
		}
	}
	return []session.Command{
		command("ping", reply("pong"), true, "PING", 0),
		command("auth", reply("ok"), false, "AUTH", 1),
		command("get", reply("value", "nil"), true, "GET", 1),
		command("set", reply("ok"), false, "SET", 2),
		command("incr", reply("integer"), false, "INCR", 1),
	}
}

// classify tells the errors of an Order apart by their first word.
func classify(frame []byte) session.Class {
	word, _, _ := bytes.Cut(bytes.TrimPrefix(frame, []byte("-")), []byte(" "))
	switch string(word) {
	case "NOAUTH", "WRONGPASS":
		return session.ClassRefused
	case "LOADING", "BUSY":
		return session.ClassRetry
	}
	return session.ClassFailed
}

// argumentShape is a command of a literal and so many counted arguments.
func argumentShape(literal string, more int) wire.Shape {
	s := wire.Shape{Prefix: fmt.Sprintf("*%d", 1+more), Whole: true}
	s.Steps = append(s.Steps,
		wire.Step{Kind: wire.StepLine, Lit: fmt.Sprintf("$%d", len(literal))},
		wire.Step{Kind: wire.StepLine, Lit: literal})
	for range more {
		s.Steps = append(s.Steps, wire.Step{Kind: wire.StepLine, Lit: "$"})
		s.Steps = append(s.Steps, body('$')...)
	}
	return s
}

func arguments(args ...string) string {
	s := fmt.Sprintf("*%d\r\n", len(args))
	for _, a := range args {
		s += fmt.Sprintf("$%d\r\n%s\r\n", len(a), a)
	}
	return s
}

func encodeAuth(dst []byte, v *session.Vars) ([]byte, error) {
	return append(dst, arguments("AUTH", v.Params.(*Params).Secret)...), nil
}

// Get asks an [Order] for a key.
func Get(p *session.Plan, key string) *session.Call {
	return call(p, "get", "%s", arguments("GET", key))
}

// Put stores a value in an [Order] (its command is set).
func Put(p *session.Plan, key, value string) *session.Call {
	return call(p, "set", "%s", arguments("SET", key, value))
}

// Incr counts a key of an [Order] up.
func Incr(p *session.Plan, key string) *session.Call {
	return call(p, "incr", "%s", arguments("INCR", key))
}

// Arguments are the arguments of a received [Order] command's frame, its
// name first.
func Arguments(frame []byte) []string {
	var args []string
	rest := string(frame) + "\r\n"
	var n int
	if _, err := fmt.Sscanf(rest, "*%d\r\n", &n); err != nil {
		return nil
	}
	rest = rest[len(fmt.Sprintf("*%d\r\n", n)):]
	for range n {
		var size int
		if _, err := fmt.Sscanf(rest, "$%d\r\n", &size); err != nil {
			return nil
		}
		rest = rest[len(fmt.Sprintf("$%d\r\n", size)):]
		if len(rest) < size+2 {
			return nil
		}
		args = append(args, rest[:size])
		rest = rest[size+2:]
	}
	return args
}
