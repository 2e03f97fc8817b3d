package session

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/linewright/linewright/runtime/wire"
)

// link is one TCP connection, from dial to close. It dies whole.
type link struct {
	epoch Epoch
	phase phase
	used  bool // it has borne a caller's command
	// closing: a command said that the server closes the link after it.
	closing bool
	mode    uint8
	decoder *wire.Decoder // nil: none was needed since Rest
	readyAt time.Duration // 0: it was not READY yet
}

// passing is what a link has only while something goes on in it.
type passing struct {
	// deadline ends the phase: connect, greeting, login and replay, or the
	// peer's close after our half-close; 0: none.
	deadline time.Duration
	// frameAt is when the first byte of a frame came whose last one did not;
	// 0: no partial frame.
	frameAt time.Duration
	// drain: until then nothing expires, for the process was stopped; 0: never.
	drain time.Duration
}

// phase is how far a link is.
type phase uint8

const (
	noLink   phase = iota
	dialing        // Effects.Dial is not answered yet
	greeting       // connected, the greeting is awaited
	scripted       // login and ready steps
	securing       // the TLS handshake of a step
	replaying
	up
	halfClosed // by Shutdown
)

// beginLink makes everything of the old one unreachable.
func (s *Session) beginLink(deadline time.Duration) {
	s.link = link{epoch: s.link.epoch + 1, phase: dialing, mode: ModeLogin, decoder: s.link.decoder}
	s.passing = passing{deadline: deadline}
	if d := s.link.decoder; d != nil {
		d.Reset()
	}
}

// over reports whether nothing goes on in the link any more.
func (p *passing) over(now time.Duration) bool {
	return p.deadline == 0 && p.frameAt == 0 && p.drain <= now
}

// connected reports whether there is a connection of epoch e.
func (l *link) connected(e Epoch) bool { return e == l.epoch && l.phase > dialing }

// Dialed: the connection of epoch is open (and encrypted, where Dial.TLS). It
// is false where the session has no use for it any more: the driver closes it.
func (s *Session) Dialed(now Now, e Epoch) bool {
	s.at(now)
	if e != s.link.epoch || s.link.phase != dialing {
		return false
	}
	s.stats.Links++
	s.shift(connected, nil, 0)
	clear(s.vars.Captured)
	clear(s.vars.Lets)
	s.script.begin()
	if s.stream != nil {
		s.stream.begin()
	}
	s.watchdog.choose(s)
	s.watchdog.speaks(s)
	if len(s.plan.Greeting) > 0 {
		s.link.phase = greeting
		s.passing.deadline = now.Mono + s.plan.Timeouts.Greeting
		return true
	}
	s.greeted()
	return true
}

// greeted goes on from the greeting, or from a connection that has none.
func (s *Session) greeted() {
	s.link.phase = scripted
	s.passing.deadline = s.now.Mono + s.plan.Timeouts.Login
	s.advanceScript()
}

// DialFailed: the connection could not be opened. refused: the certificate,
// ours or the server's, was not accepted.
func (s *Session) DialFailed(now Now, e Epoch, err error, refused bool) {
	s.at(now)
	if e != s.link.epoch || s.link.phase != dialing {
		return
	}
	if refused {
		err = fmt.Errorf("%w: %w", ErrRefused, err)
	}
	s.lose(err)
}

// Lost: the connection of epoch ended: io.EOF, a read or write error, a failed
// handshake.
func (s *Session) Lost(now Now, e Epoch, err error) {
	s.at(now)
	if !s.link.connected(e) {
		return
	}
	if s.drain.loggingOut && errors.Is(err, io.EOF) {
		s.leave() // many a server's answer to a logout
		return
	}
	if errors.Is(err, io.EOF) {
		s.conclude()
	}
	s.lose(fmt.Errorf("%w: %w", ErrLinkLost, err))
}

// Refused: as Lost, where the failed handshake means that a certificate, ours
// or the server's, was not accepted.
func (s *Session) Refused(now Now, e Epoch, err error) {
	s.at(now)
	if s.link.connected(e) {
		s.lose(fmt.Errorf("%w: %w", ErrRefused, err))
	}
}

// lose ends the current link because of err. The connection is reset, so that
// what the peer's kernel has not acknowledged is dropped; every command that
// was handed over has an unknown fate, every other one waits for the next link.
func (s *Session) lose(err error) {
	if s.link.phase == noLink {
		return // it is lost already, by an earlier part of the same step
	}
	if s.link.phase == halfClosed {
		s.leave() // all is done; what the peer still says changes nothing
		return
	}
	wasReady := s.link.readyAt != 0
	draining := s.state == Draining
	if s.watchdog.sent > 0 && errors.Is(err, ErrPeerSilent) {
		s.stats.rarely().ProbesMissed++ // the last one, whoever noticed
	}
	s.cut()
	s.clearControl()
	s.settle(err)
	if draining {
		s.end(err)
		return
	}
	if s.link.closing {
		err = nil // a command said that this comes
	}
	s.waitForReady()
	s.redial(err, wasReady)
}

// cut takes the connection away from the link: it is reset, and what still
// comes from it is dropped.
func (s *Session) cut() {
	if s.link.phase != noLink {
		s.fx.Abort = true
	}
	s.fx.Dial, s.fx.StartTLS, s.fx.Flush, s.fx.HalfClose = nil, false, false, false
	s.link.phase = noLink
	s.passing.deadline, s.passing.frameAt = 0, 0
	s.script.begin() // a step that waits to be repeated is due no more
	s.batch.stop()
	s.sequence.broken, s.sequence.undo = nil, nil
	s.standby = standby{}
	s.watchdog.stop()
}

// settle ends every command that was handed over on the link, or requeues it
// where it may be sent again.
func (s *Session) settle(err error) {
	if !errors.Is(err, ErrLinkLost) && !errors.Is(err, ErrClosed) {
		err = fmt.Errorf("%w: %w", ErrLinkLost, err)
	}
	s.settleSequence(err)
	for c := s.batch.unanswered.head; c != nil; c = s.batch.unanswered.head {
		s.batch.unanswered.remove(c)
		if s.outlives(c) || s.moot(c) {
			s.finishReply(c, None, nil)
			continue
		}
		s.finishError(c, Unknown, err)
	}
	// From the youngest to the oldest, so that those sent again keep their order.
	for c := s.flight.list.tail; c != nil; c = s.flight.list.tail {
		s.land(c)
		if s.mayRepeat(c) {
			c.entry.repeated, c.entry.deadline = true, 0
			c.Items.Clear(maxItems)
			s.queue.pushFront(c)
			s.stats.rarely().Repeated++
			continue
		}
		s.finishError(c, Unknown, err)
	}
	s.flight.check = 0
}

// mayRepeat reports whether the command may be sent once more: it is
// idempotent, its caller still waits, and it was not repeated before. One of several
// is not.
func (s *Session) mayRepeat(c *Call) bool {
	e := &c.entry
	if c.Sequence != nil {
		return false
	}
	return e.role == forCaller && !e.abandoned && !e.expired && !e.repeated && !e.undone && !c.FailFast &&
		s.plan.Commands[c.Command].Idempotent && s.state != Draining && s.state != Closed
}
