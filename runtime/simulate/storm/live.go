package storm

import "math/rand/v2"

type live struct {
	fake *Fake
	load *Workload
}
type liveActor struct{}

func (l *live) slot(a Act) *liveActor                                  { return nil }
func (l *live) ask(a Act, what func(h Handle, r *rand.Rand, n int) Op) {}
func (l *live) reopen(a Act, gently bool)                              {}
func (a *liveActor) cancelAll()                                        {}
func (a *liveActor) reconnect()                                        {}
