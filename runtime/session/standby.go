package session

import "time"

// standby is the long poll of a link.
type standby struct {
	call        *Call // in the queue, or in flight; nil: none
	interrupted bool
}

// stand begins the long poll where there is nothing else to do, and interrupts it
// where there is; one that is not handed over yet is taken back.
func (s *Session) stand() {
	if s.plan.Standby == nil || s.link.phase != up || !s.mayStand() {
		return
	}
	b := &s.standby
	wanted := s.wanted()
	switch {
	case b.call == nil && !wanted && s.atRest():
		s.poll()
	case b.call == nil || !wanted || b.interrupted:
	case b.call.entry.place == queued:
		s.takeBack()
	default:
		s.interrupt()
	}
}

// mayStand reports whether there may be a long poll in the link's mode.
func (s *Session) mayStand() bool {
	return s.standby.call != nil || !s.changing() && s.has(s.plan.Commands[s.plan.Standby.Send.Command].Shape.In)
}

// wanted reports whether there is something to send, or to end, but the poll.
func (s *Session) wanted() bool {
	if s.sequence.holds() {
		return true
	}
	own := 0
	if c := s.standby.call; c != nil && c.entry.place == queued {
		own = 1
	}
	return s.watchdog.wanted || s.queue.control.n > own || s.queue.callers.n > 0 || s.state == Draining
}

// atRest reports whether no reply is awaited. In order, an overdue one is, too: the
// poll would stand in line behind it.
func (s *Session) atRest() bool {
	f := &s.flight
	return s.script.current == nil && (f.list.n == 0 || s.plan.Match != MatchOrder && f.list.n == int(f.expired))
}

// poll queues the long poll.
func (s *Session) poll() {
	c, ok := s.encode(&s.plan.Standby.Send, forStandby)
	if !ok {
		return
	}
	c.entry = entry{role: forStandby, place: queued}
	s.standby.call = c
	s.queue.control.pushBack(c)
}

// takeBack ends a long poll that is in the queue.
func (s *Session) takeBack() {
	c := s.standby.call
	s.standby = standby{}
	s.queue.removeControl(c)
	s.freeID(c)
	s.drained()
}

// interrupt queues what ends the long poll, before all else. From now on its reply
// has its time, and that of a probe, in whose place it may be asked for.
func (s *Session) interrupt() {
	b := &s.standby
	c, ok := s.encode(&s.plan.Standby.Interrupt, forAnswer)
	if !ok {
		return
	}
	b.interrupted = true
	c.entry = entry{role: forAnswer, place: queued}
	c.Message = None
	s.queue.answers++
	s.queue.control.pushFront(c)
	within := s.plan.Timeouts.Reply
	if p := s.watchdog.asks; p != nil {
		within = max(within, time.Duration(p.Misses)*p.Timeout)
	}
	b.call.entry.deadline = s.now.Mono + within
	s.flight.checkBy(b.call.entry.deadline)
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

// stood ends the long poll by its reply, which is an event, or says that nothing has
// happened. An error would come again as often as it is asked, so it ends the link,
// and is met at the pace of reconnects.
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
