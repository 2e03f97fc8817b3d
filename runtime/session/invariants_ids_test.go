package session_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// tagged takes a client of a Tagged to READY.
func tagged(t *testing.T, mods ...plantest.Mod) *rig {
	t.Helper()
	r := newRig(t, plantest.Tagged(mods...))
	r.welcome()
	return r
}

func (r *rig) welcome() {
	r.t.Helper()
	r.connect()
	require.Contains(r.t, r.sent(), "version\n")
	r.recv("version 1.2\n")
}

// ask submits a command with a new id.
func (r *rig) ask(name, words string) *session.Call {
	r.t.Helper()
	id, err := r.s.NewID()
	require.NoError(r.t, err)
	return r.call(plantest.Tag(r.plan, id, name, words))
}

// free are how many ids can be had now.
func (r *rig) free() (n int) {
	r.t.Helper()
	var held []uint64
	for {
		id, err := r.s.NewID()
		if err != nil {
			require.ErrorIs(r.t, err, session.ErrNotReady)
			break
		}
		held = append(held, id)
	}
	for _, id := range held {
		r.s.FreeID(id)
	}
	return len(held)
}

func TestInvariant08RepliesFindTheirID(t *testing.T) {
	t.Run("in any order", func(t *testing.T) {
		r := tagged(t)
		a, b, c := r.ask("get", "a"), r.ask("put", "b 2"), r.ask("get", "c")
		require.Equal(t, "#1 get a\n#2 put b 2\n#3 get c\n", r.sent())
		r.recv("=3 value C\n=1 value A\n!2 full\n")
		r.replied(a, "=1 value A")
		r.replied(b, "!2 full")
		require.Equal(t, session.ClassFailed, b.Class)
		r.replied(c, "=3 value C")
		require.Zero(t, r.aborts)
	})
	t.Run("a reply of another kind ends the link", func(t *testing.T) {
		r := tagged(t)
		a, b := r.ask("get", "a"), r.ask("put", "b 2")
		r.recv("=1 done\n")
		require.Equal(t, 1, r.aborts)
		r.fails(b, session.Unknown, session.ErrProtocol)
		require.False(t, r.done(a), "it is asked again")
	})
	t.Run("the id tells what a frame is that looks like two", func(t *testing.T) {
		r := tagged(t)
		a, b := r.ask("get", "a"), r.ask("raw", "b")
		r.recv("=2 value B\n=1 value A\n")
		r.replied(a, "=1 value A")
		require.Equal(t, "value", r.plan.Messages[a.Message].Name)
		r.replied(b, "=2 value B")
		require.Equal(t, "words", r.plan.Messages[b.Message].Name)
	})
	t.Run("an id that nobody has answers nobody", func(t *testing.T) {
		r := tagged(t, plantest.Unexpected(session.Close, session.Close, session.Drop))
		a := r.ask("get", "a")
		for _, id := range []string{"0", "2", "65536", "18446744073709551615"} {
			r.recv("=" + id + " value X\n")
			require.False(t, r.done(a), id)
		}
		r.recv("=1 value A\n")
		r.replied(a, "=1 value A")
	})
	t.Run("one without an id by its kind", func(t *testing.T) {
		r := tagged(t)
		v := r.call(&session.Call{Command: plantest.Command(r.plan, "version"), Frame: []byte("version\n")})
		a := r.ask("get", "a")
		r.recv("version 2\n")
		r.replied(v, "version 2")
		r.recv("=1 value A\n")
		r.replied(a, "=1 value A")
	})
	t.Run("as many at once as the window holds", func(t *testing.T) {
		r := tagged(t, plantest.InFlight(2))
		for _, key := range []string{"a", "b", "c"} {
			r.ask("get", key)
		}
		require.Equal(t, "#1 get a\n#2 get b\n", r.sent())
		r.recv("=2 value B\n")
		require.Equal(t, "#3 get c\n", r.sent())
	})
	t.Run("a probe waits for nobody, and its ack is its own", func(t *testing.T) {
		r := tagged(t, plantest.AckOnly(), plantest.InFlight(1))
		a := r.ask("ping", "")
		r.pass(4 * time.Second)
		r.recv("=1 pong\n")
		r.replied(a, "=1 pong")
		r.pass(2 * time.Second)
		b := r.ask("ping", "")
		r.pass(4 * time.Second)
		require.Equal(t, "#1 ping\n#2 ping\n#3 ping\n", r.sent())
		r.recv("=2 pong\n")
		r.replied(b, "=2 pong")
		require.Zero(t, r.s.Stats().RTT, "the probe's is still to come")
		r.pass(time.Second)
		r.recv("=3 pong\n")
		require.Equal(t, time.Second, r.s.Stats().RTT)
	})
}

