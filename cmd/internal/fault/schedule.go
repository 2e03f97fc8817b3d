package fault

import (
	"math/rand/v2"
	"slices"
	"time"
)

// Never is the time at which nothing is due.
const Never = time.Duration(1<<63 - 1)

// Change is a fault that begins or ends.
type Change struct {
	Fault  Fault
	Begins bool
}

// Schedule says when faults begin and end. It is a passive value, without a
// clock: times count from its start, and Advance must not be given earlier
// ones than before. Equal seeds, faults and times give equal changes.
type Schedule struct {
	seed    uint64
	entries []*entry
	random  uint64 // entries at random, so far
}

// entry is one fault of a schedule.
type entry struct {
	fault   Fault
	chance  *rand.Rand
	begins  time.Duration // Never: not by time, or no more
	ends    time.Duration // Never: it is off, or stays
	command int           // begins with that one, from 1; 0: not by count, or no more
	on      bool
}

// NewSchedule makes an empty schedule; seed decides what happens at random.
func NewSchedule(seed uint64) *Schedule { return &Schedule{seed: seed} }

// Add takes up a fault at a time, when so many commands have come: what it says
// counts from there.
func (s *Schedule) Add(now time.Duration, commands int, f Fault) {
	e := &entry{fault: f, begins: Never, ends: Never}
	switch {
	case f.mean > 0:
		// Each its own source: what others do does not move it.
		s.random++
		e.chance = rand.New(rand.NewPCG(s.seed, s.random))
		e.begins = now + e.pause()
	case f.count > 0:
		e.command = commands + f.count
	default:
		e.begins = now + f.after
	}
	s.entries = append(s.entries, e)
}

// pause is the time to the next random fault: exponential, so that it is as
// likely at any moment as at any other.
func (e *entry) pause() time.Duration {
	return time.Duration(e.chance.ExpFloat64() * float64(e.fault.mean))
}

// Advance gives the changes that are due, in the order of their times.
// commands is how many have come so far, since before the first Add.
func (s *Schedule) Advance(now time.Duration, commands int) (changes []Change) {
	for {
		e, at := s.first()
		if e == nil || at > now {
			break
		}
		changes = append(changes, e.step(at))
	}
	defer s.forget()
	for _, e := range s.entries {
		if e.command > 0 && e.command <= commands {
			e.command = 0
			changes = append(changes, e.step(now))
		}
	}
	return changes
}

// Next is when Advance has something to do, as far as time decides it.
func (s *Schedule) Next() time.Duration {
	_, at := s.first()
	return at
}

// first is the entry that is due first; of several, the one added first.
func (s *Schedule) first() (*entry, time.Duration) {
	var first *entry
	at := Never
	for _, e := range s.entries {
		if due := min(e.begins, e.ends); due < at {
			first, at = e, due
		}
	}
	return first, at
}

// step begins or ends the fault.
func (e *entry) step(now time.Duration) Change {
	if e.on {
		e.end(now)
		return Change{Fault: e.fault}
	}
	e.begins = Never
	switch {
	case e.fault.lasts > 0:
		e.on, e.ends = true, now+e.fault.lasts
	case !e.fault.Act():
		e.on = true
	default:
		e.again(now)
	}
	return Change{Fault: e.fault, Begins: true}
}

func (e *entry) end(now time.Duration) {
	e.on, e.ends = false, Never
	e.again(now)
}

// again chooses the next time of a random fault.
func (e *entry) again(now time.Duration) {
	if e.fault.mean > 0 {
		e.begins = now + e.pause()
	}
}

// comes reports whether the fault is still to come.
func (e *entry) comes() bool { return e.begins != Never || e.command > 0 }

// Active are the faults that are on, in the order in which they were added.
func (s *Schedule) Active() []Fault {
	return s.list(func(e *entry) bool { return e.on })
}

// Waiting are the faults that are still to come.
func (s *Schedule) Waiting() []Fault {
	return s.list(func(e *entry) bool { return !e.on && e.comes() })
}

func (s *Schedule) list(keep func(*entry) bool) (out []Fault) {
	for _, e := range s.entries {
		if keep(e) {
			out = append(out, e.fault)
		}
	}
	return out
}

// Heal ends the faults that are on. Those at random come again, and those that
// are still to come will come.
func (s *Schedule) Heal(now time.Duration) {
	for _, e := range s.entries {
		if e.on {
			e.end(now)
		}
	}
	s.forget()
}

// forget drops entries of which nothing is to come.
func (s *Schedule) forget() {
	s.entries = slices.DeleteFunc(s.entries, func(e *entry) bool {
		return !e.on && !e.comes()
	})
}
