package session

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Sequence is a command of callers that is made of several. Its steps are done one
// after the other, on one link, and nothing of other callers is sent between the
// first and the end of the last.
type Sequence struct {
	Name string
	// Steps are StepDo, StepLet and StepFail. The last one is what the caller gets the
	// reply of: a StepDo without When and For.
	Steps []Step
	// Undo is sent, before anything of other callers, where the sequence does not
	// reach its end once its first command was; nil: nothing is.
	Undo *Step
}

// sequence is the one that has its turn, or is being undone. There is one at most on
// a link.
type sequence struct {
	call    *Call // whose turn it is; nil: nobody's
	next    int   // the step that is done, or comes next
	item    int   // of a step with For
	retries int   // of the step
	retryAt time.Duration
	mode    int       // of the link when it began
	broken  *Sequence // has begun, and does not reach its end: it is to be undone
	undo    *Call     // is being undone by this
	vars    Vars
	scratch []byte
}

// First is the first command that a sequence may send.
func (q *Sequence) First() int {
	return q.Steps[slices.IndexFunc(q.Steps, func(s Step) bool { return s.Kind == StepDo })].Command
}

// holds reports whether the link is a sequence's: it has begun, and is not over.
func (q *sequence) holds() bool {
	return q.broken != nil || q.undo != nil || q.call != nil && q.call.entry.begun
}

// bars reports whether c waits for a sequence, or for its own next command.
func (q *sequence) bars(c *Call) bool {
	return q.broken != nil || q.undo != nil || q.call != nil && q.call != c || c.Sequence != nil && !c.entry.staged
}

// takeTurn makes the next command of the sequence that is first in the queue. One that
// cannot go on ends, and the next in the queue has its turn.
func (s *Session) takeTurn() {
	for c := s.queue.callers.head; c != nil && s.hasTurn(c); c = s.queue.callers.head {
		if s.sequence.call == nil {
			if err := s.begin(c); err != nil {
				s.breakOff(c, err)
				continue
			}
		}
		if err := s.stage(c); err != nil {
			s.breakOff(c, err)
		}
	}
}

// hasTurn reports whether c is a sequence whose next command is to be made.
func (s *Session) hasTurn(c *Call) bool {
	q := &s.sequence
	if c.Sequence == nil || c.entry.staged || s.link.phase != up || s.link.used && s.plan.PerCommand && q.call != c {
		return false
	}
	return q.broken == nil && q.undo == nil && (q.call == c || q.call == nil && s.mayBegin(c))
}

// mayBegin reports whether a sequence need not wait for others: only then does it take
// what is known.
func (s *Session) mayBegin(c *Call) bool {
	return s.script.current == nil && !s.standing(c) && !s.barred(c) && s.slotFree(c)
}

// begin gives c its turn. What the server has said before is known to it, but not
// what others were answered: its own replies come yet. An argument that cannot be sent
// is found before anything is.
func (s *Session) begin(c *Call) error {
	q := &s.sequence
	q.call, q.next, q.item, q.retries = c, 0, 0, 0
	captured, lets := append(q.vars.Captured[:0], s.vars.Captured...), append(q.vars.Lets[:0], s.vars.Lets...)
	q.vars = s.vars
	q.vars.Captured, q.vars.Lets, q.vars.Args = captured, lets, c.Args
	for i := range c.Sequence.Steps {
		if step := &c.Sequence.Steps[i]; step.Kind == StepDo {
			q.forget(&s.plan.Commands[step.Command])
		}
	}
	for i := range c.Sequence.Steps {
		if step := &c.Sequence.Steps[i]; step.Early && (step.When == nil || step.When(&q.vars)) {
			if err := q.try(step); err != nil {
				return err
			}
		}
	}
	return nil
}

// forget takes out of what is known what answers a command.
func (q *sequence) forget(c *Command) {
	for _, list := range [...][]Reply{c.Replies, c.Errors, c.Each} {
		for i := range list {
			q.vars.Captured[list[i].Message] = nil
		}
	}
}

// try finds out whether a step's command can be made.
func (q *sequence) try(step *Step) (err error) {
	for q.vars.Item = range q.times(step) {
		if q.scratch, err = step.Encode(q.scratch[:0], &q.vars); err != nil {
			return err
		}
	}
	if cap(q.scratch) > batchMax {
		q.scratch = nil
	}
	return nil
}

// times is how often a step is done.
func (q *sequence) times(step *Step) int {
	if step.For == nil {
		return 1
	}
	return step.For(&q.vars)
}

// stage does the steps up to the next command, and makes that.
func (s *Session) stage(c *Call) error {
	q := &s.sequence
	for ; ; q.next, q.item, q.retries = q.next+1, 0, 0 {
		step := &c.Sequence.Steps[q.next]
		if q.item == 0 && q.retries == 0 && step.When != nil && !step.When(&q.vars) {
			continue
		}
		switch {
		case step.Kind == StepFail:
			return fmt.Errorf("%w: %s", ErrProtocol, step.Reason)
		case step.Kind == StepLet:
			value, err := step.Encode(nil, &q.vars)
			if err != nil {
				return err
			}
			q.vars.Lets[step.Let] = value
		case q.item < q.times(step):
			return s.stageCommand(c, step)
		}
	}
}

