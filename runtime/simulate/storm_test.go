package simulate_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
)

var (
	seeds = flag.Int("seeds", 60, "how many seeds each storm runs")
	first = flag.Int("seed", 0, "the first seed of each storm")
)

// storm is a world in which everything goes wrong at random, and then ends.
type storm struct {
	*simulate.World
	t      *testing.T
	plan   *session.Plan
	next   int // unique number of a command
	calls  []*simulate.Call
	asked  map[*simulate.Call]string // what the reply must begin with
	unique map[*simulate.Call]bool   // its frame occurs once, and is not idempotent
}

// shelter is a protocol under the storm: how its device answers, and what its
// callers ask.
type shelter struct {
	plan   func(seed int) *session.Plan
	answer func(d *device.Device)
	call   func(s *storm, c *simulate.Client)
	// exact: a device that loses one reply and sends the next cannot be told
	// from one that answers wrongly, so none does.
	exact bool
}

// hard is a plan that stays with its device whatever the device says.
func hard(p *session.Plan) { p.Reconnect.Refused = 10 * time.Second }

// liveness are the ways to notice a dead peer that a storm takes in turn.
var liveness = []plantest.Mod{
	plantest.Also(func(*session.Plan) {}), plantest.Always(), plantest.AckOnly(),
	plantest.Silence(12 * time.Second), plantest.Probing(3*time.Second, time.Second),
}

var shelters = map[string]shelter{
	"kind": {
		plan: func(seed int) *session.Plan {
			mods := []plantest.Mod{plantest.InFlight(1 + seed%4), plantest.Also(hard), plantest.Misses(1 + seed%2)}
			if seed%3 == 0 {
				mods = append(mods, plantest.Swallow())
			}
			return plantest.Acme(append(mods, liveness[seed%len(liveness)])...)
		},
		answer: func(d *device.Device) {
			answerAcme(d)
			d.Handle("watch", func(r *device.Request) { r.Reply("WATCHING " + r.Words()[1]) })
			d.Handle("unwatch", func(r *device.Request) { r.Reply("UNWATCHED " + r.Words()[1]) })
		},
		call: callAcme,
	},
	"order": {
		plan: func(seed int) *session.Plan {
			mods := []plantest.Mod{plantest.InFlight(1 + seed%9), plantest.Also(hard)}
			if seed%2 == 0 {
				mods = append(mods, plantest.Swallow())
			}
			return plantest.Order(mods...)
		},
		answer: func(d *device.Device) {
			d.Reply("ping", "+PONG")
			d.Reply("auth", "+OK")
			d.Reply("set", "+OK")
			d.Handle("get", func(r *device.Request) {
				key := plantest.Arguments(r.Frame)[1]
				r.Replyf("$%d\r\n%s", len(key), key)
			})
			d.Handle("incr", func(r *device.Request) { r.Reply(":" + plantest.Arguments(r.Frame)[1]) })
		},
		call:  callOrder,
		exact: true,
	},
	"lasting": {
		plan: func(int) *session.Plan { return plantest.Lasting(plantest.Also(hard)) },
		answer: func(d *device.Device) {
			d.Greet("INFO {}")
			d.Reply("ping", "PONG")
			for _, command := range []string{"connect", "pong", "pub", "sub", "unsub"} {
				d.Handle(command, func(*device.Request) {})
			}
		},
		call: callLasting,
	},
}

func callAcme(s *storm, c *simulate.Client) {
	channel := uint8(s.Rand.IntN(9))
	switch s.Rand.IntN(4) {
	case 0:
		s.ask(c, plantest.Read(s.plan, channel), fmt.Sprintf("READING %d ", channel), false)
	case 1:
		s.ask(c, plantest.Watch(s.plan, channel), fmt.Sprintf("WATCHING %d", channel), false)
	case 2:
		s.ask(c, plantest.Unwatch(s.plan, channel), fmt.Sprintf("UNWATCHED %d", channel), false)
	default:
		s.ask(c, plantest.Set(s.plan, channel, s.number()), "OK", true)
	}
}

