package session

import (
	"slices"
	"unsafe"
)

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
	s.wakes()
	b := &s.batch
	if s.link.phase > dialing && s.sendable() && !b.asked && !b.writing && s.link.phase != halfClosed {
		return true
	}
	if s.state == Draining && s.link.phase == up && s.script.current == nil && !b.writing &&
		!s.sequence.holds() && s.queue.callers.n == 0 && s.flight.slots == 0 && b.unanswered.n == 0 && s.standby.call == nil {
		return true
	}
	if q := &s.sequence; q.broken != nil && s.link.phase == up && !b.asked && !b.writing {
		return true
	}
	return s.hushed() || s.forgotten()
}

// hushed reports what is too early to be sent, and would not be sent in time.
func (s *Session) hushed() bool {
	waits := s.watchdog.wanted && !s.standing(nil)
	if c := s.queue.control.head; c != nil {
		waits = waits || s.mayControlSoon(c)
	}
	if c := s.queue.callers.head; c != nil {
		waits = waits || s.mayCallSoon(c)
	}
	b := &s.batch
	return waits && s.link.phase > dialing && s.link.phase != halfClosed && !b.asked && !b.writing && !s.sendable() && s.paced() <= s.now.Mono
}

// forgotten reports a long poll that is to begin, or to be interrupted, and is not.
func (s *Session) forgotten() bool {
	if s.plan.Standby == nil || s.link.phase != up || s.batch.writing || s.batch.asked {
		return false
	}
	c := s.standby.call
	if c == nil {
		return !s.wanted() && s.atRest()
	}
	return s.wanted() && !s.standby.interrupted
}

// Echoed are the bytes of lines of which an echo may come.
func (s *Session) Echoed() (n int) {
	for _, line := range s.stream.echoes {
		n += len(line)
	}
	return n
}

// Held are the ids in use that no lasting call has.
func (s *Session) Held() int {
	n := len(s.ids.held)
	if s.lasting == nil {
		return n
	}
	for _, e := range s.lasting.entries {
		if e.command != None && e.id != 0 {
			n--
		}
	}
	return n
}

// IdlePosts is how many posts the session holds that are not in use.
func (s *Session) IdlePosts() (n int) {
	if s.busy == nil {
		return 0
	}
	for p := s.batch.posts; p != nil; p = p.next {
		n++
	}
	return n
}

// sums are those of the callers' queue.
func (q *queue) sums() (n, bytes int, more, crowd int32) {
	for c := q.callers.head; c != nil; c = c.entry.next {
		n++
		bytes += len(c.Frame)
		if p := c.entry.post; p != nil {
			more += int32(p.commands - 1)
		}
		if c.entry.crowds {
			crowd++
		}
	}
	return n, bytes, more, crowd
}

// Sums reports whether the counts of what waits and is in flight fit the lists.
func (s *Session) Sums() bool {
	s.wakes()
	f := flight{awaited: make([]int32, len(s.flight.awaited))}
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
	g, q := &s.flight, &s.queue
	if n, bytes, more, crowd := q.sums(); n != q.callers.n || bytes != q.bytes || more != q.more || crowd != q.crowd {
		return false
	}
	return f.list.n == g.list.n && f.slots == g.slots && f.expired == g.expired && f.unacked == g.unacked && f.modal == g.modal && f.probes == g.probes &&
		answers == int(s.queue.answers) && slices.Equal(f.awaited, g.awaited)
}

// Size is what an idle session takes, in bytes.
const Size = unsafe.Sizeof(Session{})