func TestInvariant08IDsAreReusedSafely(t *testing.T) {
	t.Run("each ends with its call, however that ends", func(t *testing.T) {
		r := tagged(t, plantest.IDs(5), plantest.InFlight(2))
		r.ask("get", "a")
		r.ask("put", "a 1")
		queued := r.ask("put", "a 2")
		require.Equal(t, 1, r.free())
		r.cancel(queued)
		require.Equal(t, 2, r.free())
		r.recv("=1 value A\n!2 full\n")
		require.Equal(t, 4, r.free())
		c := r.ask("put", "a 3")
		r.eof()
		r.fails(c, session.Unknown, session.ErrLinkLost)
		require.Equal(t, 4, r.free())
		d := r.ask("put", "a 4")
		r.pass(r.plan.Timeouts.Ready)
		r.fails(d, session.NotSent, session.ErrNotReady)
		require.Equal(t, 4, r.free())
	})
	t.Run("a repeated command keeps it", func(t *testing.T) {
		r := tagged(t, plantest.IDs(5))
		a := r.ask("get", "a")
		require.Equal(t, "#1 get a\n", r.sent())
		r.eof()
		require.Equal(t, 3, r.free())
		r.pass(time.Second)
		r.welcome()
		require.Equal(t, "#1 get a\n", r.sent())
		r.recv("=1 value A\n")
		r.replied(a, "=1 value A")
		require.Equal(t, 4, r.free())
	})
	t.Run("a tombstone keeps it, and takes its late reply", func(t *testing.T) {
		r := tagged(t, plantest.IDs(5), plantest.NoProbe())
		a := r.ask("put", "a 1")
		r.cancel(a)
		r.pass(time.Hour)
		b := r.ask("put", "b 2")
		c := r.ask("put", "c 3")
		d := r.ask("put", "d 4")
		require.Equal(t, "#1 put a 1\n#2 put b 2\n#3 put c 3\n#4 put d 4\n", r.sent())
		require.Zero(t, r.free(), "1 may be answered yet")
		r.recv("=1 done\n")
		require.False(t, r.done(b) || r.done(c) || r.done(d))
		require.Equal(t, 1, r.free())
		require.Zero(t, r.aborts)
	})
	t.Run("wide ids: a late reply need not come", func(t *testing.T) {
		r := tagged(t, plantest.IDs(1<<53-1), plantest.NoProbe())
		for range 3000 {
			r.cancel(r.ask("put", "a 1"))
			r.pass(r.plan.Timeouts.Reply)
		}
		require.Zero(t, r.aborts)
		r.recv("=3000 done\n=2500 done\n") // late, and hours later
		require.Zero(t, r.aborts)
		r.recv("=1 done\n") // a thousand others are overdue since
		require.Equal(t, 1, r.aborts)
		require.Equal(t, uint64(1), r.s.Stats().RepliesUnawaited)
	})
	t.Run("narrow ids: half of them at most may be overdue", func(t *testing.T) {
		r := tagged(t, plantest.IDs(8), plantest.NoProbe())
		for range 5 {
			require.Zero(t, r.aborts)
			r.cancel(r.ask("put", "a 1"))
			r.pass(r.plan.Timeouts.Reply)
		}
		require.Equal(t, 1, r.aborts)
		require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
		require.Equal(t, 7, r.free(), "they end with their link")
	})
	t.Run("a lasting call keeps it until it is undone", func(t *testing.T) {
		r := tagged(t, plantest.IDs(5))
		r.ask("open", "7")
		r.recv("=1 opened 7\n")
		require.Equal(t, 3, r.free())
		again := r.ask("open", "7").ID // it replaces the other
		require.Equal(t, 2, r.free())
		r.recv(fmt.Sprintf("=%d opened 7\n", again))
		require.Equal(t, 3, r.free())
		r.eof()
		r.pass(time.Second)
		r.sent()
		r.welcome()
		require.Equal(t, fmt.Sprintf("#%d open 7\n", again), r.sent())
		shut := r.ask("shut", "7") // while the replay waits for its answer
		require.Equal(t, 2, r.free(), "that may be answered yet")
		r.recv(fmt.Sprintf("=%d opened 7\n", again))
		require.Equal(t, fmt.Sprintf("#%d shut 7\n", shut.ID), r.sent())
		require.Equal(t, 3, r.free())
	})
	t.Run("those who wait leave the session what it needs", func(t *testing.T) {
		r := newRig(t, plantest.Tagged(plantest.IDs(8), plantest.InFlight(1), plantest.Also(func(p *session.Plan) {
			p.Login[0] = p.Liveness.Probe.Step
		})))
		for range r.free() {
			r.ask("put", "a 1")
		}
		r.connect()
		require.Equal(t, "#7 ping\n", r.sent())
		r.recv("=7 pong\n")
		require.Equal(t, "ready", r.state())
		r.sent()
		r.pass(10 * time.Second)
		require.Contains(t, r.sent(), " ping\n")
		require.Zero(t, r.aborts)
	})
	t.Run("all in use", func(t *testing.T) {
		r := tagged(t, plantest.IDs(3))
		r.ask("get", "a")
		r.ask("get", "b")
		_, err := r.s.NewID()
		require.ErrorIs(t, err, session.ErrNotReady)
	})
}
