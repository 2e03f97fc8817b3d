package session

import "fmt"

// Input takes received bytes. consumed of them are done with; the rest must be
// at the start of the next call's buf, which must have room for need more.
// Effects.Events and their frames are valid until buf is changed, and until the
// next call.
func (s *Session) Input(now Now, e Epoch, buf []byte) (consumed, need int) {
	s.at(now)
	if !s.link.connected(e) {
		return len(buf), 0
	}
	s.watchdog.Heard(now.Mono)
	s.watchdog.life(s)
	if s.plan.Stream.Telnet {
		s.clean(buf)
		s.stream.done, _ = s.frames(e, s.stream.in)
		return len(buf), 0
	}
	return s.frames(e, buf)
}

// frames takes the frames out of buf.
func (s *Session) frames(e Epoch, buf []byte) (consumed, need int) {
	for s.link.connected(e) && consumed < len(buf) {
		if s.link.phase == securing {
			s.lose(fmt.Errorf("%w: bytes before the TLS handshake", ErrProtocol))
			break
		}
		f, n, more, err := s.decoder().Next(buf[consumed:], s)
		consumed += n
		if n > 0 && !s.link.decoder.Skipping() {
			s.passing.frameAt = 0 // what it counted from is done with
		}
		s.stats.BytesReceived += uint64(n)
		if err != nil {
			if !s.badFrame(err) {
				break
			}
			continue
		}
		if more > 0 {
			need = more
			break
		}
		s.passing.frameAt = 0
		s.message(f.Message, f.Bytes)
	}
	if !s.link.connected(e) {
		return len(buf), 0
	}
	s.partial(consumed < len(buf))
	if s.watchdog.held {
		s.watchdog.check(s)
	}
	s.flush()
	return consumed, need
}

// partial keeps the time of the first byte of a frame that is not complete.
func (s *Session) partial(held bool) {
	switch {
	case !held && (s.link.decoder == nil || !s.link.decoder.Pending()):
		s.passing.frameAt = 0
	case s.passing.frameAt == 0:
		s.passing.frameAt = max(s.now.Mono, 1)
	}
}

// expireFrame ends a link on which a frame takes too long: a slow drip.
func (s *Session) expireFrame() {
	if at := s.passing.frameAt; at != 0 && s.now.Mono >= at+s.plan.Timeouts.Frame {
		s.lose(fmt.Errorf("%w: a frame did not end in time", ErrTimeout))
	}
}

// badFrame does what the spec says of bytes that form no frame; it reports
// whether the link goes on. In order, they could be the reply that a command
// waits for: then the link ends.
func (s *Session) badFrame(err error) bool {
	if s.plan.Unexpected.Frame == Close || s.plan.Match == MatchOrder && s.flight.list.n > 0 {
		s.lose(fmt.Errorf("%w: %w", ErrProtocol, err))
		return false
	}
	s.note(err, "bytes were dropped")
	if s.plan.Unexpected.Frame == Drop {
		s.link.decoder.Drop()
	} else {
		s.link.decoder.Resync()
	}
	return true
}

// message routes one frame.
func (s *Session) message(m int, frame []byte) {
	s.stats.FramesReceived++
	s.trace(Trace{Kind: TraceReceived, Index: m, Bytes: len(frame)})
	if m == None {
		s.unknown(frame)
		return
	}
	msg := &s.plan.Messages[m]
	if msg.Capture {
		s.vars.Captured[m] = append(s.vars.Captured[m][:0:0], frame...)
	}
	s.enter(msg.Enters)
	if msg.Noise {
		if c, _ := s.find(m, frame); c != nil {
			s.take(c, m, frame) // once, it was more than that
		}
		return
	}
	answered := s.answer(m, frame)
	if s.link.phase <= dialing {
		return // the answer could not be made, or there are too many
	}
	if s.link.phase == greeting && s.greets(m) {
		s.event(m, frame, false)
		s.greeted()
		return
	}
	if s.expected(m) {
		return
	}
	if c, mismatch := s.find(m, frame); c != nil {
		s.event(m, frame, !msg.Event.always() && !(msg.Event == PolledEvent && c.entry.role == forStandby))
		s.take(c, m, frame)
		return
	} else if mismatch && !msg.Event.unasked() {
		s.lose(fmt.Errorf("%w: %s answers another request than ours", ErrProtocol, msg.Name))
		return
	}
	if msg.Event.unasked() {
		s.event(m, frame, false)
		s.unasked(m, frame)
		return
	}
	s.unasked(m, frame)
	if !answered && s.link.phase > dialing {
		s.unawaited(m)
	}
}

// event delivers m, unless it is no event or the reply of a command.
func (s *Session) event(m int, frame []byte, taken bool) {
	if !taken && s.plan.Messages[m].Event != NotEvent {
		s.fx.Events = append(s.fx.Events, Arrival{Message: m, Frame: frame, Link: s.awaits(m, frame)})
	}
}

// unasked ends the link where a message that nobody awaits says so.
func (s *Session) unasked(m int, frame []byte) {
	msg := &s.plan.Messages[m]
	class := msg.Class
	if msg.Classify != nil {
		class = msg.Classify(frame)
	}
	switch class {
	case ClassRefused:
		s.lose(s.answered(ErrRefused, m, frame, "the server sent %s", msg.Name))
	case ClassClose:
		if s.drain.loggingOut {
			s.leave() // a farewell, before the end that follows it
			return
		}
		s.lose(s.answered(ErrLinkLost, m, frame, "the server sent %s", msg.Name))
	}
}

// unknown does what the spec says of a frame that is no message known now. In
// order, it could be the reply that a command waits for: then the link ends.
func (s *Session) unknown(frame []byte) {
	s.stats.rarely().EventsUnknown++
	policy := s.plan.Unexpected.Message
	if s.plan.Match == MatchOrder && s.flight.list.n > 0 {
		policy = Close
	}
	switch policy {
	case Close:
		s.lose(fmt.Errorf("%w: an unknown message of %d bytes", ErrProtocol, len(frame)))
	case Deliver:
		s.fx.Events = append(s.fx.Events, Arrival{Message: None, Frame: frame})
	}
}

// unawaited does what the spec says of a reply that nobody awaits. A probe's
// ack is harmless, however late.
func (s *Session) unawaited(m int) {
	s.stats.rarely().RepliesUnawaited++
	if s.acks(m) && s.plan.Match != MatchOrder {
		return
	}
	if s.parting() {
		return
	}
	if s.plan.Unexpected.Reply == Close || s.plan.Match == MatchOrder && s.flight.list.n > 0 {
		s.lose(fmt.Errorf("%w: nobody awaits %s", ErrProtocol, s.messageName(m)))
	}
}

// parting reports whether a command was handed over after which the server closes
// the link: what it says to that need not be awaited.
func (s *Session) parting() bool {
	for c := s.batch.unanswered.head; c != nil; c = c.entry.next {
		if s.plan.Commands[c.Command].Closes {
			return true
		}
	}
	return s.link.closing
}
