package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// modal is a READY client of an analyser, in lines.
func modal(t *testing.T, mods ...plantest.Mod) *rig {
	t.Helper()
	r := newRig(t, plantest.Modal(mods...))
	r.connect()
	require.Equal(t, "LOGIN\n", r.sent())
	r.recv("OK\n")
	require.Equal(t, "ready", r.state())
	return r
}

// raw is one that speaks packets.
func raw(t *testing.T, mods ...plantest.Mod) *rig {
	t.Helper()
	r := modal(t, mods...)
	c := r.call(plantest.Raw(r.plan))
	require.Equal(t, "RAW\n", r.sent())
	r.recv("OK\n")
	r.replied(c, "OK")
	return r
}

func TestModes(t *testing.T) {
	t.Run("a command leads to another mode, and a message back", func(t *testing.T) {
		r := raw(t)
		peek := r.call(plantest.Peek(r.plan, 7))
		require.Equal(t, "\x02g\x07", r.sent())
		r.recv("\x02v\x07")
		r.replied(peek, "\x02v\x07")
		r.call(plantest.Stop(r.plan))
		require.Equal(t, "\x01q", r.sent())
		r.recv("\x01s")
		get := r.call(plantest.Fetch(r.plan, 7))
		require.Equal(t, "GET 7\n", r.sent())
		r.recv("VALUE 7\n")
		r.replied(get, "VALUE 7")
	})
	t.Run("the switch is in the middle of what is read", func(t *testing.T) {
		r := modal(t)
		r.call(plantest.Raw(r.plan))
		require.Equal(t, "RAW\n", r.sent())
		r.recv("OK\n\x01oVALUE 3\n")
		require.Equal(t, []string{"\x01o"}, r.events)
		require.Equal(t, "backoff", r.state())
		require.ErrorContains(t, r.lastErr(), "nobody awaits value", "lines again")
	})
	t.Run("what the device says by itself leads to another mode, too", func(t *testing.T) {
		r := raw(t)
		r.recv("\x01o")
		require.Equal(t, []string{"\x01o"}, r.events)
		get := r.call(plantest.Fetch(r.plan, 1))
		r.recv("VALUE 1\n")
		r.replied(get, "VALUE 1")
	})
	t.Run("a step leads to another mode", func(t *testing.T) {
		r := newRig(t, plantest.Modal(plantest.Also(func(p *session.Plan) { p.Login[0].Enters = plantest.ModeRaw })))
		r.connect()
		r.recv("OK\n")
		peek := r.call(plantest.Peek(r.plan, 7))
		require.Equal(t, "LOGIN\n\x02g\x07", r.sent())
		r.recv("\x02v\x07")
		r.replied(peek, "\x02v\x07")
	})
	t.Run("and so does one that awaits a message", func(t *testing.T) {
		r := newRig(t, plantest.Modal(plantest.Also(func(p *session.Plan) {
			p.Login = append(p.Login, session.Step{Kind: session.StepExpect, Message: plantest.Message(p, "pong"), Enters: plantest.ModeRaw})
		})))
		r.connect()
		r.recv("OK\nPONG\n\x01o")
		require.Equal(t, []string{"\x01o"}, r.events)
		require.Equal(t, "ready", r.state())
	})
	t.Run("a message of another mode is none", func(t *testing.T) {
		r := modal(t)
		r.recv("\x01o\n")
		require.Equal(t, "backoff", r.state())
		require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
		require.Empty(t, r.events)
	})
	t.Run("a command of another mode is not sent", func(t *testing.T) {
		r := modal(t)
		peek := r.call(plantest.Peek(r.plan, 1))
		require.Empty(t, r.sent())
		r.fails(peek, session.NotSent, session.ErrMode)
		require.ErrorContains(t, peek.Err, "not a command for mode ready")
		get := r.call(plantest.Fetch(r.plan, 1))
		require.Equal(t, "GET 1\n", r.sent(), "it stands in nobody's way")
		r.recv("VALUE 1\n")
		r.replied(get, "VALUE 1")
	})
	t.Run("a link begins in lines again", func(t *testing.T) {
		r := raw(t)
		r.eof()
		r.pass(time.Second)
		r.connect()
		r.recv("OK\n")
		peek := r.call(plantest.Peek(r.plan, 1))
		r.fails(peek, session.NotSent, session.ErrMode)
		require.ErrorContains(t, peek.Err, "ready")
	})
	t.Run("an idempotent command that is repeated in another mode may have been done", func(t *testing.T) {
		r := raw(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "peek")].Idempotent = true }))
		peek := r.call(plantest.Peek(r.plan, 1))
		r.eof()
		r.pass(time.Second)
		r.connect()
		r.recv("OK\n")
		r.fails(peek, session.Unknown, session.ErrMode)
	})
}

