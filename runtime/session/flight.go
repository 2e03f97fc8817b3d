package session

import (
	"bytes"
	"fmt"
	"slices"
	"time"
)

// maxExpired bounds the commands whose reply is overdue on one link.
const maxExpired = 1024

// maxUnacked bounds the probes among them.
const maxUnacked = 8

// flight holds the commands that were handed over and await their reply, in
// that order.
type flight struct {
	list    calls
	slots   int32   // entries that count against Plan.InFlight
	expired int32   // entries whose reply is overdue
	unacked int32   // probes among them
	probes  int32   // that are not overdue
	modal   int32   // entries that may change the mode and are not overdue
	awaited []int32 // but for MatchOrder: by message, how many entries it may answer
	// check is when expire must look; 0: nothing has a deadline. It may be
	// early, for entries leave without changing it.
	check time.Duration
}

// flies puts a call in flight.
func (s *Session) flies(c *Call) {
	f := &s.flight
	c.entry.place, c.entry.overtaken = inFlight, false
	f.list.pushBack(c)
	f.count(s, c, 1)
	if c.ID != 0 {
		s.ids.flies(c.ID, c)
	}
	if c.entry.deadline != 0 {
		f.checkBy(c.entry.deadline)
	}
}

// land takes a call out of flight; it still holds its id.
func (s *Session) land(c *Call) {
	c.entry.place = nowhere
	s.flight.list.remove(c)
	if s.flight.list.n == 0 {
		s.flight.check = 0 // so that the alarm does not ring for what has ended
	}
	s.flight.count(s, c, -1)
	if c.ID != 0 {
		s.ids.flies(c.ID, nil)
	}
}

// count keeps the sums of the entries.
func (f *flight) count(s *Session, c *Call, by int32) {
	if s.modal[c.Command] && !c.entry.expired {
		f.modal += by
	}
	switch {
	case c.entry.expired:
		f.expired += by
		if c.entry.role == forProbe {
			f.unacked += by
		}
	case c.entry.role == forProbe:
		f.probes += by
	case c.entry.role == forCaller || c.entry.role.waits():
		f.slots += by
	}
	if s.plan.Match == MatchOrder {
		return
	}
	command := &s.plan.Commands[c.Command]
	f.await(command.Replies, by)
	f.await(command.Errors, by)
	f.await(command.Each, by)
}

func (f *flight) await(list []Reply, by int32) {
	for i := range list {
		f.awaited[list[i].Message] += by
	}
}

// checkBy makes expire look at t at the latest.
func (f *flight) checkBy(t time.Duration) {
	if f.check == 0 || t < f.check {
		f.check = t
	}
}

// expire ends the calls whose reply is overdue.
func (s *Session) expire() {
	f := &s.flight
	if f.check == 0 || s.now.Mono < f.check {
		return
	}
	f.check = 0
	for c := f.list.head; c != nil; {
		next := c.entry.next
		switch d := c.entry.deadline; {
		case d == 0:
		case s.now.Mono < d:
			f.checkBy(d)
		default:
			if err := s.overdue(c); err != nil {
				s.lose(err)
				return
			}
		}
		c = next
	}
	for int(f.expired) > s.plan.maxOverdue() && s.forgetOverdue() {
	}
	if int(f.expired) > s.plan.maxOverdue() {
		s.lose(fmt.Errorf("%w: %d commands without a reply", ErrTimeout, f.expired))
	}
}

