package session_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// post is a READY client of a post office.
func post(t *testing.T, mods ...plantest.Mod) *rig {
	t.Helper()
	r := newRig(t, plantest.Post(mods...))
	r.connect()
	require.Equal(t, "HELLO\n", r.sent())
	r.recv("OK\n")
	require.Equal(t, "ready", r.state())
	return r
}

func letter(to ...string) *plantest.Letter {
	return &plantest.Letter{From: "a", To: to, Text: "hi"}
}

// says checks what was sent, and answers it.
func (r *rig) says(sent, answer string) {
	r.t.Helper()
	require.Equal(r.t, sent, r.sent())
	require.False(r.t, r.s.Stalled())
	r.recv(answer)
}

func TestSequence(t *testing.T) {
	t.Run("its commands go one after the other, and others wait", func(t *testing.T) {
		r := post(t, plantest.InFlight(4))
		send := r.call(plantest.Send(r.plan, letter("b", "c")))
		count := r.call(plantest.Count(r.plan))
		r.says("FROM a\n", "OK\n")
		r.says("TO b\n", "OK\n")
		r.says("TO c\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		require.False(t, r.done(send))
		r.says("hi\n", "OK\n")
		r.replied(send, "OK")
		r.says("COUNT\n", "COUNT 1\n")
		r.replied(count, "COUNT 1")
		require.True(t, r.s.Sums())
	})
	t.Run("a list without items sends none", func(t *testing.T) {
		r := post(t)
		r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "OK\n")
		require.Equal(t, "TEXT\n", r.sent())
	})
	t.Run("two of them take turns", func(t *testing.T) {
		r := post(t)
		first := r.call(plantest.Send(r.plan, letter()))
		second := r.call(plantest.Send(r.plan, &plantest.Letter{From: "z", Text: "yo"}))
		r.says("FROM a\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		r.says("hi\n", "OK\n")
		r.replied(first, "OK")
		r.says("FROM z\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		r.says("yo\n", "OK\n")
		r.replied(second, "OK")
	})
	t.Run("what others were answered is not known to it, its own is", func(t *testing.T) {
		r := post(t, plantest.Also(func(p *session.Plan) {
			goes := plantest.Message(p, "go")
			p.Messages[goes].Capture = true
			p.Sequences[0].Steps[1].When = func(v *session.Vars) bool { return v.Captured[goes] == nil }
			p.Sequences[0].Steps[3].Encode = func(dst []byte, v *session.Vars) ([]byte, error) {
				return append(append(dst, v.Captured[goes]...), " hi\n"...), nil
			}
			p.Sequences[0].Steps[3].Early = false
		}))
		for range 2 {
			r.call(plantest.Send(r.plan, letter("b")))
			r.says("FROM a\n", "OK\n")
			r.says("TO b\n", "OK\n")
			r.says("TEXT\n", "GO\n")
			r.says("GO hi\n", "OK\n")
		}
	})
	t.Run("what cannot be sent is found before anything is", func(t *testing.T) {
		r := post(t)
		bad := r.call(plantest.Send(r.plan, &plantest.Letter{From: "a", To: []string{"b"}, Text: "h\ni"}))
		r.fails(bad, session.NotSent, bad.Err)
		require.Empty(t, r.sent())
		r.call(plantest.Count(r.plan))
		require.Equal(t, "COUNT\n", r.sent())
	})
}

func TestSequenceThatDoesNotReachItsEnd(t *testing.T) {
	t.Run("an error ends it, and it is undone before others", func(t *testing.T) {
		r := post(t, plantest.InFlight(4))
		send := r.call(plantest.Send(r.plan, letter("b", "c")))
		count := r.call(plantest.Count(r.plan))
		r.says("FROM a\n", "OK\n")
		r.says("TO b\n", "NO\n")
		require.True(t, r.done(send))
		require.Equal(t, session.ClassFailed, send.Class)
		require.Equal(t, "to", r.plan.Commands[send.Command].Name)
		r.says("RESET\n", "OK\n")
		r.says("COUNT\n", "COUNT 0\n")
		r.replied(count, "COUNT 0")
	})
	t.Run("that there is nothing to undo changes nothing", func(t *testing.T) {
		r := post(t)
		r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "NO\n")
		r.says("RESET\n", "NO\n")
		require.Len(t, r.notes, 1)
		r.call(plantest.Count(r.plan))
		require.Equal(t, "COUNT\n", r.sent())
	})
	t.Run("nothing is undone where the plan has nothing for it", func(t *testing.T) {
		r := post(t, plantest.Also(func(p *session.Plan) { p.Sequences[0].Undo = nil }))
		r.call(plantest.Send(r.plan, letter()))
		r.call(plantest.Count(r.plan))
		r.says("FROM a\n", "NO\n")
		require.Equal(t, "COUNT\n", r.sent())
	})
	t.Run("its caller goes while a command is under way", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter("b")))
		r.call(plantest.Count(r.plan))
		require.Equal(t, "FROM a\n", r.sent())
		r.gone(send, session.Unknown)
		require.Empty(t, r.sent(), "the reply is awaited")
		r.recv("OK\n")
		r.says("RESET\n", "OK\n")
		require.Equal(t, "COUNT\n", r.sent())
	})
	t.Run("its caller goes while the last is under way, which succeeds", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		require.Equal(t, "hi\n", r.sent())
		r.gone(send, session.Unknown)
		r.call(plantest.Count(r.plan))
		r.recv("OK\n")
		require.Equal(t, "COUNT\n", r.sent())
	})
	t.Run("its caller goes before its turn, without a trace", func(t *testing.T) {
		r := post(t)
		r.call(plantest.Count(r.plan))
		send := r.call(plantest.Send(r.plan, letter()))
		next := r.call(plantest.Count(r.plan))
		r.gone(send, session.NotSent)
		r.says("COUNT\n", "COUNT 0\n")
		r.says("COUNT\n", "COUNT 0\n")
		r.replied(next, "COUNT 0")
	})
	t.Run("its caller goes, and the link is in a mode in which it cannot be undone", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "OK\n")
		require.Equal(t, "TEXT\n", r.sent())
		r.gone(send, session.Unknown)
		r.recv("GO\n")
		require.Empty(t, r.sent())
		require.Equal(t, "backoff", r.state())
		require.ErrorContains(t, r.lastErr(), "send has not reached its end, and cannot be undone in mode text")
	})
	t.Run("nor does a link stay in another mode where nothing undoes it", func(t *testing.T) {
		r := post(t, plantest.Also(func(p *session.Plan) { p.Sequences[0].Undo = nil }))
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "OK\n")
		require.Equal(t, "TEXT\n", r.sent())
		r.gone(send, session.Unknown)
		r.recv("GO\n")
		require.Equal(t, "backoff", r.state())
	})
	t.Run("a step that fails", func(t *testing.T) {
		r := post(t, plantest.Also(func(p *session.Plan) {
			p.Sequences[0].Steps[2] = session.Step{Kind: session.StepFail, Reason: "no paper"}
		}))
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "OK\n")
		r.fails(send, session.Unknown, session.ErrProtocol)
		require.ErrorContains(t, send.Err, "send: fate unknown: protocol violation: no paper")
		r.says("RESET\n", "OK\n")
	})
	t.Run("no reply in time to what undoes it ends the link", func(t *testing.T) {
		r := post(t)
		r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "NO\n")
		require.Equal(t, "RESET\n", r.sent())
		r.pass(r.plan.Timeouts.Reply)
		require.Equal(t, "backoff", r.state())
	})
	t.Run("no reply in time, where late ones are swallowed", func(t *testing.T) {
		r := post(t, plantest.Swallow(), plantest.Also(func(p *session.Plan) { p.Match = session.MatchKind }))
		send := r.call(plantest.Send(r.plan, letter()))
		require.Equal(t, "FROM a\n", r.sent())
		r.pass(r.plan.Timeouts.Reply)
		r.fails(send, session.Unknown, session.ErrTimeout)
		require.Equal(t, "RESET\n", r.sent())
		require.True(t, r.s.Sums())
	})
}

