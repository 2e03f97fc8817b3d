package session

import "bytes"

// answer sends what the spec says answers m, unless that waits until m is handled.
// It reports whether m is a message that may be answered.
func (s *Session) answer(m int, frame []byte) bool {
	a := s.answerTo(m)
	if a == nil {
		return false
	}
	if !a.Handled {
		s.respond(a, frame)
	}
	return true
}

// Handled says that the program has handled an event: its answer is sent, if the
// link that it came on is still there. frame is the event's.
func (s *Session) Handled(now Now, e Epoch, m int, frame []byte) {
	s.at(now)
	if a := s.answerTo(m); a != nil && a.Handled && s.link.connected(e) {
		s.respond(a, frame)
	}
}

// awaits is the link on which an event is to be answered once it is handled; 0: it
// is not.
func (s *Session) awaits(m int, frame []byte) Epoch {
	a := s.answerTo(m)
	if a == nil || !a.Handled {
		return 0
	}
	s.vars.Request = frame
	defer func() { s.vars.Request = nil }()
	if !s.applies(&a.Step) {
		return 0
	}
	return s.link.epoch
}

// answerTo is the answer to m; nil: there is none.
func (s *Session) answerTo(m int) *Answer {
	for i := range s.plan.Answers {
		if a := &s.plan.Answers[i]; a.Message == m {
			return a
		}
	}
	return nil
}

// respond sends an answer, if its condition holds.
func (s *Session) respond(a *Answer, frame []byte) {
	if s.link.phase == halfClosed {
		return // nothing can be sent any more
	}
	s.vars.Request = bytes.Clone(frame)
	defer func() { s.vars.Request = nil }()
	if !s.applies(&a.Step) {
		return
	}
	if c, ok := s.encode(&a.Step, forAnswer); ok {
		s.control(c)
	}
}
