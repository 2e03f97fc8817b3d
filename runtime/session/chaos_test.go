package session_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
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
	said    string                // what the device says beside chaosWords
	asked   string                // what an honest device has to answer
	pending map[*session.Call]int // the number of each, from 0
	owned   int                   // calls that were submitted
	ended   int
	posts   int // that have not ended
	office  postOffice
}

func newChaos(t testing.TB, p *session.Plan, seed uint64, source rand.Source) *chaos {
	p.Reconnect.Refused = time.Minute
	r := newRig(t, p, func(o *session.Options) {
		o.Seed, o.Addresses, o.TLS = seed, 1+int(seed%3), seed%2 == 1
		if seed%4 == 3 {
			o.MaxWaiting = 6 // publishers wait for room
		}
	})
	return &chaos{rig: r, rnd: rand.New(source), pending: map[*session.Call]int{}}
}

// chaosWords are what a device of each kind may say; now and then one speaks
// another's language.
var chaosWords = map[string][]string{
	"acme": {
		"OK\n", "OK\r\n", "DENIED\n", "HEARTBEAT_ACK\n", "ERR 1 x\n", "READING 1 2 C\n", "READING 2 2 C\n", "WATCHING 1\n",
		"UNWATCHED 1\n", "READ", "\n", "GARBAGE\n", "\x00\xff\n",
	},
	"order": {"+OK\r\n", "+PONG\r\n", ":5\r\n", "$3\r\nabc\r\n", "$-1\r\n", "-ERR x\r\n", "-LOADING\r\n", "$3\r\na", "$9999999999\r\n"},
	"tagged": {
		"version 1\n", "=1 pong\n", "=2 pong\n", "=3 value k\n", "=4 done\n", "=1 opened 1\n", "=5 shut 1\n", "!2 no\n", "+1 item k 1\n",
		"=1 end k\n", "* tick 1\n", "=9 pong\n", "=0 pong\n",
	},
	"polling": {"+OK\r\n", "+PONG\r\n", ":5\r\n", "$3\r\nabc\r\n", "-ERR x\r\n", "*changed\r\n", "*changed x\r\n"},
	"post":    {"OK\n", "NO\n", "LATER\n", "GO\n", "PONG\n", "COUNT 1\n", "OK"},
	"modal":   {"OK\n", "PONG\n", "VALUE 1\n", "DENIED\n", "\x01a", "\x02v\x01", "\x01s", "\x01o", "\x02v", "\n"},
	"lasting": {"INFO {}\r\n", "PING\r\n", "PONG\r\n", "MSG a 1 2\r\nxy\r\n", "-ERR 'Authorization Violation'\r\n", "-ERR 'x'\r\n"},
}

// word is something that the device may say.
func (c *chaos) word() string {
	if n := min(len(c.said), c.rnd.IntN(16)); n > 0 {
		var word string
		word, c.said = c.said[:n], c.said[n:]
		return word
	}
	if answer := c.honest(); answer != "" {
		return answer
	}
	language := c.plan.Vendor
	if c.rnd.IntN(8) == 0 {
		language = []string{"acme", "order", "lasting", "tagged", "polling"}[c.rnd.IntN(5)]
	}
	words := chaosWords[language]
	return words[c.rnd.IntN(len(words))]
}

var chaosCommands = regexp.MustCompile(`AUTH|PING|GET|INCR|SET|noidle|idle|version|#(\d+) (\w+)( \d)?\n`)

// honest is mostly the answer to the next command, where the device is one whose
// clients get nowhere with less.
func (c *chaos) honest() string {
	if c.plan.Vendor == "post" {
		return c.honestPost()
	}
	if vendor := c.plan.Vendor; vendor != "polling" && vendor != "tagged" || c.rnd.IntN(8) == 0 {
		return ""
	}
	c.asked += c.sent()
	at := chaosCommands.FindStringSubmatchIndex(c.asked)
	if at == nil {
		return ""
	}
	match := chaosCommands.FindStringSubmatch(c.asked)
	if match[0] == "idle" && strings.Count(c.asked, "noidle") == 0 && c.rnd.IntN(3) > 0 {
		return "" // nothing has happened
	}
	c.asked = c.asked[at[1]:]
	if match[0] == "idle" {
		c.asked = strings.Replace(c.asked, "noidle", "", 1)
	}
	if reply, ok := chaosAnswers[match[0]]; ok {
		return reply
	}
	return "=" + match[1] + chaosAnswers[match[2]] + match[3] + "\n"
}

var chaosAnswers = map[string]string{
	"AUTH": "+OK\r\n", "PING": "+PONG\r\n", "GET": "$3\r\nabc\r\n", "INCR": ":5\r\n", "SET": "+OK\r\n", "idle": "*changed x\r\n", "noidle": "",
	"version": "version 1\n", "get": " value", "put": " done", "open": " opened", "shut": " shut", "list": " end", "raw": "", "ping": " pong",
}

