package storm

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/linewright/linewright/runtime/simulate"
)

func (s *storm) slot(a Act) *actor { return s.slots[a.Who%clients] }

// ask lets callers ask so many things at once. Some have little patience.
func (s *storm) ask(act Act, what func(h Handle, r *rand.Rand, n int) Op) {
	r := rand.New(rand.NewPCG(act.Seed, 0x61736b))
	a := s.slot(act)
	for range act.N {
		s.number++
		op := what(a.h, r, s.number)
		patience := between(r, 0, 12*time.Second)
		impatient := r.IntN(4) == 0
		g := s.w.GoWith(func(g *simulate.Caller) {
			got, err := op.Do(context.Background())
			if len(g.Calls) > 0 {
				a.told[g.Calls[0]] = answer{got, err}
			}
		})
		if len(g.Calls) == 0 {
			continue // it could not be encoded
		}
		k := g.Calls[0]
		a.asked[k] = op
		if impatient && !k.Detached {
			s.w.After(patience, func() { k.Cancel(context.DeadlineExceeded) })
		}
	}
}

// cancel ends the context of everybody who waits.
func (a *actor) cancel(cause error) {
	for _, k := range a.c.Calls {
		if !k.Done && !k.Detached {
			k.Cancel(cause)
		}
	}
}

// reopen closes a client, at once or in good order, and opens another later.
func (s *storm) reopen(act Act, gently bool) {
	slot := act.Who % clients
	old := s.slots[slot]
	if old.ending {
		return
	}
	old.ending = true
	if gently {
		old.c.Shutdown()
	} else {
		old.c.Close()
	}
	s.w.After(act.For, func() {
		old.c.Close()
		if s.slots[slot] == old && !s.over {
			s.open(slot)
		}
	})
}
