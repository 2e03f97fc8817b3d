package session

// standby is the long poll of a link.
type standby struct {
	call        *Call // in the queue, or in flight; nil: none
	interrupted bool
}

// stand begins the long poll where there is nothing else to do, and interrupts it
// where there is.
func (s *Session) stand() {
	plan := s.plan.Standby
	if plan == nil || s.link.phase != up {
		return
	}
	b := &s.standby
	wanted := s.watchdog.wanted || s.queue.control.n > 0 || s.queue.callers.n > 0 || s.state == Draining
	switch {
	case b.call == nil && !wanted && s.flight.list.n == 0 && s.script.current == nil:
		c, ok := s.encode(&plan.Send, forStandby)
		if !ok {
			return
		}
		c.entry = entry{role: forStandby, place: queued}
		b.call, b.interrupted = c, false
		s.queue.control.pushBack(c)
	case b.call != nil && b.call.entry.place == inFlight && wanted && !b.interrupted:
		c, ok := s.encode(&plan.Interrupt, forAnswer)
		if !ok {
			return
		}
		b.interrupted = true
		c.entry = entry{role: forAnswer, place: queued}
		c.Message = None
		s.pushInterrupt(c)
		b.call.entry.deadline = s.now.Mono + s.plan.Timeouts.Reply
		s.flight.checkBy(b.call.entry.deadline)
	}
}

// pushInterrupt puts the interrupt before all else.
func (s *Session) pushInterrupt(c *Call) {
	s.queue.answers++
	s.queue.control.pushFront(c)
}

// standing reports whether the long poll waits, so that c may not be sent. The
// interrupt may.
func (s *Session) standing(c *Call) bool {
	b := &s.standby
	if b.call == nil || b.call == c || b.call.entry.place != inFlight {
		return false
	}
	return c == nil || c.Command != s.plan.Standby.Interrupt.Command || c.entry.role != forAnswer
}

// stood ends the long poll by its reply, which is an event, or says that nothing
// has happened. An error would come again as often as it is asked, so it ends the
// link, and is met at the pace of reconnects.
func (s *Session) stood(c *Call, frame []byte) {
	if s.standby.call != c {
		return
	}
	s.standby = standby{}
	switch c.Class {
	case ClassNone:
		s.drained()
	case ClassRefused:
		s.lose(s.stepError(c, frame, ErrRefused))
	case ClassRetry:
		s.lose(s.stepError(c, frame, ErrNotReady))
	default:
		s.lose(s.stepError(c, frame, ErrProtocol))
	}
}
