package storm

import (
	"context"
	"math/rand/v2"
	"time"
)

// clientKinds is what happens to the clients, and what their callers do.
func clientKinds() map[string]kind {
	return map[string]kind{
		"suspend": {weight: 2, fill: during(100*time.Millisecond, 2*time.Minute), sim: func(s *storm, a Act) {
			s.slot(a).c.Suspend(a.For)
		}},
		"stop": {weight: 2, fill: during(time.Millisecond, 20*time.Second), sim: func(s *storm, a Act) {
			s.slot(a).c.Stall(a.For)
		}},
		"jump": {
			weight: 2,
			fill:   func(r *rand.Rand, a *Act) { a.For = between(r, -time.Hour, time.Hour) },
			sim:    func(s *storm, a Act) { s.slot(a).c.JumpWall(a.For) },
		},
		"ask": {
			fair: true, fill: asking(3),
			sim:  func(s *storm, a Act) { s.ask(a, s.load.Ask) },
			live: func(l *live, a Act) { l.ask(a, l.load.Ask) },
		},
		"flood": {
			weight: 1, fill: asking(500),
			sim:  func(s *storm, a Act) { s.ask(a, s.load.Flood) },
			live: func(l *live, a Act) { l.ask(a, l.load.Flood) },
		},
		"cancel": {
			weight: 2, sim: func(s *storm, a Act) { s.slot(a).cancel(context.Canceled) },
			live: func(l *live, a Act) { l.slot(a).cancelAll() },
		},
		"reconnect": {
			weight: 1, fair: true, sim: func(s *storm, a Act) { s.slot(a).c.ReconnectNow() },
			live: func(l *live, a Act) { l.slot(a).reconnect() },
		},
		"close": {
			weight: 1, fill: during(0, 3*time.Second), sim: func(s *storm, a Act) { s.reopen(a, false) },
			live: func(l *live, a Act) { l.reopen(a, false) },
		},
		"shutdown": {
			weight: 1, fill: during(0, 8*time.Second), sim: func(s *storm, a Act) { s.reopen(a, true) },
			live: func(l *live, a Act) { l.reopen(a, true) },
		},
	}
}