func (c *chaos) step() {
	switch c.rnd.IntN(16) {
	case 0:
		switch {
		case c.dial != nil:
			c.sent()
			c.asked, c.office = "", postOffice{}
			c.connect()
		case c.tls:
			c.shakeHands()
		}
	case 1:
		if c.dial != nil && c.rnd.IntN(4) == 0 {
			c.refuse(errDown)
		}
	case 2, 3, 4:
		if c.open && !c.half {
			c.hear()
		}
	case 5, 6:
		c.submit()
		for c.stuck && c.rnd.IntN(8) > 0 { // more than there is room for
			c.submit()
		}
	case 7:
		c.cancel()
	case 8, 9, 10:
		c.pass(time.Duration(c.rnd.Int64N(int64(4 * time.Second))))
	case 11:
		if c.open && c.rnd.IntN(4) == 0 {
			c.eof()
		}
	case 12:
		c.stuck = c.open && c.rnd.IntN(3) == 0
		c.office.blind = c.office.blind || c.stuck
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
	c.tls = c.tls && c.open
}

// shakeHands ends the TLS handshake that the session asked for, mostly well.
func (c *chaos) shakeHands() {
	c.tls = false
	switch c.rnd.IntN(8) {
	case 0:
		c.s.Refused(c.now, c.s.Epoch(), errDown)
	case 1:
		c.s.Lost(c.now, c.s.Epoch(), errDown)
	default:
		c.s.Secured(c.now, c.s.Epoch())
	}
}

// hear lets the device say something. What it says in plain where a handshake
// is awaited is nobody's: the link ends.
func (c *chaos) hear() {
	securing, events := c.tls, len(c.events)
	c.recv(c.word())
	if securing {
		require.False(c.t, c.open, "bytes before the handshake, and the link goes on")
		require.Len(c.t, c.events, events)
	}
}

// cancel lets a caller go.
func (c *chaos) cancel() {
	calls := slices.SortedFunc(maps.Keys(c.pending), func(a, b *session.Call) int { return c.pending[a] - c.pending[b] })
	if len(calls) == 0 {
		return
	}
	call := calls[c.rnd.IntN(len(calls))]
	if _, ended := c.s.Cancel(c.now, call, context.Canceled); !ended {
		delete(c.pending, call)
		c.ended++
	}
}

// check holds after every step.
func (c *chaos) check() {
	for _, call := range c.finished {
		require.Contains(c.t, c.pending, call, "a call ended twice, or after its caller had gone")
		delete(c.pending, call)
		if call.Posted {
			c.posts++
		} else {
			c.ended++
		}
	}
	c.finished = c.finished[:0]
	for _, p := range c.rig.posted {
		c.posts -= p.Commands
		c.ended += p.Commands
	}
	c.rig.posted = nil
	require.GreaterOrEqual(c.t, c.posts, 0)
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

// end closes the client.
func (c *chaos) end() {
	c.s.Close(c.now, nil)
	c.apply()
	c.check()
	require.Equal(c.t, c.owned, c.ended, "every command ends once")
	require.Zero(c.t, c.s.Held(), "ids outlive their commands")
}

// chaosPlans are the plans under which anything may happen.
func chaosPlans() []func() *session.Plan {
	return []func() *session.Plan{
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
		func() *session.Plan { return plantest.Tagged(plantest.IDs(20), plantest.InFlight(4)) },
		func() *session.Plan {
			return plantest.Tagged(plantest.Unexpected(session.Drop, session.Drop, session.Drop), plantest.AckOnly())
		},
		func() *session.Plan { return plantest.Polling() },
		func() *session.Plan {
			return plantest.Polling(plantest.Swallow(), paced(gap(100*time.Millisecond), "get", "idle", "noidle", "ping"))
		},
		func() *session.Plan {
			return plantest.Acme(plantest.InFlight(4), below(session.Stream{Telnet: true, Echo: true, SingleWrites: true}),
				paced(settle(time.Second), "set"), paced(gap(time.Second), "read", "heartbeat"))
		},
		func() *session.Plan { return plantest.Modal(plantest.InFlight(3)) },
		func() *session.Plan {
			return plantest.Modal(plantest.Swallow(), plantest.Also(func(p *session.Plan) {
				for _, name := range []string{"raw", "stop"} { // nothing answers them, and they are there in all modes
					c := &p.Commands[plantest.Command(p, name)]
					c.Replies, c.Enters, c.Shape.In = nil, plantest.ModeRaw, nil
				}
				p.Commands[plantest.Command(p, "stop")].Enters = session.ModeReady
				p.Liveness.Probe.Else = nil
			}))
		},
		func() *session.Plan { return plantest.Acme(plantest.PerCommand(), notLasting) },
		func() *session.Plan {
			return plantest.Acme(plantest.PerCommand(), notLasting, plantest.Swallow(), plantest.Logout("bye", "BYE\n"), plantest.Also(func(p *session.Plan) {
				p.Commands[plantest.Command(p, "set")].Replies = nil
			}))
		},
		func() *session.Plan {
			return plantest.Acme(plantest.InFlight(4), plantest.Swallow(), plantest.Also(untilClosed))
		},
		func() *session.Plan { return plantest.Acme(plantest.InOrder(), plantest.Also(untilClosed)) },
		func() *session.Plan {
			return plantest.Acme(plantest.PerCommand(), notLasting, plantest.Also(untilClosed), plantest.Logout("bye", "BYE\n"))
		},
	}
}

// notLasting is for links that do not.
func notLasting(p *session.Plan) {
	for i := range p.Commands {
		p.Commands[i].Lasting, p.Commands[i].Undoes = false, false
	}
}

var chaosRuns atomic.Uint64

func TestChaos(t *testing.T) {
	// Each run of the test, as with -count, goes on where the last one ended.
	const seeds = 40
	first := seeds * chaosRuns.Add(1)
	for i, plan := range slices.Concat(chaosPlans(), postPlans()) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			for seed := first; seed < first+seeds; seed++ {
				c := newChaos(t, plan(), seed, rand.NewPCG(seed, 1))
				for range 400 {
					c.step()
					c.check()
				}
				c.end()
			}
		})
	}
}
