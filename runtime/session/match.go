package session

import (
	"bytes"
	"fmt"
)

// Expects reports whether message m may come now: unasked, as the greeting, for
// a step, or as a reply. The decoder asks before it chooses between messages.
func (s *Session) Expects(m int) bool {
	if !s.has(s.plan.Messages[m].Shape.In) {
		return false
	}
	if s.anytime[m] {
		return true
	}
	switch s.link.phase {
	case greeting:
		return s.greets(m)
	case scripted:
		if step := s.step(); s.script.current == nil && step != nil && step.Kind == StepExpect && step.Message == m {
			return true
		}
	}
	if s.plan.Match != MatchOrder {
		return s.flight.awaited[m] > 0
	}
	head := s.flight.list.head
	return head != nil && (s.reply(head, m) != nil || head.entry.expired && s.acks(m))
}

// Takes reports whether a frame that is awaited as message m is for somebody: an
// id in it may name a command that has other replies.
func (s *Session) Takes(m int, frame []byte) bool {
	if s.anytime[m] {
		return true
	}
	id, _ := s.idOf(m, frame)
	if id == 0 {
		return true
	}
	c := s.ids.byID(id)
	return c != nil && s.reply(c, m) != nil
}

func (s *Session) greets(m int) bool {
	for _, g := range s.plan.Greeting {
		if g == m {
			return true
		}
	}
	return false
}

// reply is how m answers c, or comes before what does; nil: it is not c's.
func (s *Session) reply(c *Call, m int) *Reply {
	command := &s.plan.Commands[c.Command]
	if r := among(command.Replies, m); r != nil {
		return r
	}
	if r := among(command.Errors, m); r != nil {
		return r
	}
	return among(command.Each, m)
}

// among is the reply of message m; nil: there is none.
func among(list []Reply, m int) *Reply {
	for i := range list {
		if list[i].Message == m {
			return &list[i]
		}
	}
	return nil
}

// goesOn reports whether m comes before c's reply.
func (s *Session) goesOn(c *Call, m int) bool {
	return among(s.plan.Commands[c.Command].Each, m) != nil
}

// find gives the command that m answers. mismatch: one awaits m, but with
// other echoed values.
func (s *Session) find(m int, frame []byte) (found *Call, mismatch bool) {
	if s.plan.Match == MatchOrder {
		s.resync(m)
		head := s.flight.list.head
		if head == nil {
			return nil, false
		}
		r := s.reply(head, m)
		switch {
		case r == nil:
			return nil, false
		case !s.echoes(head, r, frame):
			return nil, true
		}
		return head, false
	}
	if s.flight.awaited[m] == 0 {
		return nil, false
	}
	id, has := s.idOf(m, frame)
	if id != 0 {
		return s.findID(id, m, frame)
	}
	for c := s.flight.list.head; c != nil; c = c.entry.next {
		r := s.reply(c, m)
		if r == nil || has && c.ID != 0 {
			continue
		}
		if s.echoes(c, r, frame) {
			return s.acknowledged(c, m), false
		}
		mismatch = true
	}
	return nil, mismatch
}

// idOf is the id that the message has. It has one where the plan says that its
// kind may, though this frame may not: 0.
func (s *Session) idOf(m int, frame []byte) (id uint64, has bool) {
	read := s.plan.Messages[m].ID
	if s.plan.Match != MatchID || read == nil {
		return 0, false
	}
	id, ok := read(frame)
	if ok && id == 0 {
		id = s.plan.IDs + 1 // somebody's, never ours
	}
	return id, true
}

// findID is find where the message has an id.
func (s *Session) findID(id uint64, m int, frame []byte) (found *Call, mismatch bool) {
	c := s.ids.byID(id)
	if c == nil {
		return nil, false
	}
	if r := s.reply(c, m); r == nil || !s.echoes(c, r, frame) {
		return nil, true
	}
	return c, false
}

// acknowledged is which probe the ack m is for, where the oldest that awaits it
// is one that was given up: where nobody else awaits m, it makes no difference,
// and the youngest tells the round-trip time.
func (s *Session) acknowledged(c *Call, m int) *Call {
	if c.entry.role != forProbe || !c.entry.expired || s.contested(m) {
		return c
	}
	for last := s.flight.list.tail; last != c; last = last.entry.prev {
		if last.entry.role == forProbe && !last.entry.expired {
			return last
		}
	}
	return c
}

// contested reports whether m could be the reply of a command that is not a probe.
func (s *Session) contested(m int) bool {
	for c := s.flight.list.head; c != nil; c = c.entry.next {
		if c.entry.role == forProbe || c.ID != 0 {
			continue
		}
		if r := s.reply(c, m); r != nil && r.Key == nil {
			return true
		}
	}
	return false
}

