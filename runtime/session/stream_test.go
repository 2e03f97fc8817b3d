package session_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

func below(stream session.Stream) plantest.Mod {
	return plantest.Also(func(p *session.Plan) { p.Stream = stream })
}

func TestTelnetIsRefused(t *testing.T) {
	telnet := below(session.Stream{Telnet: true})
	t.Run("around and inside of frames", func(t *testing.T) {
		r := newRig(t, plantest.Acme(telnet))
		r.connect()
		r.sent()
		r.recv("\xff\xfd\x18O\xff\xfb\x01K\n\xff\xfe\x05READING 9 1 C\nREAD")
		require.Equal(t, "ready", r.state())
		require.Equal(t, "\xff\xfc\x18\xff\xfe\x01", r.sent())
		require.Equal(t, []string{"READING 9 1 C"}, r.events)
		r.recv("ING 9 2 \xff\xffC\n")
		require.Equal(t, "READING 9 2 \xffC", r.events[1])
	})
	t.Run("what we send is doubled", func(t *testing.T) {
		r := newRig(t, plantest.Acme(telnet)).ready()
		r.call(plantest.Set(r.plan, 1, "a\xffb"))
		require.Equal(t, "SET 1 a\xff\xffb\n", r.sent())
	})
	t.Run("a new link begins anew", func(t *testing.T) {
		r := newRig(t, plantest.Acme(telnet)).ready()
		r.recv("READ\xff\xfa")
		r.eof()
		r.pass(time.Second)
		r.ready()
	})
	t.Run("one that asks without end ends the link", func(t *testing.T) {
		r := newRig(t, plantest.Acme(telnet)).ready()
		r.stuck = true
		r.call(plantest.Set(r.plan, 1, "x"))
		r.recv(strings.Repeat("\xff\xfd\x18", 2000))
		require.Equal(t, 1, r.aborts)
		require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
	})
	t.Run("nothing is refused behind our last word", func(t *testing.T) {
		r := newRig(t, plantest.Acme(telnet)).ready()
		r.s.Shutdown(r.now)
		r.apply()
		require.True(t, r.half)
		r.recv("\xff\xfd\x18")
		require.Empty(t, r.sent())
	})
	t.Run("a frame that takes too long", func(t *testing.T) {
		r := newRig(t, plantest.Acme(telnet, plantest.NoProbe())).ready()
		r.recv("READ")
		for range 3 {
			r.pass(10 * time.Second)
			if r.aborts == 0 {
				r.recv("\xff\xf1")
			}
		}
		require.Equal(t, 1, r.aborts)
		require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
	})
}

func TestEchoIsDropped(t *testing.T) {
	echo := below(session.Stream{Echo: true})
	t.Run("of each command", func(t *testing.T) {
		r := newRig(t, plantest.Acme(echo, plantest.InFlight(4)))
		r.connect()
		r.recv("LOGIN user secret\r\nOK\n")
		a, b := r.call(plantest.Set(r.plan, 1, "x")), r.call(plantest.Set(r.plan, 2, "y"))
		r.recv("SET 1 x\nREADING 3 1 C\nSET 2 y\nOK\n")
		r.replied(a, "OK")
		r.recv("ERR 1 no\n")
		r.replied(b, "ERR 1 no")
		require.Equal(t, []string{"READING 3 1 C"}, r.events)
		require.Zero(t, r.s.Stats().EventsUnknown)
	})
	t.Run("once, and only of what was sent", func(t *testing.T) {
		r := newRig(t, plantest.Acme(echo)).ready()
		r.call(plantest.Set(r.plan, 1, "x"))
		r.recv("SET 1 x\nSET 1 x\n")
		require.Equal(t, 1, r.aborts)
	})
	t.Run("not of a secret", func(t *testing.T) {
		r := newRig(t, plantest.Acme(echo))
		r.connect()
		r.recv("OK\n") // LOGIN was not echoed
		r.call(plantest.Set(r.plan, 1, "x"))
		r.recv("SET 1 x\n")
		require.Zero(t, r.aborts)
		r.recv("LOGIN user secret\n")
		require.Equal(t, 1, r.aborts, "what came before is not to come any more")
	})
	t.Run("what does not come back is not kept for good", func(t *testing.T) {
		r := newRig(t, plantest.Acme(echo)).ready()
		const size = 2000
		for n := range 1000 {
			r.call(plantest.Set(r.plan, 1, strings.Repeat(string('a'+rune(n%20)), size)))
			r.recv("OK\n")
		}
		require.LessOrEqual(t, r.s.Echoed(), 1<<20+size)
		r.call(plantest.Set(r.plan, 2, strings.Repeat("y", size)))
		r.recv("SET 2 " + strings.Repeat("y", size) + "\nOK\n")
		require.Zero(t, r.aborts)
		require.Zero(t, r.s.Echoed())
	})
	t.Run("a new link begins anew", func(t *testing.T) {
		r := newRig(t, plantest.Acme(echo)).ready()
		r.call(plantest.Set(r.plan, 1, "x"))
		r.eof()
		r.pass(time.Second)
		r.connect()
		r.recv("SET 1 x\n")
		require.Equal(t, 2, r.aborts)
	})
}

