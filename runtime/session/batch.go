package session

import (
	"fmt"
	"time"
)

// batchMax bounds one batch in bytes, and what the queue takes without making
// callers wait. A larger frame goes alone.
const batchMax = 256 << 10

// batch is what is being written. One write is in progress at a time.
type batch struct {
	buf      []byte
	asked    bool // Effects.Flush was set, and Batch did not say nil since
	writing  bool
	modal    bool          // one of them changes the mode
	deadline time.Duration // of the write; 0: none
	// unanswered are the commands without a reply in the batch.
	unanswered calls
	pace       pace
	posts      *post // that are not in use
	draft      *post // what Enlist adds to
}

// idle reports whether nothing is being written, and nothing is kept of what was.
func (b *batch) idle() bool {
	return !b.asked && !b.writing && b.unanswered.n == 0 && !b.pace.any
}

// stop forgets the batch of a link that is gone. Its buffer may still be read
// by a write that has not noticed, so it is never used again.
func (b *batch) stop() {
	if b.writing {
		b.buf = nil
	}
	b.asked, b.writing, b.deadline, b.modal = false, false, 0, false
	b.pace = pace{}
}

// flush asks the driver to fetch a batch, unless somebody is at it.
func (s *Session) flush() {
	if (s.batch.asked || s.batch.writing) && s.plan.Standby == nil {
		return // Batch comes, and looks at all that waits
	}
	s.takeTurn()
	for s.sequence.broken != nil {
		s.unwind()
		s.takeTurn()
	}
	s.stand()
	if !s.batch.asked && !s.batch.writing && s.link.phase > dialing && s.sendable() {
		s.batch.asked = true
		s.fx.Flush = true
	}
}

// sendable reports whether a batch would hold anything.
func (s *Session) sendable() bool {
	if s.watchdog.wanted && s.mayProbe() || s.refusesTelnet() {
		return true
	}
	if c := s.queue.control.head; c != nil && s.mayControl(c) {
		return true
	}
	return s.queue.callers.n > 0 && s.mayCall(s.queue.callers.head)
}

// mayControl reports whether c may be handed over now: replay keeps to the
// number of commands in flight that the device bears.
func (s *Session) mayControl(c *Call) bool {
	return !s.probeWaits() && s.inTime(c.Command) && s.mayControlSoon(c)
}

// mayControlSoon leaves out that it may be too early.
func (s *Session) mayControlSoon(c *Call) bool {
	if s.link.phase == securing || s.standing(c) || s.barred(c) {
		return false
	}
	return !c.entry.role.waits() || s.slotFree(c)
}

// slotFree reports whether the device bears one more command. In order, the probe
// stands in line like everybody; so does what is overdue.
func (s *Session) slotFree(c *Call) bool {
	if s.plan.Match == MatchOrder && c.entry.role != forReplay {
		return s.flight.list.n < s.plan.InFlight
	}
	return int(s.flight.slots) < s.plan.InFlight
}

// mayCall reports whether a caller's command may be handed over now.
func (s *Session) mayCall(c *Call) bool {
	return !s.probeWaits() && !s.controlWaits() && s.inTime(c.Command) && s.mayCallSoon(c)
}

// mayCallSoon leaves out that it may be too early.
func (s *Session) mayCallSoon(c *Call) bool {
	if s.link.phase != up || s.link.used && s.plan.PerCommand && !c.entry.begun || s.script.current != nil {
		return false
	}
	return !s.sequence.bars(c) && !s.standing(c) && !s.barred(c) && s.slotFree(c)
}

