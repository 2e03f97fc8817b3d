package session_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// dies lets time pass until the session gives the link up, and says when.
func (r *rig) dies(limit time.Duration) time.Duration {
	r.t.Helper()
	aborts, start := r.aborts, r.now.Mono
	for r.aborts == aborts {
		at, ok := r.s.Deadline()
		require.True(r.t, ok && at-start <= limit, "the link lives after %v", limit)
		r.to(max(at, r.now.Mono))
		r.s.Tick(r.now)
		r.apply()
	}
	return r.now.Mono - start
}

// lastErr is why the last state change happened.
func (r *rig) lastErr() error { return r.changes[len(r.changes)-1].Err }

func TestInvariant02OnlyInputIsLife(t *testing.T) {
	t.Run("sends do not feed the watchdog", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.connect()
		r.recv("INFO {}\r\n")
		r.recv("PONG\r\n")
		require.Equal(t, "ready", r.state())
		start := r.now.Mono
		for r.s.State().Up() && r.now.Mono < start+time.Hour {
			r.call(plantest.Pub(r.plan, "x", []byte("body")))
			r.pass(time.Second)
		}
		require.Equal(t, 30*time.Second, r.now.Mono-start)
		require.ErrorIs(t, r.lastErr(), session.ErrPeerSilent)
	})
	t.Run("every chunk is life, also of half a frame", func(t *testing.T) {
		p := plantest.Acme()
		p.Timeouts.Frame = time.Hour
		r := newRig(t, p).ready()
		for range 20 {
			r.pass(9 * time.Second)
			r.recv("R")
		}
		require.Equal(t, "ready", r.state())
		require.Empty(t, r.sent(), "no probe was due")
		require.Equal(t, 15*time.Second, r.dies(time.Minute))
	})
	t.Run("life: probe counts the ack alone", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.AckOnly())).ready()
		start := r.now.Mono
		for r.s.State().Up() && r.now.Mono < start+time.Hour {
			r.recv("READING 1 2 C\n")
			r.pass(time.Second)
		}
		require.Equal(t, 15*time.Second, r.now.Mono-start)
	})
	t.Run("life: probe lives by acks", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.AckOnly())).ready()
		for range 10 {
			r.pass(10 * time.Second)
			require.Equal(t, "HEARTBEAT\n", r.sent())
			r.recv("HEARTBEAT_ACK\n")
		}
		require.Equal(t, "ready", r.state())
	})
	t.Run("the verdict needs neither writer nor lock", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.stuck = true
		r.plan.Timeouts.Write, r.plan.Timeouts.Reply = time.Hour, time.Hour
		r.call(plantest.Set(r.plan, 1, "2")) // its write never returns
		verdict := r.now.Mono + 15*time.Second
		r.pass(10 * time.Second) // the probe is due, and cannot be written
		require.False(t, r.s.Dead(r.moment(verdict-1)))
		require.True(t, r.s.Dead(r.moment(verdict)))
		r.s.Heard(verdict) // bytes that have not gone through Input yet
		require.False(t, r.s.Dead(r.moment(verdict)))
	})
	t.Run("the probe goes at the head of the next batch", func(t *testing.T) {
		p := plantest.Acme(plantest.InFlight(8))
		p.Timeouts.Write, p.Timeouts.Reply = time.Hour, time.Hour
		r := newRig(t, p).ready()
		r.stuck = true
		for _, channel := range []uint8{1, 2, 3} {
			r.call(plantest.Set(r.plan, channel, "2"))
		}
		r.pass(p.Liveness.Probe.Every)
		r.stuck = false
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		r.flush()
		require.Equal(t, "HEARTBEAT\nSET 2 2\nSET 3 2\n", r.sent())
	})
	t.Run("the probe's deadline runs from when it was due, written or not", func(t *testing.T) {
		p := plantest.Acme()
		p.Timeouts.Write, p.Timeouts.Reply = time.Hour, time.Hour
		r := newRig(t, p).ready()
		r.stuck = true
		r.call(plantest.Set(r.plan, 1, "2"))
		require.Equal(t, 15*time.Second, r.dies(time.Minute))
	})
}

