package plantest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// ModeText is the mode of a [Post] in which it takes the next line for a letter.
const ModeText = session.ModeReady + 1

// Post is a post office that takes a letter by several commands, which nothing may come
// between: the sequence send.
//
//	HELLO         OK
//	PING          PONG
//	FROM a        OK | NO | LATER
//	TO b          OK | NO | LATER     for each who gets it
//	TEXT          GO                  and then one line:
//	…             OK | NO
//	RESET         OK                  what was said of the letter is forgotten
//	COUNT         COUNT 3             by other callers
func Post(mods ...Mod) *session.Plan {
	lines, text := []int{session.ModeLogin, session.ModeReady}, []int{ModeText}
	p := &session.Plan{
		Vendor: "post", Version: "1.0.0", Port: 7072, TLS: session.TLSOptional,
		Modes:   []string{"text"},
		Framing: wire.Framing{Ends: []string{"\n"}, SendEnd: "\n", MaxLine: 80, Max: 80},
		Messages: []session.Message{
			{Name: "ok", Shape: exact("OK")},
			{Name: "pong", Shape: exact("PONG")},
			{Name: "no", Shape: exact("NO"), Class: session.ClassFailed},
			{Name: "later", Shape: exact("LATER"), Class: session.ClassRetry},
			{Name: "go", Shape: exact("GO")},
			{Name: "count", Shape: channel("COUNT ", 0)},
		},
		Match: session.MatchOrder, InFlight: 1,
		Timeouts: timeouts(), Reconnect: reconnect(),
	}
	reply := func(names ...string) (r []session.Reply) {
		for _, name := range names {
			r = append(r, session.Reply{Message: Message(p, name)})
		}
		return r
	}
	p.Commands = []session.Command{
		{Name: "hello", Replies: reply("ok"), Shape: in(exact("HELLO"), lines...)},
		{Name: "ping", Replies: reply("pong"), Shape: in(exact("PING"), lines...)},
		{Name: "from", Replies: reply("ok"), Errors: reply("no", "later"), Shape: in(words("FROM ", 1), lines...)},
		{Name: "to", Replies: reply("ok"), Errors: reply("no", "later"), Shape: in(words("TO ", 1), lines...)},
		{Name: "text", Replies: reply("go"), Errors: reply("no"), Shape: in(exact("TEXT"), lines...), Enters: ModeText},
		{Name: "letter", Replies: reply("ok"), Errors: reply("no"), Shape: in(wire.Shape{}, text...), Enters: session.ModeReady},
		{Name: "reset", Replies: reply("ok"), Errors: reply("no"), Shape: in(exact("RESET"), lines...)},
		{Name: "count", Replies: reply("count"), Shape: in(exact("COUNT"), lines...), Idempotent: true},
	}
	for i := range p.Commands {
		p.Commands[i].UndoneBy = session.None
	}
	p.Login = []session.Step{{Command: Command(p, "hello"), Encode: fixed("HELLO\n")}}
	p.Sequences = []session.Sequence{{
		Name: "send",
		Steps: []session.Step{
			{Command: Command(p, "from"), Encode: said(func(l *Letter, _ int) string { return "FROM " + l.From }), Early: true, RetryTimes: 1, RetryAfter: time.Second},
			{
				Command: Command(p, "to"), Encode: said(func(l *Letter, i int) string { return "TO " + l.To[i] }), Early: true,
				For: func(v *session.Vars) int { return len(v.Args.(*Letter).To) },
			},
			{Command: Command(p, "text"), Encode: fixed("TEXT\n"), Early: true},
			{Command: Command(p, "letter"), Encode: said(func(l *Letter, _ int) string { return l.Text }), Early: true},
		},
		Undo: &session.Step{Command: Command(p, "reset"), Encode: fixed("RESET\n")},
	}}
	p.Liveness = session.Liveness{
		Probe: &session.Probe{
			Step: session.Step{Command: Command(p, "ping"), Encode: fixed("PING\n")}, In: []int{session.ModeReady},
			Every: 10 * time.Second, Timeout: 5 * time.Second, Misses: 1,
		},
		KeepAlive:   session.KeepAlive{Idle: 10 * time.Second, Interval: 5 * time.Second / 3, Count: 3},
		UserTimeout: 15 * time.Second,
	}
	return finish(p, mods)
}

// OneMode lets a letter of a [Post] be a line like others, LETTER and what it says.
func OneMode() Mod {
	return func(p *session.Plan) {
		p.Modes, p.Liveness.Probe.In = nil, nil
		for i := range p.Commands {
			p.Commands[i].Shape.In, p.Commands[i].Enters = nil, 0
		}
		p.Commands[Command(p, "letter")].Shape = wire.Shape{Prefix: "LETTER "}
	}
}

// Letter is what a [Post] sends.
type Letter struct {
	From string
	To   []string
	Text string
}

var errLine = errors.New("a line break in a line")

func said(line func(l *Letter, item int) string) func([]byte, *session.Vars) ([]byte, error) {
	return func(dst []byte, v *session.Vars) ([]byte, error) {
		text := line(v.Args.(*Letter), v.Item)
		if strings.Contains(text, "\n") {
			return dst, errLine
		}
		return fmt.Appendf(dst, "%s\n", text), nil
	}
}

// Send sends a letter by a [Post].
func Send(p *session.Plan, l *Letter) *session.Call {
	return &session.Call{Sequence: &p.Sequences[0], Args: l}
}

// Count asks a [Post] how many it has.
func Count(p *session.Plan) *session.Call { return call(p, "count", "COUNT\n") }