func callOrder(s *storm, c *simulate.Client) {
	key := s.number()
	switch s.Rand.IntN(3) {
	case 0:
		s.ask(c, plantest.Get(s.plan, key), fmt.Sprintf("$%d\r\n%s", len(key), key), false)
	case 1:
		s.ask(c, plantest.Incr(s.plan, key), ":"+key, true)
	default:
		s.ask(c, plantest.Put(s.plan, key, "+PONG\r\n$1\r\n"), "+OK", true)
	}
}

func callLasting(s *storm, c *simulate.Client) {
	sid := uint64(s.Rand.IntN(3))
	switch s.Rand.IntN(6) {
	case 0:
		s.ask(c, plantest.Sub(s.plan, "news", sid), "", false)
	case 1:
		s.ask(c, plantest.Unsub(s.plan, sid), "", false)
	default:
		s.ask(c, plantest.Pub(s.plan, s.number(), bytes.Repeat([]byte("x"), s.Rand.IntN(900))), "", true)
	}
}

func (s *storm) number() string {
	s.next++
	return strconv.Itoa(s.next)
}

// ask submits a call, and may cancel it.
func (s *storm) ask(c *simulate.Client, call *session.Call, reply string, unique bool) {
	k := c.Submit(call)
	s.calls = append(s.calls, k)
	s.asked[k], s.unique[k] = reply, unique
	if s.Chance(0.3) {
		s.After(s.Between(0, 10*time.Second), func() { k.Cancel(context.DeadlineExceeded) })
	}
}

// trouble is what can go wrong, and what mends it.
func (s *storm) trouble(exact bool) []func() {
	n, d := s.Network, s.Device
	silence := d.Silence
	if exact {
		silence = d.BlackHole
	}
	return []func(){
		n.Cut, n.CutToClient, n.CutToDevice, n.Reset,
		func() { n.Loss(0.1) },
		func() { n.Latency(time.Millisecond, 300*time.Millisecond) },
		silence, d.BlackHole, d.StopReading, d.Reset, d.CloseAll, d.HalfClose, d.AcceptAndClose, d.RefuseDial, d.HangDial,
		func() { d.StallMidFrame(3) },
		func() { d.Drip(100 * time.Millisecond) },
		func() { d.SplitEvery(2) },
		func() { d.Delay(time.Second) },
		func() { d.LateReplies(4 * time.Second) },
		func() { d.Next().RefuseLogin("-ERR 'Authorization Violation'") },
		func() { s.Suspend(time.Minute) },
		func() { s.Clients[1].Stall(8 * time.Second) },
		func() { s.JumpWall(-time.Hour) },
		s.ReconnectNow,
		d.Heal, d.Heal, d.Heal, n.Restore, n.Restore,
	}
}

// blow runs a storm and its aftermath.
func blow(t *testing.T, in shelter, seed int, quiet bool) *storm {
	plan := in.plan(seed)
	w := simulate.New(uint64(seed), plan, simulate.Options{
		Session: session.Options{Params: &plantest.Params{User: "u", Secret: "s"}, Addresses: 1 + seed%2},
		Clients: 2, Split: true, Partial: true, Buffer: 2000, Quiet: quiet,
	})
	in.answer(w.Device)
	s := &storm{World: w, t: t, plan: plan, asked: map[*simulate.Call]string{}, unique: map[*simulate.Call]bool{}}
	trouble := s.trouble(in.exact)
	s.World.Start()
	for range 60 {
		s.Run(s.Between(0, 6*time.Second))
		trouble[s.Rand.IntN(len(trouble))]()
		for _, c := range s.Clients {
			for range s.Rand.IntN(4) {
				in.call(s, c)
			}
		}
	}
	s.Network.Restore()
	s.Network.Loss(0)
	s.Device.Heal()
	s.Run(15 * time.Minute)
	return s
}