func TestAChangeOfModeIsAlone(t *testing.T) {
	t.Run("it waits for what is under way, and all else waits for it", func(t *testing.T) {
		r := modal(t, plantest.InFlight(8))
		a := r.call(plantest.Fetch(r.plan, 1))
		c := r.call(plantest.Raw(r.plan))
		b := r.call(plantest.Peek(r.plan, 2))
		require.Equal(t, "GET 1\n", r.sent())
		r.recv("VALUE 1\n")
		r.replied(a, "VALUE 1")
		require.Equal(t, "RAW\n", r.sent())
		r.recv("OK\n")
		r.replied(c, "OK")
		require.Equal(t, "\x02g\x02", r.sent())
		r.recv("\x02v\x02")
		r.replied(b, "\x02v\x02")
	})
	t.Run("one that fails changes nothing", func(t *testing.T) {
		r := modal(t, plantest.Also(func(p *session.Plan) {
			p.Messages[plantest.Message(p, "denied")].Class = session.ClassFailed
			raw := &p.Commands[plantest.Command(p, "raw")]
			raw.Errors = []session.Reply{{Message: plantest.Message(p, "denied")}}
		}))
		r.call(plantest.Raw(r.plan))
		get := r.call(plantest.Fetch(r.plan, 1))
		r.recv("DENIED\n")
		require.Equal(t, "RAW\nGET 1\n", r.sent())
		r.recv("VALUE 1\n")
		r.replied(get, "VALUE 1")
	})
	t.Run("without an answer nobody knows the mode", func(t *testing.T) {
		r := modal(t, plantest.Swallow())
		c := r.call(plantest.Raw(r.plan))
		get := r.call(plantest.Fetch(r.plan, 1))
		r.pass(r.plan.Timeouts.Reply)
		r.fails(c, session.Unknown, session.ErrTimeout)
		require.Equal(t, "backoff", r.state())
		require.False(t, r.done(get), "it was not sent, and waits for the next link")
	})
	t.Run("without an answer of its kind, once it is written", func(t *testing.T) {
		r := modal(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "raw")].Replies = nil }))
		r.stuck = true
		r.call(plantest.Raw(r.plan))
		peek := r.call(plantest.Peek(r.plan, 1))
		require.False(t, r.done(peek), "it waits until that is written")
		r.stuck = false
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		r.apply()
		r.flush()
		require.Equal(t, "\x02g\x01", r.sent())
	})
	t.Run("it lasts", func(t *testing.T) {
		r := modal(t, plantest.Also(func(p *session.Plan) {
			raw := &p.Commands[plantest.Command(p, "raw")]
			raw.Lasting, raw.UndoneBy = true, plantest.Command(p, "stop")
		}))
		c := r.call(plantest.Raw(r.plan))
		r.recv("OK\n")
		r.replied(c, "OK")
		r.eof()
		r.pass(time.Second)
		r.connect()
		r.sent()
		r.recv("OK\n")
		require.Equal(t, "RAW\n", r.sent())
		require.Equal(t, "greeting", r.state())
		r.recv("OK\n")
		require.Equal(t, "ready", r.state())
		r.call(plantest.Peek(r.plan, 1))
		require.Equal(t, "\x02g\x01", r.sent())
	})
}

