package session

import (
	"fmt"
	"time"
)

// script runs a link from connected to READY.
type script struct {
	next    int // index into login and ready steps, one after the other
	current *Call
	retries int
	retryAt time.Duration // the step is sent again then; 0: no retry waits
	replay  int           // lasting commands that are not answered yet
}

func (c *script) begin() { *c = script{} }

// step is the one that is being done, or comes next; nil at the end.
func (s *Session) step() *Step {
	i := s.script.next
	if i < len(s.plan.Login) {
		return &s.plan.Login[i]
	}
	if i -= len(s.plan.Login); i < len(s.plan.Ready) {
		return &s.plan.Ready[i]
	}
	return nil
}

// advanceScript skips the steps that do not apply, and begins the next one.
func (s *Session) advanceScript() {
	for s.leaveLogin(); s.step() != nil; s.leaveLogin() {
		step := s.step()
		if s.applies(step) && (step.Kind != StepLet || !s.let(step)) {
			s.beginStep(step)
			return
		}
		s.script.next++
	}
	s.beginReplay()
}

// let makes a value. Where it cannot, the step fails.
func (s *Session) let(step *Step) bool {
	value, err := step.Encode(nil, &s.vars)
	if err != nil {
		s.note(err, "a value of the script could not be made")
		return false
	}
	s.vars.Lets[step.Let] = value
	return true
}

// applies reports whether a step is done. TLS that was asked for is never left
// out: a condition that does not hold is what someone on the path would forge.
func (s *Session) applies(step *Step) bool {
	if step.Kind == StepStartTLS {
		return s.tls
	}
	return step.When == nil || step.When(&s.vars)
}

// beginStep begins a step; what ends it goes on with the script.
func (s *Session) beginStep(step *Step) {
	switch step.Kind {
	case StepDo:
		s.sendStep(step)
	case StepExpect: // message does the rest
	case StepStartTLS:
		if step.When != nil && !step.When(&s.vars) {
			s.lose(fmt.Errorf("%w: the server does not offer the TLS that was asked for", ErrProtocol))
			return
		}
		s.link.phase = securing
		s.startTLS()
	case StepFail:
		s.lose(fmt.Errorf("%w: %s", ErrProtocol, step.Reason))
	case StepLet:
		s.lose(fmt.Errorf("%w: a value of the script could not be made", ErrProtocol))
	case StepRefuse:
		s.lose(fmt.Errorf("%w: %s", ErrRefused, step.Reason))
	}
}

// startTLS asks for the handshake once nothing is being written any more.
func (s *Session) startTLS() {
	if s.link.phase == securing && !s.batch.writing {
		s.fx.StartTLS = true
	}
}

// Secured: the handshake asked for by Effects.StartTLS is done.
func (s *Session) Secured(now Now, e Epoch) {
	s.at(now)
	if e != s.link.epoch || s.link.phase != securing {
		return
	}
	s.link.phase = scripted
	s.script.next++
	s.advanceScript()
	s.flush() // answers may have waited for the handshake
}

// sendStep queues the command of a step.
func (s *Session) sendStep(step *Step) {
	c, ok := s.encode(step, forScript)
	if !ok {
		return
	}
	s.script.current = c
	s.control(c)
}

// encode makes the call of a step; false where it cannot be encoded, and the
// link is lost.
func (s *Session) encode(step *Step, r role) (*Call, bool) { return s.encodeWith(step, r, &s.vars) }

// encodeWith is encode for one that may know more.
func (s *Session) encodeWith(step *Step, r role, v *Vars) (*Call, bool) {
	command := &s.plan.Commands[step.Command]
	c := s.ownCall(step.Command)
	var err error
	if command.ID {
		c.ID, err = s.ids.give(s.plan.IDs, 0)
	}
	v.ID = c.ID
	if err == nil {
		c.Frame, err = step.Encode(c.Frame, v)
	}
	if err == nil && command.Echo != nil {
		c.Echo, err = command.Echo(c.Echo, s.plan.Framing.Of(command.Shape.Frame).Content(c.Frame))
	}
	if err != nil {
		s.freeID(c)
		s.lose(fmt.Errorf("%s: %w", command.Name, err))
		return nil, false
	}
	c.entry.role = r
	return c, true
}

// stepDone goes on after the command of a step was answered, or written where
// nothing answers it.
func (s *Session) stepDone(c *Call, frame []byte) {
	if s.script.current != c {
		return
	}
	s.script.current = nil
	if s.link.phase == up {
		s.drained() // it was the logout; its outcome changes nothing
		return
	}
	step := s.step()
	switch c.Class {
	case ClassNone:
		s.enter(step.Enters)
		s.script.next++
		s.script.retries = 0
		s.advanceScript()
	case ClassRetry:
		if s.script.retries < step.RetryTimes {
			s.script.retries++
			s.script.retryAt = s.now.Mono + step.RetryAfter
			return
		}
		s.lose(s.stepError(c, frame, ErrNotReady))
	default:
		// Any other error in login counts as refused; a ready step's does not.
		if s.script.next < len(s.plan.Login) {
			s.lose(s.stepError(c, frame, ErrRefused))
			return
		}
		s.lose(s.stepError(c, frame, ErrProtocol))
	}
}

// retryStep sends a step again whose time has come.
func (s *Session) retryStep() {
	if at := s.script.retryAt; at == 0 || s.now.Mono < at || s.link.phase != scripted {
		return
	}
	s.script.retryAt = 0
	s.sendStep(s.step())
}

// stepError is the error by which the server answered a step.
func (s *Session) stepError(c *Call, frame []byte, kind error) error {
	return s.answered(kind, c.Message, frame, "%s answered %s", s.plan.Commands[c.Command].Name, s.messageName(c.Message))
}

func (s *Session) messageName(m int) string {
	if m == None {
		return "an unknown message"
	}
	return s.plan.Messages[m].Name
}

// expected advances the script where its step awaits message m.
func (s *Session) expected(m int) bool {
	if s.link.phase != scripted || s.script.current != nil {
		return false
	}
	step := s.step()
	if step == nil || step.Kind != StepExpect || step.Message != m {
		return false
	}
	s.enter(step.Enters)
	s.script.next++
	s.advanceScript()
	return true
}

// beginReplay sends the lasting commands again; READY follows once they are
// answered, or written where nothing answers them.
func (s *Session) beginReplay() {
	s.link.phase = replaying
	calls := s.replay()
	s.script.replay = len(calls)
	for _, c := range calls {
		s.control(c)
	}
	s.replayed()
}

// replayDone counts one lasting command; a refused one is reported and skipped.
func (s *Session) replayDone(c *Call, frame []byte) {
	if c.Class != ClassNone {
		s.note(s.stepError(c, frame, ErrRefused), "a lasting command was not accepted again after the reconnect")
	}
	s.script.replay--
	s.passing.deadline = s.now.Mono + s.plan.Timeouts.Login // the replay moves on
	s.replayed()
}

// replayed makes the client READY when nothing of the replay is left.
func (s *Session) replayed() {
	if s.link.phase != replaying || s.script.replay > 0 {
		return
	}
	s.link.phase = up
	s.passing.deadline = 0
	s.link.readyAt = max(s.now.Mono, 1)
	s.stats.Readies++
	s.schedule.tried = 0
	for c := s.queue.callers.head; c != nil; c = c.entry.next {
		c.entry.deadline = 0 // what they waited for is here
	}
	s.shift(loggedIn, nil, 0)
	if !s.plan.PerCommand {
		s.watchdog.start(s)
	}
	s.flush()
	s.drained()
}