// stageCommand makes the frame of a step's command.
func (s *Session) stageCommand(c *Call, step *Step) (err error) {
	q, command := &s.sequence, &s.plan.Commands[step.Command]
	c.Command, c.Echo = step.Command, c.Echo[:0]
	c.Items.Clear(maxItems)
	if command.ID {
		if c.ID, err = s.NewID(); err != nil {
			return err
		}
	}
	q.vars.ID, q.vars.Item = c.ID, q.item
	frame, err := step.Encode(c.Frame[:0], &q.vars)
	if err != nil {
		return err
	}
	if command.Echo != nil {
		if c.Echo, err = command.Echo(c.Echo, s.plan.Framing.Of(command.Shape.Frame).Content(frame)); err != nil {
			return err
		}
	}
	c.Frame, c.entry.staged = frame, true
	c.entry.timeout = s.replyTimeout(c)
	s.queue.bytes += len(frame)
	return nil
}

// breakOff ends a sequence that is in the queue.
func (s *Session) breakOff(c *Call, err error) {
	s.queue.remove(c)
	s.finishError(c, NotSent, err)
	s.drained()
}

// begins notes that a command of c is handed over, where it is made of several.
func (s *Session) begins(c *Call) {
	if c.Sequence != nil && !c.entry.begun {
		c.entry.begun, s.sequence.mode = true, int(s.link.mode)
	}
}

// proceed goes on with a sequence whose command was answered, or written where nothing
// answers it; false where the sequence is over with that.
func (s *Session) proceed(c *Call, m int, frame []byte) bool {
	q, step := &s.sequence, &c.Sequence.Steps[s.sequence.next]
	switch {
	case c.Class == ClassNone && q.next == len(c.Sequence.Steps)-1:
		q.call = nil // it has reached its end, also where its caller has gone
		return false
	case c.entry.abandoned:
	case c.Class == ClassNone:
		if m != None && s.plan.Messages[m].Capture {
			q.vars.Captured[m] = append(q.vars.Captured[m][:0:0], frame...)
		}
		q.retries = 0
		if q.item++; step.For == nil {
			q.next, q.item = q.next+1, 0
		}
		s.comeAgain(c)
		return true
	case c.Class == ClassRetry && q.retries < step.RetryTimes:
		q.retries++
		q.retryAt = s.now.Mono + step.RetryAfter
		c.entry.place = pausing
		return true
	}
	if q.next < len(c.Sequence.Steps)-1 {
		c.Items.Clear(maxItems) // nobody asked for what comes before another's reply
	}
	s.release(c)
	return false
}

// comeAgain puts a sequence in front of all others for its next command.
func (s *Session) comeAgain(c *Call) {
	c.Frame, c.entry.staged, c.entry.deadline = c.Frame[:0], false, 0
	s.queue.pushFront(c)
}

// retrySequence sends a command again whose time has come.
func (s *Session) retrySequence() {
	q := &s.sequence
	if q.retryAt == 0 || s.now.Mono < q.retryAt {
		return
	}
	q.retryAt = 0
	s.comeAgain(q.call)
}

// release ends c's turn before its end.
func (s *Session) release(c *Call) {
	q := &s.sequence
	if q.call != c {
		return
	}
	q.call, q.retryAt = nil, 0
	if c.entry.begun && s.link.phase == up {
		q.broken = c.Sequence
	}
}

// settleSequence ends the sequence of a link that is gone, unless that is in flight. One
// that has not begun waits for the next link.
func (s *Session) settleSequence(err error) {
	c := s.sequence.call
	switch {
	case c == nil:
	case !c.entry.begun:
		s.sequence.call = nil
		s.queue.bytes -= len(c.Frame)
		c.Frame, c.entry.staged = c.Frame[:0], false
		s.freeID(c)
	case c.entry.place == queued:
		s.queue.remove(c)
		s.finishError(c, Unknown, err)
	case c.entry.place == pausing:
		s.finishError(c, Unknown, err)
	}
}

// unwind undoes a sequence that does not reach its end. Where it has left the link in
// a mode in which it cannot be undone, or out of which nothing leads, the link ends.
func (s *Session) unwind() {
	q := &s.sequence
	sequence := q.broken
	if sequence == nil {
		return
	}
	q.broken = nil
	switch undo := sequence.Undo; {
	case s.link.phase != up:
	case undo != nil && s.has(s.plan.Commands[undo.Command].Shape.In):
		q.vars.Args = nil // they are the caller's again
		if c, ok := s.encodeWith(undo, forUndo, &q.vars); ok {
			q.undo = c
			s.control(c)
		}
	case undo != nil || int(s.link.mode) != q.mode:
		s.lose(fmt.Errorf("%w: %s has not reached its end, and cannot be undone in mode %s", ErrProtocol, sequence.Name, s.plan.modeName(int(s.link.mode))))
	default:
		s.drained()
	}
}

// unwound ends what undoes a sequence. An error says that there was nothing to undo.
func (s *Session) unwound(c *Call, frame []byte) {
	s.sequence.undo = nil
	switch c.Class {
	case ClassNone:
	case ClassClose:
		s.lose(s.stepError(c, frame, ErrProtocol))
		return
	default:
		s.note(s.stepError(c, frame, ErrProtocol), "what undoes a sequence was answered with an error")
	}
	s.drained()
}

// checkSequence finds what would break a sequence later.
func (p *Plan) checkSequence(q *Sequence) error {
	if len(q.Steps) == 0 {
		return errors.New("it has no steps")
	}
	for i := range q.Steps {
		switch step := &q.Steps[i]; {
		case step.Kind != StepDo && step.Kind != StepLet && step.Kind != StepFail:
			return errors.New("a step that only the session's script has")
		case step.Kind == StepDo && (p.Commands[step.Command].Lasting || p.Commands[step.Command].Undoes):
			return fmt.Errorf("%s lasts, or ends what does", p.Commands[step.Command].Name)
		}
	}
	if last := &q.Steps[len(q.Steps)-1]; last.Kind != StepDo || last.When != nil || last.For != nil {
		return errors.New("nothing tells which reply it has")
	}
	return nil
}
