package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// inEveryState makes a session for each state that a client can be in.
func inEveryState(t *testing.T, f func(t *testing.T, r *rig)) {
	states := map[string]func(t *testing.T) *rig{
		"idle": func(t *testing.T) *rig {
			p := plantest.Acme()
			return &rig{
				t: t, plan: p, now: session.Now{Mono: time.Second},
				s: session.New(p, session.Options{Params: &plantest.Params{User: "u", Secret: "s"}}),
			}
		},
		"dialing":  func(t *testing.T) *rig { return newRig(t, plantest.Acme()) },
		"greeting": func(t *testing.T) *rig { r := newRig(t, plantest.Acme()); r.connect(); return r },
		"ready":    func(t *testing.T) *rig { return newRig(t, plantest.Acme()).ready() },
		"suspect": func(t *testing.T) *rig {
			r := newRig(t, plantest.Acme()).ready()
			r.pass(13 * time.Second)
			return r
		},
		"backoff": func(t *testing.T) *rig { r := newRig(t, plantest.Acme()); r.refuse(errDown); return r },
		"draining": func(t *testing.T) *rig {
			r := newRig(t, plantest.Acme()).ready()
			r.call(plantest.Set(r.plan, 1, "2"))
			r.s.Shutdown(r.now)
			r.apply()
			return r
		},
		"closed": func(t *testing.T) *rig {
			r := newRig(t, plantest.Acme())
			r.s.Close(r.now, nil)
			r.apply()
			return r
		},
	}
	for name, make := range states {
		t.Run(name, func(t *testing.T) {
			r := make(t)
			require.Equal(t, name, r.state())
			f(t, r)
		})
	}
}

func TestInvariant15NothingIsLeft(t *testing.T) {
	inEveryState(t, func(t *testing.T, r *rig) {
		var c *session.Call
		if r.state() != "closed" && r.state() != "draining" {
			c = r.call(plantest.Set(r.plan, 5, "5"))
		}
		open := r.open || r.dial != nil
		aborts := r.aborts
		for range 2 {
			r.s.Close(r.now, nil)
			r.apply()
		}
		require.Equal(t, "closed", r.state())
		if open && aborts == 0 {
			require.Equal(t, 1, r.aborts)
		}
		if c != nil {
			require.True(t, r.done(c))
			require.ErrorIs(t, c.Err, session.ErrClosed)
		}
		_, due := r.s.Deadline()
		require.False(t, due, "nothing is due any more")
		require.Zero(t, r.s.Outstanding())
		require.Nil(t, r.s.Batch(r.now, r.s.Epoch()))
		r.to(r.now.Mono + time.Hour)
		r.s.Tick(r.now)
		require.Empty(t, r.s.Effects().Changes)
		r.s.Start(r.now)
		r.s.ReconnectNow(r.now)
		require.Equal(t, "closed", r.state())
	})
}

func TestShutdown(t *testing.T) {
	t.Run("in every state", func(t *testing.T) {
		inEveryState(t, func(t *testing.T, r *rig) {
			r.s.Shutdown(r.now)
			r.apply()
			r.s.Shutdown(r.now)
			r.apply()
			c := r.call(plantest.Set(r.plan, 1, "2"))
			r.fails(c, session.NotSent, session.ErrClosed)
			r.pass(time.Minute)
			require.Equal(t, "closed", r.state())
		})
	})
	t.Run("drains, logs out, half-closes, reads to the end", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Logout("bye", "BYE\n"))).ready()
		a, b := r.call(plantest.Set(r.plan, 1, "1")), r.call(plantest.Set(r.plan, 2, "2"))
		r.s.Shutdown(r.now)
		r.apply()
		require.Equal(t, "SET 1 1\n", r.sent())
		r.recv("OK\n")
		require.Equal(t, "SET 2 2\n", r.sent())
		require.False(t, r.half)
		r.recv("OK\n")
		r.replied(a, "OK")
		r.replied(b, "OK")
		require.Equal(t, "BYE\n", r.sent())
		require.False(t, r.half)
		r.recv("OK\n")
		require.True(t, r.half)
		r.recv("READING 1 2 C\n")
		require.Equal(t, []string{"READING 1 2 C"}, r.events, "it reads to the end")
		r.eof()
		require.Equal(t, "closed", r.state())
		require.NoError(t, r.s.Err())
	})
	t.Run("a peer that does not close", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.s.Shutdown(r.now)
		r.apply()
		require.True(t, r.half)
		r.pass(time.Minute)
		require.Equal(t, "closed", r.state())
	})
	t.Run("the link dies while draining", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		a, b := r.call(plantest.Read(r.plan, 1)), r.call(plantest.Set(r.plan, 2, "2"))
		r.s.Shutdown(r.now)
		r.apply()
		r.eof()
		require.Equal(t, "closed", r.state())
		r.fails(a, session.Unknown, session.ErrLinkLost)
		r.fails(b, session.NotSent, session.ErrClosed)
	})
	t.Run("silence is noticed while draining", func(t *testing.T) {
		p := plantest.Acme()
		p.Timeouts.Reply = time.Hour
		r := newRig(t, p).ready()
		r.call(plantest.Set(r.plan, 1, "1"))
		r.s.Shutdown(r.now)
		r.apply()
		require.Equal(t, 15*time.Second, r.dies(time.Hour))
	})
}

func TestClosingCommand(t *testing.T) {
	r := newRig(t, plantest.Acme()).ready()
	c := r.call(&session.Call{Command: plantest.Command(r.plan, "bye"), Frame: []byte("BYE\n")})
	r.recv("OK\n")
	r.replied(c, "OK")
	r.eof()
	require.NoError(t, r.lastErr(), "the end was planned")
	require.Equal(t, "backoff", r.state())
}
