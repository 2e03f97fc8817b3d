package session

// TransitionTable prints what can happen in each state.
func TransitionTable() []string {
	var lines []string
	for s := Idle; s <= Closed; s++ {
		line := s.String() + ":"
		for c := range causes {
			if to, ok := transition(s, c); ok {
				line += " " + c.String() + "→" + to.String()
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// Stalled reports a session that has something to do, and would never be asked
// to: frames that nobody fetches, or a Shutdown that does not go on.
func (s *Session) Stalled() bool {
	b := &s.batch
	if s.link.phase > dialing && s.sendable() && !b.asked && !b.writing && s.link.phase != halfClosed {
		return true
	}
	return s.state == Draining && s.link.phase == up && s.script.current == nil && !b.writing &&
		s.queue.callers.n == 0 && s.flight.slots == 0 && b.unanswered.n == 0
}

// Sums reports whether the counts of what is in flight fit the list.
func (s *Session) Sums() bool {
	f := flight{awaited: make([]int, len(s.plan.Messages))}
	for c := s.flight.list.head; c != nil; c = c.entry.next {
		f.list.n++
		f.count(s, c, 1)
	}
	answers := 0
	for c := s.queue.control.head; c != nil; c = c.entry.next {
		if c.entry.role == forAnswer {
			answers++
		}
	}
	g := &s.flight
	return f.list.n == g.list.n && f.slots == g.slots && f.expired == g.expired && f.unacked == g.unacked && f.modal == g.modal && f.probes == g.probes &&
		answers == s.queue.answers
}