// TestPrompts: a login that asks without line ends, and asks again.
func TestPrompts(t *testing.T) {
	prompts := func(p *session.Plan) {
		user, pass := len(p.Messages), len(p.Messages)+1
		p.Messages = append(p.Messages,
			session.Message{Name: "ask_login", Shape: wire.Shape{Prefix: "login: ", Whole: true, Prompt: true}},
			session.Message{Name: "ask_password", Shape: wire.Shape{Prefix: "password: ", Whole: true, Prompt: true}},
			session.Message{Name: "prompt", Noise: true, Shape: wire.Shape{Prefix: "NET> ", Whole: true, Prompt: true}})
		p.Greeting = []int{user}
		p.Commands = append(p.Commands,
			session.Command{Name: "user", Replies: []session.Reply{{Message: pass}}, UndoneBy: session.None},
			session.Command{Name: "password", Replies: []session.Reply{{Message: 1}}, Errors: []session.Reply{{Message: user}}, UndoneBy: session.None})
		send := func(text string) func([]byte, *session.Vars) ([]byte, error) {
			return func(dst []byte, _ *session.Vars) ([]byte, error) { return append(dst, text...), nil }
		}
		p.Login = []session.Step{
			{Command: plantest.Command(p, "user"), Encode: send("joe\n")},
			{Command: plantest.Command(p, "password"), Encode: send("pw\n")},
		}
		p.Framing.DropEmpty = true
	}
	t.Run("in", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Also(prompts)))
		r.connect()
		r.recv("login")
		require.Empty(t, r.sent())
		r.recv(": ")
		require.Equal(t, "joe\n", r.sent())
		r.recv("\r\npassword: ")
		require.Equal(t, "pw\n", r.sent())
		r.recv("\r\nOK\nNET> READING 1 1 C\nNET> ")
		require.Equal(t, "ready", r.state())
		require.Equal(t, []string{"READING 1 1 C"}, r.events)
	})
	t.Run("what is noise later ends a step", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Also(prompts), plantest.Also(func(p *session.Plan) {
			p.Commands[plantest.Command(p, "password")].Replies[0].Message = plantest.Message(p, "prompt")
		})))
		r.connect()
		r.recv("login: ")
		r.recv("password: ")
		r.recv("\r\nNET> ")
		require.Equal(t, "ready", r.state())
		r.recv("NET> NET> ")
		require.Zero(t, r.aborts)
		require.Zero(t, r.s.Stats().RepliesUnawaited)
	})
	t.Run("not in", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Also(prompts)))
		r.connect()
		r.recv("login: ")
		r.recv("password: ")
		r.recv("login: ")
		require.Equal(t, "closed", r.state())
		require.ErrorIs(t, r.s.Err(), session.ErrRefused)
	})
}