func TestSequenceIsTriedAgain(t *testing.T) {
	t.Run("the same command, after a pause in which others wait", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "LATER\n")
		r.call(plantest.Count(r.plan))
		require.Empty(t, r.sent())
		r.pass(time.Second)
		r.says("FROM a\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		r.says("hi\n", "OK\n")
		r.replied(send, "OK")
		require.Equal(t, "COUNT\n", r.sent())
	})
	t.Run("as often as the plan says", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "LATER\n")
		r.pass(time.Second)
		r.says("FROM a\n", "LATER\n")
		require.True(t, r.done(send))
		require.Equal(t, session.ClassRetry, send.Class)
		require.Equal(t, "RESET\n", r.sent())
	})
	t.Run("its caller goes in the pause", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "LATER\n")
		r.gone(send, session.Unknown)
		r.says("RESET\n", "OK\n")
		r.pass(2 * time.Second)
		require.Empty(t, r.sent())
	})
	t.Run("the link is lost in the pause", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "LATER\n")
		r.eof()
		r.fails(send, session.Unknown, session.ErrLinkLost)
		r.pass(time.Second)
		r.connect()
		r.says("HELLO\n", "OK\n")
		require.Empty(t, r.sent())
	})
}

func TestSequenceHasOneLink(t *testing.T) {
	t.Run("one that has begun is not gone on with", func(t *testing.T) {
		for _, lost := range []string{"", "OK\n", "OK\nOK\n"} {
			r := post(t)
			send := r.call(plantest.Send(r.plan, letter("b")))
			for answer := range strings.Lines(lost) {
				r.recv(answer)
			}
			r.sent()
			r.eof()
			r.fails(send, session.Unknown, session.ErrLinkLost)
			r.pass(time.Second)
			r.connect()
			r.says("HELLO\n", "OK\n")
			require.Empty(t, r.sent())
		}
	})
	t.Run("one whose next command was not handed over has begun all the same", func(t *testing.T) {
		r := post(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "text")].Gap = time.Second }))
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "OK\n")
		require.Empty(t, r.sent())
		r.eof()
		r.fails(send, session.Unknown, session.ErrLinkLost)
	})
	t.Run("one that has not waits for the next", func(t *testing.T) {
		r := post(t)
		r.call(plantest.Count(r.plan))
		send := r.call(plantest.Send(r.plan, letter()))
		r.sent()
		r.eof()
		require.False(t, r.done(send))
		r.pass(time.Second)
		r.connect()
		r.says("HELLO\n", "OK\n")
		r.says("COUNT\n", "COUNT 0\n") // it is idempotent
		r.says("FROM a\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		r.says("hi\n", "OK\n")
		r.replied(send, "OK")
	})
	t.Run("a command of it is idempotent", func(t *testing.T) {
		r := post(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "from")].Idempotent = true }))
		send := r.call(plantest.Send(r.plan, letter()))
		r.sent()
		r.eof()
		r.fails(send, session.Unknown, session.ErrLinkLost)
	})
	t.Run("each has a connection of its own where commands have", func(t *testing.T) {
		r := newRig(t, plantest.Post(plantest.PerCommand(), plantest.Also(func(p *session.Plan) { p.Liveness.Probe = nil })))
		r.connect()
		r.says("HELLO\n", "OK\n")
		require.True(t, r.half)
		r.eof()
		send := r.call(plantest.Send(r.plan, letter()))
		count := r.call(plantest.Count(r.plan))
		r.connect()
		r.says("HELLO\n", "OK\n")
		r.says("FROM a\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		require.False(t, r.half)
		r.says("hi\n", "OK\n")
		r.replied(send, "OK")
		require.True(t, r.half)
		r.eof()
		r.connect()
		r.says("HELLO\n", "OK\n")
		r.says("COUNT\n", "COUNT 1\n")
		r.replied(count, "COUNT 1")
	})
}

