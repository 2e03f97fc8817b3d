package session_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// chaos steps a session with whatever can happen, in any order, and checks
// after each step what must always be true.
type chaos struct {
	*rig
	rnd     *rand.Rand
	pending map[*session.Call]bool
	owned   int // calls that were submitted
	ended   int
}

var chaosWords = []string{
	"OK\n", "OK\r\n", "DENIED\n", "HEARTBEAT_ACK\n", "ERR 1 x\n", "READING 1 2 C\n", "READING 2 2 C\n", "WATCHING 1\n",
	"UNWATCHED 1\n", "READ", "\n", "GARBAGE\n", "\x00\xff\n",
	"+OK\r\n", "+PONG\r\n", ":5\r\n", "$3\r\nabc\r\n", "$-1\r\n", "-ERR x\r\n", "-LOADING\r\n", "$3\r\na", "$9999999999\r\n",
	"INFO {}\r\n", "PING\r\n", "PONG\r\n", "MSG a 1 2\r\nxy\r\n", "-ERR 'Authorization Violation'\r\n", "-ERR 'x'\r\n",
}

func (c *chaos) step() {
	switch c.rnd.IntN(16) {
	case 0:
		if c.dial != nil {
			c.connect()
		}
	case 1:
		if c.dial != nil && c.rnd.IntN(4) == 0 {
			c.refuse(errDown)
		}
	case 2, 3, 4:
		if c.open && !c.half {
			c.recv(chaosWords[c.rnd.IntN(len(chaosWords))])
		}
	case 5, 6:
		c.submit()
	case 7:
		for call := range c.pending {
			if _, ended := c.s.Cancel(c.now, call, context.Canceled); !ended {
				delete(c.pending, call)
				c.ended++
			}
			break
		}
	case 8, 9, 10:
		c.pass(time.Duration(c.rnd.Int64N(int64(4 * time.Second))))
	case 11:
		if c.open && c.rnd.IntN(4) == 0 {
			c.eof()
		}
	case 12:
		c.stuck = c.open && c.rnd.IntN(3) == 0
		if !c.stuck && c.writing != 0 {
			var err error
			if c.rnd.IntN(4) == 0 {
				err = errDown
			}
			c.s.Wrote(c.now, c.writing, err)
			c.writing = 0
			c.apply()
			c.flush()
		}
	case 13:
		c.now.Wall += time.Duration(c.rnd.Int64N(int64(3 * time.Second)))
	case 14:
		c.s.ReconnectNow(c.now)
	case 15:
		switch c.rnd.IntN(200) {
		case 0:
			c.s.Shutdown(c.now)
		case 1:
			c.s.Close(c.now, nil)
		}
	}
	c.apply()
}

func (c *chaos) submit() {
	var call *session.Call
	ch := uint8(c.rnd.IntN(3))
	switch c.plan.Vendor {
	case "acme":
		call = []*session.Call{
			plantest.Read(c.plan, ch), plantest.Set(c.plan, ch, "1"), plantest.Watch(c.plan, ch), plantest.Unwatch(c.plan, ch),
		}[c.rnd.IntN(4)]
	case "order":
		call = []*session.Call{
			plantest.Get(c.plan, "k"), plantest.Incr(c.plan, "k"), plantest.Put(c.plan, "k", "v"),
		}[c.rnd.IntN(3)]
	default:
		call = []*session.Call{
			plantest.Pub(c.plan, "s", []byte("body")), plantest.Sub(c.plan, "s", uint64(ch)), plantest.Unsub(c.plan, uint64(ch)),
		}[c.rnd.IntN(3)]
	}
	call.FailFast = c.rnd.IntN(5) == 0
	c.pending[call] = true
	c.owned++
	c.s.Submit(c.now, call)
}

// check holds after every step.
func (c *chaos) check() {
	for _, call := range c.finished {
		require.True(c.t, c.pending[call], "a call ended twice, or after its caller had gone")
		delete(c.pending, call)
		c.ended++
	}
	c.finished = c.finished[:0]
	at, ok := c.s.Deadline()
	require.Equal(c.t, ok, at != 0)
	require.False(c.t, c.s.Stalled(), "something waits, and nobody will do it")
	require.True(c.t, c.s.Sums())
	require.True(c.t, ok || !c.waiting(), "nothing is due in state %v", c.s.State())
	if c.s.State() == session.Closed {
		require.Empty(c.t, c.pending, "commands outlive the client")
		require.False(c.t, ok)
	}
	require.False(c.t, c.s.State().Up() && !c.open, "READY without a connection")
	require.LessOrEqual(c.t, c.s.Outstanding(), c.owned)
}

// waiting reports a state that must end by itself.
func (c *chaos) waiting() bool {
	switch c.s.State() {
	case session.Dialing, session.Greeting, session.Backoff:
		return true
	}
	return c.half && c.s.State() != session.Closed
}

var chaosRuns atomic.Uint64

func TestChaos(t *testing.T) {
	plans := []func() *session.Plan{
		func() *session.Plan { return plantest.Acme() },
		func() *session.Plan { return plantest.Acme(plantest.InFlight(4), plantest.Swallow()) },
		func() *session.Plan { return plantest.Acme(plantest.AckOnly(), plantest.Misses(2)) },
		func() *session.Plan {
			return plantest.Acme(plantest.Logout("bye", "BYE\n"), plantest.Unexpected(session.Drop, session.Deliver, session.Drop))
		},
		func() *session.Plan { return plantest.Order() },
		func() *session.Plan { return plantest.Order(plantest.InFlight(1), plantest.Swallow()) },
		func() *session.Plan { return plantest.Lasting(plantest.InFlight(8)) },
		func() *session.Plan {
			return plantest.Acme(plantest.NoProbe(), plantest.Also(func(p *session.Plan) {
				for _, name := range []string{"set", "read"} {
					p.Commands[plantest.Command(p, name)].Timeout = -1
				}
			}))
		},
		func() *session.Plan {
			return plantest.Acme(plantest.InFlight(2), plantest.Swallow(), plantest.Also(ackIsOK))
		},
		func() *session.Plan {
			return plantest.Order(plantest.Unexpected(session.Drop, session.Drop, session.Drop), plantest.Also(func(p *session.Plan) {
				p.Login[1].RetryTimes, p.Login[1].RetryAfter = 3, time.Second
			}))
		},
	}
	// Each run of the test, as with -count, goes on where the last one ended.
	const seeds = 40
	first := seeds * chaosRuns.Add(1)
	for i, plan := range plans {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			for seed := first; seed < first+seeds; seed++ {
				p := plan()
				p.Reconnect.Refused = time.Minute
				r := newRig(t, p, func(o *session.Options) { o.Seed, o.Addresses = seed, 1+int(seed%3) })
				c := &chaos{rig: r, rnd: rand.New(rand.NewPCG(seed, 1)), pending: map[*session.Call]bool{}}
				for range 400 {
					c.step()
					c.check()
				}
				c.s.Close(c.now, nil)
				c.apply()
				c.check()
				require.Equal(t, c.owned, c.ended, "seed %d: every command ends once", seed)
			}
		})
	}
}
