package session_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// tokens logs in to get a token, which each command bears.
func tokens(p *session.Plan) {
	ok := plantest.Message(p, "watching")
	p.Messages[ok].Capture = true
	p.Commands[plantest.Command(p, "login")].Replies[0].Message = ok
}

// secretly is a set whose frame has the token of the link.
func secretly(r *rig, channel int) *session.Call {
	return &session.Call{
		Command: plantest.Command(r.plan, "set"),
		Encode: func(dst []byte, v *session.Vars) ([]byte, error) {
			token := v.Captured[plantest.Message(r.plan, "watching")]
			if channel > 9 {
				return dst, errors.New("no such channel")
			}
			return fmt.Appendf(dst, "SET %d %s\n", channel, token[len("WATCHING "):]), nil
		},
	}
}

func TestEncodedForTheLink(t *testing.T) {
	up := func(t *testing.T, mods ...plantest.Mod) *rig {
		r := newRig(t, plantest.Acme(append(mods, plantest.Also(tokens))...))
		r.connect()
		r.sent()
		r.recv("WATCHING 7\n")
		return r
	}
	t.Run("by what the link knows", func(t *testing.T) {
		r := up(t)
		a := r.call(secretly(r, 1))
		require.Equal(t, "SET 1 7\n", r.sent())
		r.recv("OK\n")
		r.replied(a, "OK")
	})
	t.Run("a call that waited for it", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Also(tokens)))
		r.call(secretly(r, 1))
		r.connect()
		r.sent()
		r.recv("WATCHING 8\n")
		require.Equal(t, "SET 1 8\n", r.sent())
	})
	t.Run("one that is repeated, anew", func(t *testing.T) {
		r := up(t, plantest.Also(func(p *session.Plan) { p.Commands[plantest.Command(p, "set")].Idempotent = true }))
		a := r.call(secretly(r, 1))
		r.eof()
		r.pass(time.Second)
		r.connect()
		r.sent()
		r.recv("WATCHING 9\n")
		require.Equal(t, "SET 1 9\n", r.sent())
		r.recv("OK\n")
		r.replied(a, "OK")
	})
	t.Run("what cannot be encoded is not sent, and the next one is", func(t *testing.T) {
		r := up(t)
		a := r.call(secretly(r, 10))
		var e *session.Error
		require.ErrorAs(t, a.Err, &e)
		require.Equal(t, session.NotSent, e.Fate)
		require.ErrorContains(t, a.Err, "no such channel")
		r.call(secretly(r, 2))
		require.Equal(t, "SET 2 7\n", r.sent())
		require.Zero(t, r.aborts)
	})
	t.Run("not once its caller has gone", func(t *testing.T) {
		r := up(t)
		r.call(secretly(r, 1))
		b := r.call(&session.Call{
			Command: plantest.Command(r.plan, "set"),
			Encode:  func([]byte, *session.Vars) ([]byte, error) { panic("encoded") },
		})
		r.cancel(b)
		r.recv("OK\n")
		require.Equal(t, "SET 1 7\n", r.sent())
	})
	t.Run("once a link, also where it does not fit the batch", func(t *testing.T) {
		r := up(t, plantest.InFlight(4), below(session.Stream{SingleWrites: true}))
		r.stuck = true
		n := 0
		for range 3 {
			r.call(&session.Call{Command: plantest.Command(r.plan, "set"), Encode: func(dst []byte, _ *session.Vars) ([]byte, error) {
				n++
				return fmt.Appendf(dst, "SET %d x\n", n), nil
			}})
		}
		for _, want := range []string{"SET 2 x\n", "SET 3 x\n"} {
			r.s.Wrote(r.now, r.s.Epoch(), nil)
			r.apply()
			require.Equal(t, want, string(r.s.Batch(r.now, r.s.Epoch())))
		}
		require.Equal(t, 3, n)
	})
	t.Run("one that nothing answers has its caller wait", func(t *testing.T) {
		p := plantest.Lasting()
		r := newRig(t, p)
		c := plantest.Pub(p, "a", nil)
		c.Encode = func(dst []byte, _ *session.Vars) ([]byte, error) { return append(dst, "PUB a 0\r\n\r\n"...), nil }
		r.connect()
		r.recv("INFO 1 2\r\n")
		r.recv("PONG\r\n")
		r.stuck = true
		require.False(t, r.s.Submit(r.now, c))
	})
}

func TestLet(t *testing.T) {
	lets := func(fail bool) plantest.Mod {
		return plantest.Also(func(p *session.Plan) {
			n := 0
			p.Lets = 1
			p.Login = append([]session.Step{{Kind: session.StepLet, Encode: func(dst []byte, _ *session.Vars) ([]byte, error) {
				if fail {
					return dst, errors.New("absent")
				}
				n++
				return fmt.Appendf(dst, "nonce%d", n), nil
			}}}, p.Login...)
			p.Login[1].Encode = func(dst []byte, v *session.Vars) ([]byte, error) {
				return fmt.Appendf(dst, "LOGIN %s %s\n", v.Lets[0], v.Lets[0]), nil
			}
		})
	}
	t.Run("once a link, for all that follows", func(t *testing.T) {
		r := newRig(t, plantest.Acme(lets(false)))
		r.connect()
		require.Equal(t, "LOGIN nonce1 nonce1\n", r.sent())
		r.eof()
		r.pass(time.Second)
		r.connect()
		require.Equal(t, "LOGIN nonce2 nonce2\n", r.sent())
	})
	t.Run("none is left of an earlier link", func(t *testing.T) {
		p := plantest.Acme(lets(false))
		made := false
		p.Login[0].When = func(*session.Vars) bool { made = !made; return made }
		r := newRig(t, p)
		r.connect()
		require.Equal(t, "LOGIN nonce1 nonce1\n", r.sent())
		r.eof()
		r.pass(time.Second)
		r.connect()
		require.Equal(t, "LOGIN  \n", r.sent())
	})
	t.Run("one that cannot be made ends the link", func(t *testing.T) {
		r := newRig(t, plantest.Acme(lets(true)))
		r.connect()
		require.Equal(t, 1, r.aborts)
		require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
	})
}