func TestEachModeHasItsHeartbeat(t *testing.T) {
	t.Run("its own probe", func(t *testing.T) {
		r := modal(t)
		r.pass(10 * time.Second)
		require.Equal(t, "PING\n", r.sent())
		r.recv("PONG\n")
		r.call(plantest.Raw(r.plan))
		r.recv("OK\n")
		r.sent()
		r.pass(10 * time.Second)
		require.Equal(t, "\x01p", r.sent())
		r.recv("\x01a")
		r.pass(10 * time.Second)
		require.Equal(t, "\x01p", r.sent())
		require.Zero(t, r.aborts)
	})
	t.Run("the bound holds in each", func(t *testing.T) {
		slow := plantest.Also(func(p *session.Plan) { p.Liveness.Probe.Else.Every = 30 * time.Second })
		require.Equal(t, 15*time.Second, modal(t, slow).dies(time.Hour))
		require.Equal(t, 35*time.Second, raw(t, slow).dies(time.Hour))
	})
	t.Run("the bound holds for the change itself", func(t *testing.T) {
		r := modal(t)
		r.pass(9 * time.Second)
		r.call(plantest.Raw(r.plan))
		require.Equal(t, 5*time.Second, r.dies(time.Hour))
		require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
	})
	t.Run("one that is due waits for the change", func(t *testing.T) {
		r := modal(t)
		r.pass(9 * time.Second)
		c := r.call(plantest.Raw(r.plan))
		require.Equal(t, "RAW\n", r.sent())
		r.pass(4 * time.Second)
		require.Empty(t, r.sent(), "it would be asked in the wrong mode")
		r.recv("OK\n")
		r.replied(c, "OK")
		r.pass(10 * time.Second)
		require.Equal(t, "\x01p", r.sent())
	})
	t.Run("entering a mode is no life", func(t *testing.T) {
		// The device is gone, and a caller goes from mode to mode without an answer.
		r := modal(t, plantest.Also(func(p *session.Plan) {
			for _, name := range []string{"raw", "stop"} {
				c := &p.Commands[plantest.Command(p, name)]
				c.Replies, c.Enters, c.Shape.In = nil, plantest.ModeRaw, nil
			}
			p.Commands[plantest.Command(p, "stop")].Enters = session.ModeReady
		}))
		died := time.Duration(0)
		for died = 0; r.state() != "backoff"; died += time.Second / 2 {
			r.call(plantest.Raw(r.plan))
			r.call(plantest.Stop(r.plan))
			r.pass(time.Second / 2)
			require.Less(t, died, time.Minute)
		}
		require.Equal(t, 15*time.Second, died)
		require.ErrorIs(t, r.lastErr(), session.ErrPeerSilent)
	})
	t.Run("a beat of its own", func(t *testing.T) {
		r := modal(t, plantest.Also(func(p *session.Plan) {
			ping, poll := p.Liveness.Probe.Step, p.Liveness.Probe.Else.Step
			p.Commands[ping.Command].Replies, p.Commands[poll.Command].Replies = nil, nil
			p.Liveness.Probe, p.Liveness.Silence = nil, time.Hour
			p.Liveness.Beat = &session.Beat{Step: ping, Every: 4 * time.Second, In: []int{session.ModeReady}}
			p.Liveness.Beat.Else = &session.Beat{Step: poll, Every: 7 * time.Second, In: []int{plantest.ModeRaw}}
		}))
		r.pass(4 * time.Second)
		require.Equal(t, "PING\n", r.sent())
		r.call(plantest.Raw(r.plan))
		r.recv("OK\n")
		r.sent()
		r.pass(6 * time.Second)
		require.Empty(t, r.sent())
		r.pass(time.Second)
		require.Equal(t, "\x01p", r.sent())
	})
	t.Run("none where the mode has none", func(t *testing.T) {
		r := raw(t, plantest.Also(func(p *session.Plan) { p.Liveness.Probe.Else = nil }))
		r.pass(time.Hour)
		require.Empty(t, r.sent())
		require.Equal(t, "ready", r.state())
		r.recv("\x01o")
		require.Equal(t, 15*time.Second, r.dies(time.Hour))
	})
}

func TestWhatTheSessionSendsKeepsToTheMode(t *testing.T) {
	t.Run("a logout that is none for the mode is left out", func(t *testing.T) {
		logout := plantest.Logout("ping", "PING\n")
		r := modal(t, logout)
		r.s.Shutdown(r.now)
		r.apply()
		require.Equal(t, "PING\n", r.sent())
		r = raw(t, logout)
		r.s.Shutdown(r.now)
		r.apply()
		require.Empty(t, r.sent())
		require.True(t, r.half)
	})
	t.Run("a long poll rests in other modes", func(t *testing.T) {
		r := newRig(t, plantest.Modal(plantest.NoProbe(), plantest.Also(func(p *session.Plan) {
			p.Commands[plantest.Command(p, "get")].Timeout = -1
			p.Standby = &session.Standby{
				Send:      session.Step{Command: plantest.Command(p, "get"), Encode: encoding("GET 1\n")},
				Interrupt: session.Step{Command: plantest.Command(p, "ping"), Encode: encoding("PING\n")},
			}
			p.Commands[plantest.Command(p, "ping")].Replies = nil
			p.Commands[plantest.Command(p, "get")].Replies[0].Key = nil
		})))
		r.connect()
		r.recv("OK\n")
		require.Equal(t, "LOGIN\nGET 1\n", r.sent())
		r.call(plantest.Raw(r.plan))
		require.Equal(t, "PING\n", r.sent(), "the long poll is interrupted")
		r.recv("VALUE 1\n")
		require.Equal(t, "RAW\n", r.sent())
		r.recv("OK\n")
		require.Empty(t, r.sent())
		r.recv("\x01o")
		require.Equal(t, "GET 1\n", r.sent())
	})
}

// encoding is a step's frame.
func encoding(frame string) func([]byte, *session.Vars) ([]byte, error) {
	return func(dst []byte, _ *session.Vars) ([]byte, error) { return append(dst, frame...), nil }
}

func TestModesOfAPlan(t *testing.T) {
	for what, change := range map[string]func(p *session.Plan){
		"a message": func(p *session.Plan) { p.Messages[0].Enters = 3 },
		"a command": func(p *session.Plan) { p.Commands[0].Shape.In = []int{-1} },
		"a kind of frames": func(p *session.Plan) {
			p.Framing.Others[0].In = []int{9}
		},
		"a step":  func(p *session.Plan) { p.Login[0].Enters = 3 },
		"a probe": func(p *session.Plan) { p.Liveness.Probe.Else.In = []int{3} },
		"a beat": func(p *session.Plan) {
			p.Liveness.Beat = &session.Beat{Every: 1, Step: p.Liveness.Probe.Step, In: []int{3}}
		},
	} {
		t.Run(what, func(t *testing.T) {
			defer func() { require.Contains(t, recover(), "there is no mode") }()
			session.New(plantest.Modal(plantest.Also(change)), session.Options{})
		})
	}
}
