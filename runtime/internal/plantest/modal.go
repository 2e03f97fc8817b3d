package plantest

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// ModeRaw is the mode of a [Modal] in which it speaks packets.
const ModeRaw = session.ModeReady + 1

// Modal is an analyser that speaks lines until it is told to send packets of a
// counted number of bytes, and then does until it is told to stop.
//
//	LOGIN         OK
//	PING          PONG
//	GET 3         VALUE 3
//	RAW           OK          and from then on:
//	p             a           the heartbeat
//	g n           v n
//	q             s           and from then on lines again
//	              o           lines again, because the analyser says so
func Modal(mods ...Mod) *session.Plan {
	lines := []int{session.ModeLogin, session.ModeReady}
	p := &session.Plan{
		Vendor: "modal", Version: "1.0.0", Port: 7071, TLS: session.TLSOptional,
		Modes: []string{"raw"},
		Framing: wire.Framing{
			Ends: []string{"\n"}, SendEnd: "\n", MaxLine: 80, Max: 80, In: lines,
			Others: []wire.Framing{{
				MaxLine: 16, Max: 16, In: []int{ModeRaw},
				Packet: &wire.Packet{Extent: wire.ExtentCount, Size: wire.Size{Width: 1}, Head: 1},
			}},
		},
		Messages: []session.Message{
			{Name: "ok", Shape: in(exact("OK"), lines...)},
			{Name: "denied", Shape: in(exact("DENIED"), lines...), Class: session.ClassRefused},
			{Name: "pong", Shape: in(exact("PONG"), lines...)},
			{Name: "value", Shape: in(channel("VALUE ", 0), lines...)},
			{Name: "alive", Shape: packet("a", 0)},
			{Name: "raw_value", Shape: packet("v", 1)},
			{Name: "stopped", Shape: packet("s", 0), Enters: session.ModeReady},
			{Name: "over", Shape: packet("o", 0), Event: session.IsEvent, Enters: session.ModeReady},
		},
		Match: session.MatchKind, InFlight: 1,
		Timeouts: timeouts(), Reconnect: reconnect(),
	}
	p.Commands = modalCommands(p)
	p.Login = []session.Step{{Command: Command(p, "login"), Encode: fixed("LOGIN\n")}}
	probe := func(command, frame string, mode int) *session.Probe {
		return &session.Probe{
			Step: session.Step{Command: Command(p, command), Encode: fixed(frame)}, In: []int{mode},
			Every: 10 * time.Second, Timeout: 5 * time.Second, Misses: 1,
		}
	}
	p.Liveness = session.Liveness{
		Probe:       probe("ping", "PING\n", session.ModeReady),
		KeepAlive:   session.KeepAlive{Idle: 10 * time.Second, Interval: 5 * time.Second / 3, Count: 3},
		UserTimeout: 15 * time.Second,
	}
	p.Liveness.Probe.Else = probe("poll", "\x01p", ModeRaw)
	return finish(p, mods)
}

func modalCommands(p *session.Plan) []session.Command {
	reply := func(name string) []session.Reply { return []session.Reply{{Message: Message(p, name)}} }
	login, ready := []int{session.ModeLogin}, []int{session.ModeReady}
	commands := []session.Command{
		{Name: "login", Replies: reply("ok"), Errors: reply("denied"), Shape: in(exact("LOGIN"), login...)},
		{Name: "ping", Replies: reply("pong"), Shape: in(exact("PING"), ready...)},
		{Name: "get", Replies: reply("value"), Idempotent: true, Shape: in(channel("GET ", 0), ready...)},
		{Name: "raw", Replies: reply("ok"), Shape: in(exact("RAW"), ready...), Enters: ModeRaw},
		{Name: "poll", Replies: reply("alive"), Shape: packet("p", 0)},
		{Name: "peek", Replies: reply("raw_value"), Shape: packet("g", 1)},
		{Name: "stop", Replies: reply("stopped"), Shape: packet("q", 0)},
	}
	key := func(dst, frame []byte) ([]byte, error) { return Key(dst, uint64(frame[2])), nil }
	commands[2].Replies[0].Key = channelKey("VALUE ")
	commands[5].Replies[0].Key = key
	for i := range commands {
		commands[i].UndoneBy = session.None
	}
	return commands
}

// in is a shape that is there in some modes only.
func in(s wire.Shape, modes ...int) wire.Shape {
	s.In = modes
	return s
}

// packet is a packet that begins with a code, and goes on for so many bytes.
func packet(code string, more int) wire.Shape {
	return wire.Shape{Frame: 1, In: []int{ModeRaw}, Prefix: code, Check: func(frame []byte) error {
		if len(frame) != 2+more || frame[1] != code[0] {
			return errFields
		}
		return nil
	}}
}

// Fetch asks a [Modal] for a value: in lines.
func Fetch(p *session.Plan, channel uint8) *session.Call {
	c := call(p, "get", "GET %d\n", channel)
	c.Echo = Key(nil, uint64(channel))
	return c
}

// Peek asks a [Modal] for a value: in a packet.
func Peek(p *session.Plan, channel uint8) *session.Call {
	c := call(p, "peek", "\x02g%c", channel)
	c.Echo = Key(nil, uint64(channel))
	return c
}

// Raw makes a [Modal] send packets, Stop lines.
func Raw(p *session.Plan) *session.Call { return call(p, "raw", "RAW\n") }

// Stop undoes [Raw].
func Stop(p *session.Plan) *session.Call { return call(p, "stop", "\x01q") }