func TestInvariant03TheBoundHolds(t *testing.T) {
	for _, c := range []struct {
		name  string
		plan  *session.Plan
		bound time.Duration
	}{
		{"idle", plantest.Acme(), 15 * time.Second},
		{"always", plantest.Acme(plantest.Always()), 15 * time.Second},
		{"ack only", plantest.Acme(plantest.AckOnly()), 15 * time.Second},
		{"three misses", plantest.Acme(plantest.Misses(3)), 25 * time.Second},
		{"silence", plantest.Acme(plantest.NoProbe(), plantest.Silence(7*time.Second)), 7 * time.Second},
		{"silence and probe", plantest.Acme(plantest.Silence(60 * time.Second)), 15 * time.Second},
		{"silence before the probe's end", plantest.Acme(plantest.Silence(12 * time.Second)), 12 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.bound, newRig(t, c.plan).ready().dies(time.Hour))
		})
		t.Run(c.name+", after traffic", func(t *testing.T) {
			// Silence begins at any moment of the probe's cycle; the bound
			// holds from the last byte.
			for at := time.Duration(0); at < 12*time.Second; at += 700 * time.Millisecond {
				r := newRig(t, c.plan).ready()
				r.pass(at)
				if !r.s.State().Up() {
					continue
				}
				if r.sent() != "" {
					r.recv("HEARTBEAT_ACK\n")
				} else {
					r.recv("READING 1 2 C\n")
				}
				require.LessOrEqual(t, r.dies(time.Hour), c.bound)
			}
		})
	}
	t.Run("a probe for every miss, timeout apart", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Misses(3))).ready()
		r.pass(10 * time.Second)
		require.Equal(t, "HEARTBEAT\n", r.sent())
		r.pass(5 * time.Second)
		require.Equal(t, "HEARTBEAT\n", r.sent())
		r.pass(5 * time.Second)
		require.Equal(t, "HEARTBEAT\n", r.sent())
		require.Equal(t, "suspect", r.state())
		r.recv("HEARTBEAT_ACK\n")
		require.Equal(t, "ready", r.state())
	})
	t.Run("a busy link is not probed when idle", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		for range 20 {
			r.pass(5 * time.Second)
			r.recv("READING 1 2 C\n")
		}
		require.Empty(t, r.sent())
	})
	t.Run("a busy link is probed when always", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.Always())).ready()
		for range 34 {
			r.pass(3 * time.Second)
			r.recv("READING 1 2 C\n")
		}
		require.Equal(t, 10, len(r.sent())/len("HEARTBEAT\n"))
	})
	t.Run("held behind a reply that looks like the ack", func(t *testing.T) {
		p := plantest.Order(plantest.InFlight(1))
		r := newRig(t, p)
		r.login(p)
		r.pass(9 * time.Second)
		r.call(plantest.Get(p, "k"))
		start := r.now.Mono
		r.sent()
		r.pass(2 * time.Second) // the probe is due, and held
		require.Empty(t, r.sent())
		require.False(t, r.s.Dead(r.moment(start+p.Timeouts.Reply)))
		bound := p.Liveness.Probe.Every + p.Timeouts.Reply + p.Liveness.Probe.Timeout
		require.LessOrEqual(t, r.dies(time.Hour)+2*time.Second, bound)
	})
	t.Run("the hold ends with the reply", func(t *testing.T) {
		p := plantest.Order(plantest.InFlight(1))
		p.Timeouts.Reply = time.Minute
		r := newRig(t, p)
		r.login(p)
		c := r.call(plantest.Get(p, "k"))
		r.sent()
		r.pass(p.Liveness.Probe.Every + 2*time.Second)
		require.Empty(t, r.sent(), "the probe is held")
		r.recv("$1\r\nv\r\n")
		r.replied(c, "$1\r\nv")
		r.pass(p.Liveness.Probe.Every)
		require.Contains(t, r.sent(), "PING")
		require.Equal(t, p.Liveness.Probe.Timeout, r.dies(time.Hour))
	})
	t.Run("a probe does not hold the next one", func(t *testing.T) {
		// The process is stopped while a probe is unanswered.
		r := newRig(t, plantest.Order(plantest.InFlight(1), plantest.Swallow()))
		r.login(r.plan)
		r.pass(r.plan.Liveness.Probe.Every)
		require.Contains(t, r.sent(), "PING")
		r.to(r.now.Mono + time.Hour)
		r.s.Tick(r.now)
		r.apply()
		require.Equal(t, r.plan.Liveness.Probe.Timeout, r.dies(time.Hour))
	})
	t.Run("the hold ends with the command's time", func(t *testing.T) {
		// The heartbeat and set are both answered by OK.
		p := plantest.Acme(plantest.Also(func(p *session.Plan) {
			p.Commands[p.Liveness.Probe.Step.Command].Replies[0].Message = plantest.Message(p, "ok")
		}))
		r := newRig(t, p).ready()
		r.pass(9 * time.Second)
		start := r.now.Mono
		r.call(plantest.Set(p, 1, "2"))
		r.pass(4 * time.Second)
		require.Equal(t, "SET 1 2\n", r.sent(), "the probe is held")
		r.pass(time.Second)
		require.Equal(t, "HEARTBEAT\n", r.sent())
		r.dies(time.Hour)
		require.Equal(t, p.Timeouts.Reply+p.Liveness.Probe.Timeout, r.now.Mono-start)
	})
	t.Run("a peer that stops reading but speaks is ended by the write deadline", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.stuck = true
		r.call(plantest.Set(r.plan, 1, "2"))
		start := r.now.Mono
		for r.s.State().Up() && r.now.Mono < start+time.Hour {
			r.pass(time.Second)
			r.recv("READING 1 2 C\n")
		}
		require.Equal(t, r.plan.Timeouts.Write, r.now.Mono-start)
		require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
	})
}

