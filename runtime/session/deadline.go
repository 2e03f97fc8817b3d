package session

import (
	"fmt"
	"time"
)

// Deadline is when Tick is to be called next; ok is false where nothing is due.
// It may move after every step.
func (s *Session) Deadline() (at time.Duration, ok bool) {
	s.wakes()
	switch s.state {
	case Idle:
		at = s.queueDeadline()
	case Closed:
	case Backoff:
		at = sooner(sooner(s.schedule.at, s.giveUpAt()), s.queueDeadline())
	default:
		at = sooner(s.linkDeadline(), sooner(s.giveUpAt(), s.queueDeadline()))
	}
	return at, at != 0
}

func (s *Session) queueDeadline() time.Duration {
	if c := s.queue.callers.head; c != nil && !s.state.Up() && s.state != Draining {
		return c.entry.deadline
	}
	return 0
}

// linkDeadline is the earliest of what the link's parts wait for.
func (s *Session) linkDeadline() time.Duration {
	at := s.expiry()
	if at != 0 {
		at = max(at, s.passing.drain)
	}
	return sooner(sooner(at, s.paced()), s.watchdog.next(s))
}

// expiry is the earliest of what may end by its time, the watchdog left out.
func (s *Session) expiry() time.Duration {
	at := sooner(s.passing.deadline, s.flight.check)
	at = sooner(at, s.batch.deadline)
	at = sooner(at, s.script.retryAt)
	at = sooner(at, s.sequence.retryAt)
	if s.passing.frameAt != 0 {
		at = sooner(at, s.passing.frameAt+s.plan.Timeouts.Frame)
	}
	return at
}

// Tick does what is due. The driver calls it at Deadline, or later.
func (s *Session) Tick(now Now) {
	s.at(now)
	if s.state == Backoff && now.Mono >= s.schedule.at {
		s.dial(waited, nil)
	}
	if s.link.phase != noLink {
		s.tickLink()
	}
	if s.state != Closed {
		s.expireQueue()
		s.giveUpNow()
	}
}

// tickLink looks at every deadline of the link; each may end it. The watchdog
// comes first: it says best why.
func (s *Session) tickLink() {
	s.watchdog.check(s)
	if s.link.phase == noLink || s.stopped() {
		s.flush()
		return
	}
	for _, check := range [...]func(){
		s.expirePhase, s.expireWrite, s.expireFrame, s.expire, s.retryStep,
		s.retrySequence, func() { s.watchdog.check(s) }, // a command that ended may have held a probe back
	} {
		if s.link.phase == noLink {
			return
		}
		check()
	}
	s.drained() // what ended by its deadline may have been the last
	s.flush()
}

// stopped reports that the process was, and has just gone on: a deadline is
// long past. (The watchdog looks at its own.)
func (s *Session) stopped() bool {
	now, drain := s.now.Mono, s.passing.drain
	if now < drain {
		return true
	}
	at := s.expiry()
	if at == 0 || now-max(at, drain) < drainTime {
		return false // in time, or just drained
	}
	s.readFirst()
	return true
}

// expirePhase ends a link whose connect, greeting, login or close takes too long.
func (s *Session) expirePhase() {
	if d := s.passing.deadline; d == 0 || s.now.Mono < d {
		return
	}
	switch s.link.phase {
	case dialing:
		s.lose(fmt.Errorf("%w: connect", ErrTimeout))
	case greeting:
		s.lose(fmt.Errorf("%w: no greeting", ErrTimeout))
	case halfClosed:
		s.leave()
	default:
		s.lose(fmt.Errorf("%w: login", ErrTimeout))
	}
}

// giveUpNow ends the client when give_up's time is over between two dials.
func (s *Session) giveUpNow() {
	if at := s.giveUpAt(); at != 0 && s.now.Mono >= at {
		s.giveUp()
	}
}

// sooner is the earlier of two times of which 0 means never.
func sooner(a, b time.Duration) time.Duration {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
