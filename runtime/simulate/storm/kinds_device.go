package storm

import (
	"bytes"
	"fmt"
	"time"
)

// both is done by the device, whoever drives the clients.
func (k kind) both(do func(f *Fake, load *Workload, a Act)) kind {
	k.sim = func(s *storm, a Act) { do(s.fake, s.load, a) }
	k.live = func(l *live, a Act) { do(l.fake, l.load, a) }
	return k
}

// deviceKinds is the trouble that the device makes.
func deviceKinds() map[string]kind {
	type load = *Workload
	heals := func(weight int) kind { return kind{weight: weight, mend: "heal"} }
	hurts := func(weight int) kind { return kind{weight: weight, mend: "heal", loses: true} }
	split := heals(2)
	split.fill = upTo(5)
	stall := heals(2)
	stall.fill = upTo(12)
	drip := heals(2)
	drip.fill = during(time.Millisecond, 9*time.Second)
	delays := heals(2)
	delays.fill = during(time.Millisecond, 12*time.Second)
	return map[string]kind{
		"silence":    hurts(2).both(func(f *Fake, _ load, _ Act) { f.Silence() }),
		"black-hole": heals(3).both(func(f *Fake, _ load, _ Act) { f.BlackHole() }),
		"deaf":       heals(2).both(func(f *Fake, _ load, _ Act) { f.StopReading() }),
		"stall":      stall.both(func(f *Fake, _ load, a Act) { f.StallMidFrame(a.N) }),
		"split":      split.both(func(f *Fake, _ load, a Act) { f.SplitEvery(a.N) }),
		"drip":       drip.both(func(f *Fake, _ load, a Act) { f.Drip(a.For) }),
		"delay":      delays.both(func(f *Fake, _ load, a Act) { f.Delay(a.For) }),
		"late":       delays.both(func(f *Fake, _ load, a Act) { f.LateReplies(a.For) }),
		"twice":      heals(2).both(func(f *Fake, _ load, _ Act) { f.twice.Store(true) }),
		"lose-acks": kind{weight: 1, mend: "heal", loses: true, fill: upTo(3)}.both(func(f *Fake, l load, a Act) {
			plan := l.Plan(0)
			if p := plan.Liveness.Probe; p != nil {
				f.DropReplies(plan.Commands[p.Step.Command].Name, a.N)
			}
		}),
		"accept-close":  heals(2).both(func(f *Fake, _ load, _ Act) { f.AcceptAndClose() }),
		"refuse-dial":   heals(1).both(func(f *Fake, _ load, _ Act) { f.RefuseDial() }),
		"hang-dial":     heals(1).both(func(f *Fake, _ load, _ Act) { f.HangDial() }),
		"refuse-login":  kind{weight: 2}.both(func(f *Fake, l load, _ Act) { f.Next().RefuseLogin(l.Denied) }),
		"denial":        heals(1).both(func(f *Fake, l load, _ Act) { f.deny(l) }),
		"half-close":    kind{weight: 2}.both(func(f *Fake, _ load, _ Act) { f.HalfClose() }),
		"hang-up":       kind{weight: 2}.both(func(f *Fake, _ load, _ Act) { f.Hangup() }),
		"reset-by-peer": kind{weight: 2}.both(func(f *Fake, _ load, _ Act) { f.Reset() }),
		"garbage":       kind{weight: 1, fill: asking(40)}.both(func(f *Fake, _ load, a Act) { f.Garbage(garbage(a)) }),
		"emit":          kind{weight: 4, fair: true, fill: asking(5)}.both(emit),
		"heal": kind{weight: 2, fair: true}.both(func(f *Fake, _ load, _ Act) {
			f.heal()
		}),
	}
}

// heal ends every fault.
func (f *Fake) heal() {
	f.twice.Store(false)
	f.Heal()
}

// deny refuses every login, where one can be refused.
func (f *Fake) deny(l *Workload) {
	if l.Denied != "" {
		f.RefuseLogin(l.Denied)
	}
}

// garbage is bytes that no protocol has.
func garbage(a Act) []byte {
	b := bytes.Repeat([]byte{byte(1 + a.Seed%8)}, a.N)
	if a.Seed%3 > 0 {
		b = fmt.Appendf(b, "\x01\r\n")
	}
	return b
}

// emit sends events. Their numbers come from the act, so that they do not
// depend on other acts.
func emit(f *Fake, l *Workload, a Act) {
	for i := range a.N {
		if l.Event != nil {
			f.Emit(l.Event(int(a.Seed)*10 + i))
		}
	}
}