// Batch hands over what is to be written next, at most 256 KiB or one larger
// frame, and starts its write deadline; nil: nothing waits. From here on the
// fate of these frames is Unknown. The buffer is the session's: it must not
// be kept after Wrote.
func (s *Session) Batch(now Now, e Epoch) []byte {
	s.at(now)
	if !s.link.connected(e) || s.batch.writing {
		return nil
	}
	if s.unwind(); !s.link.connected(e) {
		return nil
	}
	buf := s.batch.buf[:0]
	if s.refusesTelnet() {
		buf, s.stream.refusals = append(buf, s.stream.refusals...), s.stream.refusals[:0]
	}
	if s.watchdog.wanted && s.mayProbe() {
		if buf = s.probeInto(buf); !s.link.connected(e) {
			return nil
		}
	}
	for c := s.queue.control.head; c != nil && s.mayControl(c) && s.fits(buf, c); c = s.queue.control.head {
		s.queue.removeControl(c)
		buf = s.hand(buf, c)
	}
	for c := s.firstCaller(); c != nil && s.mayCall(c); c = s.firstCaller() {
		if s.misplaced(c) || c.Encode != nil && !s.complete(c) {
			continue
		}
		if !s.fits(buf, c) {
			break
		}
		s.queue.remove(c)
		buf = s.hand(buf, c)
	}
	s.letGo()
	s.batch.buf = buf
	if len(buf) == 0 {
		s.batch.asked = false
		s.flush() // what ended just now may have let something go on
		return nil
	}
	pieces := (len(buf) + batchMax - 1) / batchMax
	s.batch.writing = true
	s.batch.deadline = now.Mono + s.plan.Timeouts.Write*time.Duration(pieces)
	s.watchdog.speaks(s)
	s.stats.BytesSent += uint64(len(buf))
	return buf
}

// firstCaller is the caller's command that comes next.
func (s *Session) firstCaller() *Call {
	s.takeTurn()
	return s.queue.callers.head
}

// complete makes the frame of a call that needs to know the link; false where it
// cannot, and the call has ended.
func (s *Session) complete(c *Call) bool {
	if c.entry.encoded == s.link.epoch {
		return true
	}
	s.vars.ID = c.ID
	s.queue.bytes -= len(c.Frame)
	frame, err := c.Encode(c.Frame[:0], &s.vars)
	if err == nil {
		c.Frame, c.entry.encoded = frame, s.link.epoch
		c.entry.timeout = s.replyTimeout(c)
		s.queue.bytes += len(c.Frame)
		return true
	}
	c.Frame = c.Frame[:0]
	s.queue.remove(c)
	s.finishError(c, NotSent, err)
	s.drained()
	return false
}

// fits reports whether c's frame may join the batch.
func (s *Session) fits(buf []byte, c *Call) bool {
	return len(buf) == 0 || !s.plan.Stream.SingleWrites && len(buf)+len(c.Frame) <= batchMax
}

// hand hands one frame over.
func (s *Session) hand(buf []byte, c *Call) []byte {
	s.link.used = s.link.used || c.entry.role == forCaller
	s.begins(c)
	s.sent(c)
	if s.paces {
		s.batch.pace.sent(s.now.Mono, s.plan.Commands[c.Command].Settle)
	}
	if s.plan.Commands[c.Command].unanswered() {
		c.entry.place = writing
		s.batch.modal = s.batch.modal || s.modal[c.Command]
		s.batch.unanswered.pushBack(c)
	} else {
		c.entry.deadline = 0
		if c.entry.timeout > 0 {
			c.entry.deadline = s.now.Mono + c.entry.timeout
		}
		s.flies(c)
	}
	return s.frame(buf, c)
}

// Wrote ends the batch: written as a whole, or err, which ends the link.
func (s *Session) Wrote(now Now, e Epoch, err error) {
	s.at(now)
	if !s.link.connected(e) || !s.batch.writing {
		return
	}
	if err != nil {
		s.lose(fmt.Errorf("%w: write: %w", ErrLinkLost, err))
		return
	}
	s.batch.writing, s.batch.deadline, s.batch.modal = false, 0, false
	s.batch.pace.wrote(now.Mono)
	if cap(s.batch.buf) > 2*batchMax {
		s.batch.buf = nil
	}
	for c := s.batch.unanswered.head; c != nil && s.link.connected(e); c = s.batch.unanswered.head {
		s.batch.unanswered.remove(c)
		s.announce(c)
		s.finishReply(c, None, nil)
		s.recycle(c)
	}
	if s.watchdog.held {
		s.watchdog.check(s) // a change of the mode that is over may have held it
	}
	s.startTLS()
	s.drained()
	s.stand() // the batch may have held all that there was to send
}

// expireWrite ends a link whose peer does not take what we write.
func (s *Session) expireWrite() {
	if s.batch.writing && s.now.Mono >= s.batch.deadline {
		s.lose(fmt.Errorf("%w: the peer does not read", ErrTimeout))
	}
}