// overdue ends one call whose deadline passed; an error ends the link.
func (s *Session) overdue(c *Call) error {
	ordered := s.plan.Match == MatchOrder
	err := fmt.Errorf("%w: no reply to %s in time", ErrTimeout, s.plan.Commands[c.Command].Name)
	switch {
	case c.entry.expired:
		// The time in which a late reply is swallowed is over. One that came
		// later still would be the next command's, unless it says whose it is.
		s.discard(c)
		if s.plan.Commands[c.Command].echoes() {
			return nil
		}
		return err
	case (c.entry.role == forProbe || c.entry.role == forCaller) && s.plan.asksState(c.Command):
		// Whatever comes late is what is then: nobody must take it away.
		s.land(c)
		s.finishError(c, Unknown, err)
		return nil
	case c.entry.role == forProbe && !ordered:
		// The watchdog judges silence; the ack alone may be missing.
		s.bury(c)
		s.forgetProbe()
		return nil
	case c.entry.role == forProbe && s.plan.Late == LateSwallow && c.entry.timeout > 0:
		// Its ack resynchronises the order, and has as long again to come:
		// all later commands wait behind it.
		c.entry.deadline, c.entry.timeout = s.now.Mono+c.entry.timeout, 0
		s.flight.checkBy(c.entry.deadline)
		return nil
	case c.entry.role == forProbe:
		return err
	case c.entry.role == forScript || c.entry.role.waits() || c.entry.role == forStandby:
		return err
	case ordered && s.plan.Late == LateClose, c.entry.overtaken, s.modal[c.Command], s.plan.Commands[c.Command].untilClosed():
		// Nobody could tell whose reply the next one is, or in which mode the
		// server is now; or the link was to end anyway.
		s.land(c)
		s.finishError(c, Unknown, err)
		return err
	}
	s.bury(c)
	s.finishError(c, Unknown, err)
	if ordered {
		s.watchdog.hasten(s) // its ack tells that the reply will not come
	}
	return nil
}

// discard ends a tombstone.
func (s *Session) discard(c *Call) {
	s.land(c)
	s.freeID(c)
}

// forgetProbe keeps the tombstones of lost probes few. A peer that lives by its
// other traffic may never answer one. Where its id would come round, it is kept.
func (s *Session) forgetProbe() {
	if s.flight.unacked <= maxUnacked || s.plan.narrowIDs() {
		return
	}
	for c := s.flight.list.head; c != nil; c = c.entry.next {
		if c.entry.role == forProbe && c.entry.expired {
			s.discard(c)
			return
		}
	}
}

// echoes reports whether every reply and error says which request it answers.
func (c *Command) echoes() bool {
	noKey := func(r Reply) bool { return r.Key == nil }
	return !slices.ContainsFunc(c.Replies, noKey) && !slices.ContainsFunc(c.Errors, noKey) && !slices.ContainsFunc(c.Each, noKey)
}

// asksState reports whether a command is only ever answered by what the server
// says unasked, too, so that a late reply is as good as any.
func (p *Plan) asksState(command int) bool {
	c := &p.Commands[command]
	notState := func(r Reply) bool { return p.Messages[r.Message].Event != StateEvent }
	return p.Match != MatchOrder && len(c.Replies) > 0 && len(c.Errors) == 0 && !slices.ContainsFunc(c.Replies, notState)
}

// bury puts a tombstone in the place of c, which is its caller's again: it
// takes the reply that may still come. It stays for good where such a reply
// ends the link, where order or an id says whose it is, or where it is a probe's;
// else for as long again as the command's own time.
func (s *Session) bury(c *Call) {
	t := &Call{Command: c.Command, Message: None, Echo: bytes.Clone(c.Echo), ID: c.ID}
	t.entry = entry{role: c.entry.role, abandoned: true, expired: true, timeout: c.entry.timeout}
	next := c.entry.next
	s.land(c)
	c.ID = 0 // it is the tombstone's
	t.entry.place = inFlight
	s.flight.list.insertBefore(next, t)
	s.flight.count(s, t, 1)
	s.ids.flies(t.ID, t)
	if s.plan.Match != MatchOrder && s.plan.Late == LateSwallow && t.entry.role != forProbe && t.ID == 0 {
		t.entry.deadline = s.now.Mono + c.entry.timeout
		s.flight.checkBy(t.entry.deadline)
	}
}