// check looks at what every storm must leave behind.
func (s *storm) check() {
	s.checkCalls()
	for i, c := range s.Clients {
		require.True(s.t, c.State().Up(), "client %d is %v: %v", i, c.State(), c.Session.Err())
		require.Zero(s.t, c.Outstanding())
		for n, l := range c.Links()[1:] {
			before := c.Links()[n]
			require.True(s.t, before.Closed != 0 && before.Closed <= l.Dialed, "two links at once: %d", l.Epoch)
		}
	}
	for _, c := range s.Clients {
		s.checkLasting(c)
		c.Close()
		require.Zero(s.t, c.Open())
	}
}

// checkLasting compares what a client has subscribed to with what the device
// heard on its last connection. The key is the last word of the commands.
func (s *storm) checkLasting(c *simulate.Client) {
	key := func(frame []byte) string {
		words := strings.Fields(string(frame))
		return words[len(words)-1]
	}
	want, unsure := map[string]bool{}, map[string]bool{}
	for _, k := range s.calls {
		command := s.plan.Commands[k.Command]
		if k.Client() != c || !command.Lasting && !command.Undoes {
			continue
		}
		want[key(k.Frame)], unsure[key(k.Frame)] = command.Lasting, k.Err != nil
	}
	links := c.Links()
	got := map[string]bool{}
	for _, r := range s.Device.History().Conn(links[len(links)-1].Conn).Commands("") {
		command := s.plan.Commands[plantest.Command(s.plan, r.Command)]
		if command.Lasting || command.Undoes {
			got[key(r.Frame)] = command.Lasting
		}
	}
	for k := range want {
		require.True(s.t, unsure[k] || want[k] == got[k], "key %s: wanted %v, the device has %v", k, want[k], got[k])
	}
}

// checkCalls compares each outcome with what the device saw.
func (s *storm) checkCalls() {
	seen := map[string]int{}
	for _, r := range s.Device.History().Commands("") {
		seen[string(r.Frame)+s.plan.Framing.SendEnd]++
	}
	for _, k := range s.calls {
		times := seen[string(k.Frame)]
		require.True(s.t, k.Done, "%q never ended", k.Frame)
		if s.unique[k] {
			require.LessOrEqual(s.t, times, 1, "%q was executed twice", k.Frame)
		}
		var e *session.Error
		switch {
		case k.Err == nil:
			require.Truef(s.t, bytes.HasPrefix(k.Reply, []byte(s.asked[k])), "%q got %q", k.Frame, k.Reply)
			require.True(s.t, !s.unique[k] || s.asked[k] == "" || times == 1, "%q was answered, and never seen", k.Frame)
		case errors.As(k.Err, &e):
			require.True(s.t, e.Fate == session.Unknown || !s.unique[k] || times == 0, "%q was seen: %v", k.Frame, e)
		default:
			require.Fail(s.t, "an error of the wrong kind", "%q: %v", k.Frame, k.Err)
		}
	}
}

func TestStorm(t *testing.T) {
	for name, in := range shelters {
		t.Run(name, func(t *testing.T) {
			start, simulated := time.Now(), time.Duration(0)
			for seed := *first; seed < *first+*seeds; seed++ {
				// The story is only told again where the seed failed.
				if !t.Run(strconv.Itoa(seed), func(t *testing.T) {
					s := blow(t, in, seed, true)
					simulated += s.Now()
					s.check()
				}) {
					tail(t, blow(t, in, seed, false).Story())
					return
				}
			}
			t.Logf("%d seeds, %.0f hours simulated, %.0f seeds a second",
				*seeds, simulated.Hours(), float64(*seeds)/time.Since(start).Seconds())
		})
	}
}

// tail logs the end of a story.
func tail(t *testing.T, story string) {
	t.Log("the end of the story:\n" + story[max(0, len(story)-10_000):])
}
