package session

import "time"

// closingTime is what a server gets to close its side of a link after we did, where
// each command has a connection of its own.
const closingTime = time.Second

// spent reports whether a link has done what it was for, where each command has a
// connection of its own: it bore one, or nobody has one for it.
func (s *Session) spent() bool {
	return s.plan.PerCommand && s.state.Up() && (s.link.used || s.queue.callers.n == 0)
}

// resting reports whether the client is between two such connections.
func (s *Session) resting() bool {
	return s.plan.PerCommand && s.state == Idle && s.link.epoch > 0
}

// depart is what follows a link that was closed in order: the next command's link, or
// rest. What went well is forgiven, as a link that stays is once it is stable.
func (s *Session) depart() {
	s.cut()
	s.clearControl()
	s.settle(ErrLinkLost) // tombstones
	s.schedule.failures, s.schedule.attempts = 0, 0
	s.schedule.lastErr = nil
	s.shift(rested, nil, 0)
	for c := s.queue.callers.head; c != nil; c = c.entry.next {
		c.entry.deadline = s.now.Mono + s.plan.Timeouts.Ready
	}
	s.wake()
}

// wake dials where a command waits for a link of its own.
func (s *Session) wake() {
	if s.resting() && s.queue.callers.n > 0 {
		s.countsAgain()
		s.dial(started, nil)
	}
}
