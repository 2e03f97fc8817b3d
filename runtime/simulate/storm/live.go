package storm

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// live is a script that is played to clients of the goroutine driver, each with
// its own timer or all with an engine's. What it records comes from what any user
// has: states, stats, outcomes, and a dialer.
type live struct {
	script Script
	load   *Workload
	plan   *session.Plan
	fake   *Fake
	shakes *handshakes
	secure bool
	engine *runtime.Engine // of every other script; nil: each client drives itself
	slow   atomic.Int64    // bytes that the device takes each 10 ms; 0: all
	start  time.Time
	users  sync.WaitGroup // every goroutine

	mu     sync.Mutex // for what follows, and the recordings of the players
	slots  [clients]*player
	actors []*player
	number int
	over   bool
}

// player is one client and those who use it.
type player struct {
	l        *live
	h        Handle
	ctx      context.Context // of its calls; another after each cancelAll
	cancel   context.CancelFunc
	ending   bool
	watching chan struct{} // closed once its states are followed
	record   check.Client
}

// Live plays a script under the goroutine driver, and returns once nothing of it
// is left. It belongs in a testing/synctest bubble: it takes minutes of its time.
// Clocks cannot be changed there, so acts that do so are left out.
func Live(script Script, load *Workload) *check.Run {
	l := newLive(script, load)
	for i := range l.slots {
		l.open(i)
	}
	l.blow()
	r := &check.Run{Plan: l.plan, Ack: load.Ack, TLS: l.secure, Calm: l.calm()}
	<-time.After(recovery / 2)
	l.revive()
	<-time.After(recovery / 2)
	r.Last = l.now()
	l.end()
	<-time.After(afterwards)
	l.users.Wait()
	_ = l.fake.Close()
	r.End, r.Doubles, r.Seen = l.now(), l.fake.doubled.Load(), seen(l.plan, l.fake, load, l.fake.History())
	for _, p := range l.actors {
		r.Clients = append(r.Clients, p.left(r.End))
	}
	return r
}

func newLive(script Script, load *Workload) *live {
	l := &live{script: script, load: load, plan: load.Plan(script.Seed), shakes: newHandshakes(), start: time.Now()}
	// Where the ack alone is life, a checker must see it.
	l.secure = secured(script.Seed, load) && !l.plan.Liveness.AckOnly
	if script.Seed%2 == 1 {
		l.engine = runtime.NewEngine()
	}
	var opts []device.Option
	if script.Seed%3 == 0 {
		opts = append(opts, device.WithBuffer(2000))
	}
	if l.secure {
		opts = append(opts, device.WithTLS(l.shakes.device()))
	}
	l.fake = &Fake{Device: device.New(l.plan, opts...)}
	load.Serve(l.fake)
	return l
}

// blow does all acts.
func (l *live) blow() {
	for _, act := range l.script.Acts {
		<-time.After(act.At - l.now())
		l.revive()
		if do := kinds[act.Kind].live; do != nil {
			do(l, act)
		}
	}
}

// calm mends everything, and says when it has.
func (l *live) calm() time.Duration {
	l.fake.heal()
	l.fake.offer(l.load, true)
	l.slow.Store(0)
	l.shakes.goes(simulate.Honest)
	return l.now()
}

func (l *live) now() time.Duration { return time.Since(l.start) }

// ask lets callers ask so many things. Few come one after the other, a
// millisecond after what came before, so that their order is known; a flood
// comes at once.
func (l *live) ask(act Act, what func(h Handle, r *rand.Rand, n int) Op) {
	r := rand.New(rand.NewPCG(act.Seed, 0x61736b))
	p := l.slot(act)
	for range act.N {
		l.number++
		op := what(p.h, r, l.number)
		patience := between(r, 0, 12*time.Second)
		if r.IntN(4) > 0 {
			patience = 0
		}
		if act.Kind != "flood" {
			<-time.After(time.Millisecond)
		}
		p.call(op, patience)
	}
}
