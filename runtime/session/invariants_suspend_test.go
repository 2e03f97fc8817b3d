package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

func TestInvariant18Suspend(t *testing.T) {
	t.Run("a jump alone never kills", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.pass(time.Second)
		r.now.Wall += 8 * time.Hour // the machine slept; the monotonic clock did not run
		r.s.Tick(r.now)
		r.apply()
		r.pass(0)
		require.Equal(t, "HEARTBEAT\n", r.sent(), "probed at once")
		require.Contains(t, r.notes[len(r.notes)-1].Text, "the clock jumped by 8h0m0s")
		r.recv("HEARTBEAT_ACK\n")
		require.Equal(t, "ready", r.state())
		require.Zero(t, r.aborts)
	})
	t.Run("nor does the verdict that nobody locks for", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		verdict := r.now.Mono + 15*time.Second
		r.pass(14 * time.Second)
		asleep := r.moment(verdict)
		asleep.Wall += time.Hour
		require.False(t, r.s.Dead(asleep), "Tick is to probe first")
	})
	t.Run("a peer that is gone after a jump is noticed", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.now.Wall += 8 * time.Hour
		r.s.Tick(r.now)
		r.apply()
		require.Equal(t, 5*time.Second, r.dies(time.Hour))
	})
	t.Run("a wake-up that is late drains the input first", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.to(r.now.Mono + time.Hour) // the process was stopped; both clocks went on
		require.False(t, r.s.Dead(r.now))
		r.s.Tick(r.now)
		r.apply()
		require.Equal(t, "HEARTBEAT\n", r.sent())
		require.Equal(t, 5*time.Second, r.dies(time.Hour))
	})
	t.Run("a peer that could not be asked in time has its whole time to answer", func(t *testing.T) {
		for _, late := range []time.Duration{100 * time.Millisecond, 4 * time.Second, 5050 * time.Millisecond, 5500 * time.Millisecond} {
			r := newRig(t, plantest.Acme()).ready()
			r.to(r.now.Mono + 10*time.Second + late) // the process was stopped when the probe was due
			require.False(t, r.s.Dead(r.now))
			r.s.Tick(r.now)
			r.apply()
			require.Equal(t, "HEARTBEAT\n", r.sent())
			require.Equal(t, 5*time.Second, r.dies(time.Hour))
		}
	})
	t.Run("what a peer answered meanwhile is read before it is given up", func(t *testing.T) {
		stopped := func(late time.Duration) *rig {
			r := newRig(t, plantest.Acme()).ready()
			r.pass(10 * time.Second)
			require.Equal(t, "HEARTBEAT\n", r.sent())
			r.to(r.now.Mono + 5*time.Second + late)
			require.Equal(t, late < 100*time.Millisecond, r.s.Dead(r.now))
			r.s.Tick(r.now)
			r.apply()
			return r
		}
		r := stopped(200 * time.Millisecond)
		r.pass(99 * time.Millisecond)
		r.recv("HEARTBEAT_ACK\n")
		r.pass(time.Second)
		require.Equal(t, "ready", r.state())
		require.Equal(t, 100*time.Millisecond, stopped(999*time.Millisecond).dies(time.Hour))
		require.Equal(t, "backoff", stopped(99*time.Millisecond).state(), "no later than a busy machine")
	})
	t.Run("a silence that a stopped process did not listen to", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.NoProbe(), plantest.Also(func(p *session.Plan) {
			p.Liveness.Silence = 10 * time.Second
		}))).ready()
		r.to(r.now.Mono + 10500*time.Millisecond)
		r.s.Tick(r.now)
		r.apply()
		r.recv("READING 1 2 C\n")
		require.Equal(t, 10*time.Second, r.dies(time.Hour))
	})
	t.Run("a wake-up that is late leaves replies the time to be read", func(t *testing.T) {
		r := newRig(t, plantest.Order(), func(o *session.Options) { o.Params = &plantest.Params{} })
		r.connect()
		r.recv("+PONG\r\n")
		r.sent()
		c := r.call(plantest.Get(r.plan, "k"))
		r.to(r.now.Mono + time.Minute)
		r.s.Tick(r.now)
		r.apply()
		require.Equal(t, "ready", r.state())
		r.pass(10 * time.Millisecond)
		r.recv("$1\r\nv\r\n")
		r.replied(c, "$1\r\nv")
		d := r.call(plantest.Put(r.plan, "k", "v"))
		r.to(r.now.Mono + time.Minute) // and again
		r.s.Tick(r.now)
		r.apply()
		r.pass(99 * time.Millisecond)
		require.Equal(t, "ready", r.state())
		r.pass(time.Millisecond)
		require.Equal(t, "backoff", r.state(), "but not for ever")
		r.fails(d, session.Unknown, session.ErrTimeout)
	})
	t.Run("a wall clock that is set back means nothing", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.now.Wall -= 8 * time.Hour
		r.s.Tick(r.now)
		r.apply()
		r.pass(0)
		require.Empty(t, r.sent())
	})
}