func TestSequenceEndsWithItsClient(t *testing.T) {
	t.Run("Shutdown lets it come to its end", func(t *testing.T) {
		r := post(t)
		send := r.call(plantest.Send(r.plan, letter()))
		r.says("FROM a\n", "LATER\n")
		r.s.Shutdown(r.now)
		r.apply()
		require.False(t, r.half)
		r.pass(time.Second)
		r.says("FROM a\n", "OK\n")
		r.says("TEXT\n", "GO\n")
		r.says("hi\n", "OK\n")
		r.replied(send, "OK")
		require.True(t, r.half)
	})
	t.Run("Shutdown waits until it is undone", func(t *testing.T) {
		r := post(t)
		r.call(plantest.Send(r.plan, letter()))
		require.Equal(t, "FROM a\n", r.sent())
		r.s.Shutdown(r.now)
		r.apply()
		r.recv("NO\n")
		require.False(t, r.half)
		r.says("RESET\n", "OK\n")
		require.True(t, r.half)
	})
	t.Run("Shutdown goes on where nothing undoes it", func(t *testing.T) {
		r := post(t, plantest.Also(func(p *session.Plan) { p.Sequences[0].Undo = nil }))
		r.call(plantest.Send(r.plan, letter()))
		r.s.Shutdown(r.now)
		r.apply()
		r.recv("NO\n")
		require.True(t, r.half)
	})
	t.Run("Close ends it", func(t *testing.T) {
		for _, answers := range []string{"", "LATER\n", "OK\n"} {
			r := post(t)
			send := r.call(plantest.Send(r.plan, letter("b")))
			if answers != "" {
				r.recv(answers)
			}
			r.s.Close(r.now, nil)
			r.apply()
			r.fails(send, session.Unknown, session.ErrClosed)
		}
	})
}

// gone ends the context of a caller, and checks what it is told.
func (r *rig) gone(c *session.Call, fate session.Fate) {
	r.t.Helper()
	err, ended := r.s.Cancel(r.now, c, context.Canceled)
	r.apply()
	require.False(r.t, ended)
	var e *session.Error
	require.ErrorAs(r.t, err, &e)
	require.Equal(r.t, fate, e.Fate)
}
