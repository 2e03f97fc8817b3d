package explain

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/linewright/linewright/runtime/backoff"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// outage is what a simulated client goes through. It has been ready for long when the
// connection is lost, at time 0.
type outage struct {
	length  time.Duration
	noticed time.Duration // when the client knows of the loss
	// silent: dials meanwhile are not answered, and fail after Timeouts.Connect;
	// else they are refused at once.
	silent bool
}

// simulated is what became of it.
type simulated struct {
	back time.Duration // when it was ready again; negative: it gave up
}

// plan is what a session needs to know of a protocol to lose and find its link; there
// is no login, so that a client is ready when it is connected.
func plan(p *model.Protocol) *session.Plan {
	r, t := p.Reconnect, p.Timeouts
	return &session.Plan{
		Vendor:  p.Name,
		Framing: wire.Framing{Max: 1},
		Timeouts: session.Timeouts{
			Connect: t.Connect, Greeting: t.Greeting, Login: t.Login, Ready: t.Ready, Reply: t.Reply, Write: t.Write, Frame: t.Frame,
		},
		Reconnect: session.Reconnect{
			Initial: r.Initial, Factor: r.Factor, Max: r.Max, Jitter: r.Jitter, StableAfter: r.StableAfter,
			Refused: r.Refused, GiveUpAttempts: r.GiveUpAttempts, GiveUpElapsed: r.GiveUpElapsed,
		},
		InFlight: 1,
	}
}

// dialBudget is how many dials are simulated of an outage at most, and fewer clients
// where those would be more. A document may say that they dial every 10 ms.
const dialBudget = 3_000_000

// affordable is how many of so many clients are simulated.
func affordable(clients int, delays backoff.Schedule, o outage, failing time.Duration) int {
	dials, longest := 1, delays.Base(math.MaxInt)
	at := o.noticed
	for n := 0; at < o.length && dials < dialBudget; n++ {
		lo, hi := delays.Range(n)
		mean := (lo+hi)/2 + failing
		if hi == longest {
			dials += int(min((o.length-at)/max(mean, 1), dialBudget))
			break
		}
		at += mean
		dials++
	}
	return max(1, min(clients, dialBudget/dials))
}

// synTimes are when a dial asks again that was not answered (RFC 6298: 1 s, then twice
// as long each).
var synTimes = [...]time.Duration{0, 1 * time.Second, 3 * time.Second, 7 * time.Second, 15 * time.Second, 31 * time.Second, 63 * time.Second}

// simulate lets one session go through the outage. Dialled is told when each dial begins.
func simulate(plan *session.Plan, seed uint64, o outage, dialled func(at time.Duration)) simulated {
	s := session.New(plan, session.Options{Seed: seed})
	lost := plan.Reconnect.StableAfter + time.Second // on the session's clock
	at := func(d time.Duration) session.Now { return session.Now{Mono: d, Wall: d} }
	s.Start(at(time.Second))
	s.Effects().Reset()
	s.Dialed(at(time.Second), s.Epoch())
	s.Effects().Reset()
	now := lost + o.noticed + time.Second
	s.Lost(at(now), s.Epoch(), session.ErrLinkLost)
	for s.State() != session.Closed {
		s.Effects().Reset()
		next, ok := s.Deadline()
		if !ok {
			break
		}
		now = next
		s.Tick(at(now))
		if s.Effects().Dial == nil {
			continue
		}
		begun := now - lost - time.Second
		dialled(begun)
		if answered, ok := o.answers(begun, plan.Timeouts.Connect); ok {
			return simulated{back: answered}
		}
		if o.silent {
			now += plan.Timeouts.Connect
		}
		s.Effects().Reset()
		s.DialFailed(at(now), s.Epoch(), session.ErrLinkLost, false)
	}
	return simulated{back: -1}
}

// answers is when a dial that begins at a time is answered, if it is.
func (o outage) answers(begun, connect time.Duration) (at time.Duration, ok bool) {
	if begun >= o.length {
		return begun, true
	}
	for _, syn := range synTimes {
		if o.silent && syn < connect && begun+syn >= o.length {
			return begun + syn, true
		}
	}
	return 0, false
}

// chance gives seeds, and points of time: the same for the same seed.
func chance(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }
