package session

// unanswered reports whether nothing answers a command.
func (c *Command) unanswered() bool { return len(c.Replies)+len(c.Each) == 0 }

// Answered reports whether something answers a command.
func (c *Command) Answered() bool { return !c.unanswered() }

// untilClosed reports whether a command is answered with all that comes until the
// server closes the link.
func (c *Command) untilClosed() bool { return len(c.Replies) == 0 && len(c.Each) > 0 }

// conclude ends the command after which the server closes the link, which it just
// has: in order, and not within a frame. One with a reply is none of these, for that
// has not come.
func (s *Session) conclude() {
	if s.link.phase != up || s.passing.frameAt != 0 {
		return
	}
	for _, list := range [...]*calls{&s.flight.list, &s.batch.unanswered} {
		for c := list.head; c != nil; c = c.entry.next {
			if command := &s.plan.Commands[c.Command]; command.Closes && len(command.Replies) == 0 {
				if !s.behind(c) {
					s.concluded(c)
				}
				return
			}
		}
	}
}

// behind reports whether the server owes the answer to another command before it comes
// to c.
func (s *Session) behind(c *Call) bool {
	head := s.flight.list.head
	return s.plan.Match == MatchOrder && head != nil && head != c
}

func (s *Session) concluded(c *Call) {
	if s.plan.PerCommand || s.state == Draining {
		s.link.phase = halfClosed // the link has done what it was for
	}
	if c.entry.place == inFlight {
		s.land(c)
	} else {
		s.batch.unanswered.remove(c)
	}
	s.announce(c)
	s.finishReply(c, None, nil)
}