// login takes an order plan to READY.
func (r *rig) login(p *session.Plan) {
	r.t.Helper()
	r.connect()
	for range p.Login {
		if r.s.State() == session.Ready {
			break
		}
		if text := r.sent(); text != "" && text[len(text)-6:] == "PING\r\n" {
			r.recv("+PONG\r\n")
			continue
		}
		r.recv("+OK\r\n")
	}
	require.Equal(r.t, "ready", r.state())
	r.sent()
}

// The probe whose time ends the link is missed, too: with one miss it is the
// only one that ever is.
func TestTheLastProbeCountsAsMissed(t *testing.T) {
	for misses := 1; misses <= 3; misses++ {
		r := newRig(t, plantest.Acme(plantest.Misses(misses))).ready()
		r.dies(time.Hour)
		require.ErrorIs(t, r.lastErr(), session.ErrPeerSilent)
		require.Equal(t, uint64(misses), r.s.Stats().ProbesMissed)
		require.Equal(t, uint64(misses), r.s.Stats().Probes)
	}
}

func TestInvariant06EveryWriteHasADeadline(t *testing.T) {
	t.Run("a write that does not end", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.NoProbe())).ready()
		r.stuck = true
		c := r.call(plantest.Set(r.plan, 1, "2"))
		require.Equal(t, min(r.plan.Timeouts.Write, r.plan.Timeouts.Reply), r.dies(time.Hour))
		r.fails(c, session.Unknown, session.ErrLinkLost)
	})
	t.Run("a write error", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.stuck = true
		c := r.call(plantest.Set(r.plan, 1, "2"))
		broken := errors.New("broken pipe")
		r.s.Wrote(r.now, r.s.Epoch(), broken)
		r.apply()
		require.Equal(t, 1, r.aborts)
		r.fails(c, session.Unknown, broken)
	})
	t.Run("a large frame has a deadline for each 256 KiB", func(t *testing.T) {
		p := plantest.Order(plantest.NoProbe())
		p.Timeouts.Reply, p.Timeouts.Frame = time.Hour, time.Hour
		r := newRig(t, p)
		r.login(p)
		r.stuck = true
		r.call(plantest.Put(p, "k", string(make([]byte, 600<<10))))
		require.Equal(t, 3*p.Timeouts.Write, r.dies(time.Hour))
	})
	t.Run("no slow drip", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		start := r.now.Mono
		for r.s.State().Up() && r.now.Mono < start+time.Hour {
			r.recv("R")
			r.pass(time.Second)
		}
		require.Equal(t, r.plan.Timeouts.Frame, r.now.Mono-start)
		require.ErrorIs(t, r.lastErr(), session.ErrTimeout)
	})
	t.Run("frames that end restart the time", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		for range 200 {
			r.recv("READ")
			r.pass(time.Second)
			r.recv("ING 1 2 C\nREAD")
			r.pass(time.Second)
			r.recv("ING 1 2 C\n")
		}
		require.Equal(t, "ready", r.state())
	})
}
