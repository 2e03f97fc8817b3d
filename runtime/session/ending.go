package session

import (
	"errors"
	"fmt"
)

// drain is Shutdown's progress.
type drain struct {
	loggingOut bool // the logout command is on its way, or was answered
}

// Shutdown refuses new commands, drains, logs out, half-closes and reads to
// the end. A client that is not READY has nothing to drain and ends at once.
func (s *Session) Shutdown(now Now) {
	s.at(now)
	switch {
	case s.state == Closed || s.state == Draining:
	case s.state.Up():
		s.shift(shutDown, nil, 0)
		s.drained()
		s.flush() // what ends a long poll
	default:
		s.end(nil)
	}
}

// drained goes on with Shutdown: the commands that are left, the logout, and
// then our side is closed; the peer's end of stream ends the client.
func (s *Session) drained() {
	if s.link.phase != up || s.script.current != nil || s.batch.writing || s.sequence.holds() ||
		s.flight.slots > 0 || s.standby.call != nil || s.batch.unanswered.n > 0 {
		return
	}
	// What waits for a link of its own is not waited for.
	last := s.state == Draining && (s.queue.callers.n == 0 || s.plan.PerCommand && s.link.used)
	if !last && !s.spent() {
		return
	}
	if step := s.plan.Logout; !s.drain.loggingOut && step != nil && s.logsOut(step) {
		s.drain.loggingOut = true
		s.sendStep(step)
		return
	}
	s.link.phase = halfClosed
	s.passing.deadline = s.now.Mono + s.plan.Timeouts.Reply
	if s.plan.PerCommand {
		s.passing.deadline = s.now.Mono + min(s.plan.Timeouts.Reply, closingTime)
	}
	s.watchdog.stop()
	s.clearControl()
	s.fx.HalfClose = true
}

// logsOut reports whether the logout can be sent: on this link, in its mode.
func (s *Session) logsOut(step *Step) bool {
	return s.has(s.plan.Commands[step.Command].Shape.In) && (step.When == nil || step.When(&s.vars))
}

// leave ends a link that was closed in order, and the client, unless other commands
// have links of their own.
func (s *Session) leave() {
	if s.plan.PerCommand && s.state != Draining {
		s.depart()
		return
	}
	s.end(nil)
}

// Close ends everything at once, with fates; cause nil: ErrClosed.
func (s *Session) Close(now Now, cause error) {
	s.at(now)
	if cause == nil {
		cause = ErrClosed
	}
	s.end(cause)
}

// end is the way to Closed; err nil: as planned, by Shutdown.
func (s *Session) end(err error) {
	if s.state == Closed {
		return
	}
	s.cut()
	s.schedule.lastErr = err
	why := ErrClosed
	if err != nil && !errors.Is(err, ErrClosed) {
		why = fmt.Errorf("%w: %w", ErrClosed, err)
	}
	s.shift(ended, err, 0)
	s.clearControl()
	s.settle(why)
	for c := s.queue.callers.head; c != nil; c = s.queue.callers.head {
		s.queue.remove(c)
		s.finishError(c, NotSent, why)
	}
}