// echoes reports whether frame repeats what c asked for.
func (s *Session) echoes(c *Call, r *Reply, frame []byte) bool {
	if r.Key == nil || len(c.Echo) == 0 {
		return true
	}
	key, err := r.Key(s.fx.key[:0], frame)
	s.fx.key = key[:0]
	return err == nil && bytes.Equal(key, c.Echo)
}

// resync drops the overdue commands before the probe when its ack comes: in
// order, the ack says that their replies will not come any more. One that has
// the same reply as the probe takes it for itself: it may be the late one.
func (s *Session) resync(m int) {
	if s.flight.expired == 0 || !s.acks(m) {
		return
	}
	first := s.flight.list.head
	for ; first != nil && s.reply(first, m) == nil; first = first.entry.next {
		if !first.entry.expired {
			return
		}
	}
	for c := s.flight.list.head; c != first; c = s.flight.list.head {
		s.discard(c)
	}
}

// take ends c with its reply, or keeps what comes before that.
func (s *Session) take(c *Call, m int, frame []byte) {
	if c.entry.expired && s.plan.Late == LateClose && (c.entry.role != forProbe || s.contested(m)) {
		s.lose(fmt.Errorf("%w: late reply %s to %s", ErrProtocol, s.messageName(m), s.plan.Commands[c.Command].Name))
		return
	}
	if c.entry.expired && s.plan.Match != MatchOrder && c.ID == 0 {
		s.overtake(c, m, frame)
	}
	if s.goesOn(c, m) {
		s.collect(c, m, frame)
		return
	}
	s.land(c)
	s.announce(c)
	if s.paces {
		s.batch.pace.settle(s.now.Mono, s.plan.Commands[c.Command].Settle)
	}
	if !c.entry.expired {
		s.finishReply(c, m, frame)
		s.recycle(c)
		return
	}
	s.freeID(c)
	if c.entry.role == forProbe {
		s.watchdog.ackIsLife(s)
	}
}

// overtake marks the commands that m may have answered as well as c, whose time
// is over. If the reply to c was lost, it is theirs that c took, and theirs will
// be taken for the next ones': the first of them to be overdue ends the link.
func (s *Session) overtake(c *Call, m int, frame []byte) {
	for d := c.entry.next; d != nil; d = d.entry.next {
		if r := s.reply(d, m); r != nil && !d.entry.expired && d.ID == 0 && s.echoes(d, r, frame) {
			d.entry.overtaken = true
		}
	}
}

// announce notes where c, which the server has, makes it close the link.
func (s *Session) announce(c *Call) {
	if s.plan.Commands[c.Command].Closes {
		s.link.closing = true
	}
}

// finishReply ends c with message m (None: written, nothing answers it).
func (s *Session) finishReply(c *Call, m int, frame []byte) {
	e := &c.entry
	e.place = nowhere
	c.Message, c.Class = m, s.class(c, m, frame)
	if c.Class == ClassNone {
		s.enter(s.plan.Commands[c.Command].Enters)
	}
	if s.sequence.call == c {
		s.freeID(c)
		if s.proceed(c, m, frame) {
			return
		}
	}
	defer s.freeID(c)
	switch e.role {
	case forScript:
		s.stepDone(c, frame)
		return
	case forReplay:
		s.replayDone(c, frame)
		return
	case forProbe:
		if c.Class == ClassClose {
			s.lose(s.stepError(c, frame, ErrProtocol))
			return
		}
		s.watchdog.acked(s)
		return
	case forAnswer:
		return
	case forStandby:
		s.stood(c, frame)
		return
	case forUndo:
		s.unwound(c, frame)
		return
	}
	closes := c.Class == ClassClose
	if !e.abandoned {
		c.Reply = append(c.Reply[:0], frame...)
		if s.plan.Commands[c.Command].Lasting && c.Class == ClassNone && !e.undone {
			s.remember(c)
		}
		s.ended(c)
	}
	if closes {
		s.lose(s.stepError(c, frame, ErrProtocol))
		return
	}
	s.drained()
}

// class is what m means to c. A message listed among a command's errors is an
// error even where the message itself does not say so.
func (s *Session) class(c *Call, m int, frame []byte) Class {
	if m == None {
		return ClassNone
	}
	msg := &s.plan.Messages[m]
	if msg.Classify != nil {
		return msg.Classify(frame)
	}
	if msg.Class == ClassNone {
		for _, e := range s.plan.Commands[c.Command].Errors {
			if e.Message == m {
				return ClassFailed
			}
		}
	}
	return msg.Class
}
