package storm

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
)

// play does all acts, and then lets the trouble end, the clients come back, and
// end.
func (s *storm) play(script Script) {
	began := s.w.Now()
	for _, a := range s.slots {
		a.c.Start()
	}
	for _, act := range script.Acts {
		s.w.Run(max(0, began+act.At-s.w.Now()))
		s.revive()
		if !kinds[act.Kind].fair {
			s.faults++
		}
		kinds[act.Kind].sim(s, act)
	}
	s.mend()
	s.w.Run(recovery / 2)
	s.revive()
	s.w.Run(recovery / 2)
	s.end(script)
}

func (s *storm) mend() {
	n := s.w.Network
	n.Restore()
	n.Loss(0)
	n.Sip(0)
	n.Handshakes(simulate.Honest)
	n.Latency(100*time.Microsecond, 2*time.Millisecond)
	for i := range maxAddresses {
		n.Accept(i)
	}
	s.fake.heal()
	s.fake.offer(s.load, true)
	s.calm = s.w.Now()
	for _, a := range s.actors {
		s.calm = max(s.calm, a.c.Back())
	}
	s.w.Run(s.calm - s.w.Now())
}

// revive opens a client anew where a refusal has ended it.
func (s *storm) revive() {
	for i, a := range s.slots {
		if a.c.State() == session.Closed && !a.ending {
			s.open(i)
		}
	}
}

func (s *storm) open(slot int) {
	a := s.actor(s.w.NewClient())
	s.slots[slot] = a
	a.c.Start()
}

// end closes one client in good order, and the rest at once.
func (s *storm) end(script Script) {
	s.over = true
	s.last = s.w.Now()
	s.slots[script.Seed%clients].c.Shutdown()
	s.w.Run(farewell)
	for _, a := range s.actors {
		a.c.Close()
	}
	s.w.Run(afterwards)
}
