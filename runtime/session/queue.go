package session

import (
	"errors"
	"fmt"
	"time"
)

// queue holds the calls of which no byte was handed to the kernel: their fate
// is NotSent whatever happens, but for those that an earlier link had.
type queue struct {
	control calls // the session's own: steps, replay, answers, beats; they go first
	answers int32 // of these
	callers calls
	more    int32 // commands beyond the first of each post
	crowd   int32 // calls that Post would take if there were room
	bytes   int   // of the callers' frames
}

func (q *queue) push(c *Call) {
	c.entry.place = queued
	q.callers.pushBack(c)
	q.bytes += len(c.Frame)
}

func (q *queue) pushFront(c *Call) {
	c.entry.place = queued
	q.callers.pushFront(c)
	q.bytes += len(c.Frame)
}

func (q *queue) remove(c *Call) {
	c.entry.place = nowhere
	q.callers.remove(c)
	q.bytes -= len(c.Frame)
	if c.entry.crowds {
		c.entry.crowds = false
		q.crowd--
	}
	if p := c.entry.post; p != nil {
		q.more -= int32(p.commands - 1)
	}
}

// Submit takes a call: it is queued, waits for READY, or ends at once.
// detached: the command has no reply and there is room in the queue, so the
// caller may go; Effects.Finished gives the call back later all the same.
func (s *Session) Submit(now Now, c *Call) (detached bool) {
	s.at(now)
	if c.Sequence != nil {
		c.Command, c.Frame = c.Sequence.First(), c.Frame[:0]
	}
	command := &s.plan.Commands[c.Command]
	c.entry = entry{timeout: s.replyTimeout(c), order: s.lasting.next()}
	c.Message, c.Class, c.Err, c.Reply, c.Posted = None, ClassNone, nil, c.Reply[:0], false
	c.Items.Clear(maxItems)
	s.Forget(c) // whatever becomes of the call
	switch {
	case s.state == Draining || s.state == Closed:
		s.finishError(c, NotSent, s.closedError())
		return false
	case s.queue.waiting() >= int(s.maxWaiting):
		s.finishError(c, NotSent, fmt.Errorf("%w: %d commands wait already", ErrNotReady, s.queue.waiting()))
		return false
	case !s.state.Up() && c.FailFast && !s.resting():
		s.finishError(c, NotSent, s.notReady())
		return false
	}
	s.queue.push(c)
	if !s.state.Up() {
		c.entry.deadline = now.Mono + s.plan.Timeouts.Ready
		s.wake()
		return false
	}
	detached = command.unanswered() && c.Encode == nil && len(command.Shape.In) == 0 && c.Sequence == nil && s.mayDetach()
	c.entry.detached = detached
	if c.entry.crowds = !detached && c.Sequence == nil && s.mayPost(c); c.entry.crowds {
		s.queue.crowd++
	}
	s.flush()
	return detached
}

// replyTimeout is the time from hand-over to reply; 0: none. Of a call that is not
// encoded yet it is the longest.
func (s *Session) replyTimeout(c *Call) time.Duration {
	command := &s.plan.Commands[c.Command]
	switch {
	case command.Wait.Of != nil && len(c.Frame) > 0:
		return command.Wait.within(s.plan.Framing.Of(command.Shape.Frame).Content(c.Frame), command.Timeout)
	case command.Timeout < 0:
		return 0
	case command.Timeout == 0:
		return s.plan.Timeouts.Reply
	}
	return command.Timeout
}

// control queues a call of the session's own.
func (s *Session) control(c *Call) {
	role := c.entry.role
	c.entry = entry{role: role, place: queued, timeout: s.replyTimeout(c)}
	c.Message = None
	if role == forAnswer {
		s.pushAnswer(c)
	} else {
		s.queue.control.pushBack(c)
	}
	s.flush()
}

// maxAnswers bounds the answers and beats that wait.
const maxAnswers = 4096

// waits reports whether such a command of the session's own waits for others to be
// answered.
func (r role) waits() bool { return r == forReplay || r == forUndo }

// pushAnswer puts an answer before the replay, which waits for the server. One
// that asks faster than it reads must not fill our memory.
func (s *Session) pushAnswer(c *Call) {
	q := &s.queue
	if q.answers++; q.answers > maxAnswers {
		s.lose(fmt.Errorf("%w: %d answers wait for a server that does not read them", ErrProtocol, maxAnswers))
		return
	}
	var waits *Call
	if last := q.control.tail; last != nil && last.entry.role.waits() {
		for waits = q.control.head; !waits.entry.role.waits(); waits = waits.entry.next {
		}
	}
	q.control.insertBefore(waits, c)
}

func (q *queue) removeControl(c *Call) {
	q.control.remove(c)
	if c.entry.role == forAnswer {
		q.answers--
	}
}

// clearControl drops what the session wanted to send on a link that is gone.
func (s *Session) clearControl() {
	for c := s.queue.control.head; c != nil; c = s.queue.control.head {
		s.queue.removeControl(c)
		s.freeID(c)
	}
}

// waitForReady gives every queued call timeouts.ready from the loss of a
// link; those who do not want to wait end, and those that the replay sends.
func (s *Session) waitForReady() {
	for c := s.queue.callers.head; c != nil; {
		next := c.entry.next
		if s.outlives(c) {
			s.queue.remove(c)
			s.finishReply(c, None, nil)
		} else if c.FailFast {
			s.queue.remove(c)
			s.finishError(c, NotSent, s.notReady())
		} else if c.entry.deadline == 0 {
			c.entry.deadline = s.now.Mono + s.plan.Timeouts.Ready
		}
		c = next
	}
}

// expireQueue ends the calls that waited for READY long enough. Deadlines
// rise from head to tail, but for those that a lost link put back in front.
func (s *Session) expireQueue() {
	if s.state.Up() || s.state == Draining {
		return
	}
	for c := s.queue.callers.head; c != nil && s.now.Mono >= c.entry.deadline; c = s.queue.callers.head {
		s.queue.remove(c)
		s.finishError(c, NotSent, s.notReady())
	}
}

// notReady is ErrNotReady with the reason that is known.
func (s *Session) notReady() error {
	if s.schedule.lastErr == nil {
		return ErrNotReady
	}
	return fmt.Errorf("%w: %w", ErrNotReady, s.schedule.lastErr)
}

// closedError is ErrClosed with the reason why.
func (s *Session) closedError() error {
	why := s.Err()
	if why == nil || errors.Is(why, ErrClosed) {
		return ErrClosed
	}
	return fmt.Errorf("%w: %w", ErrClosed, why)
}

// Cancel ends a call whose caller's context is done. Where the call had ended
// already, ended is true and its outcome stands; else the call belongs to the
// session for good (a reply may still come for it), and err is what its caller
// returns.
func (s *Session) Cancel(now Now, c *Call, cause error) (err error, ended bool) { //nolint:revive // the outcome comes first
	s.at(now)
	switch c.entry.place {
	case nowhere:
		return nil, true
	case queued, pausing:
		if c.entry.place == queued {
			s.queue.remove(c)
		}
		s.freeID(c)
		s.release(c)
		s.drained()
		s.flush() // it may have kept others, or the long poll, from being sent
		return s.errorOf(c, NotSent, cause), false
	case inFlight:
		if c.entry.deadline == 0 {
			// A tombstone without a deadline would hold its slot for ever.
			c.entry.timeout = s.plan.Timeouts.Reply
			c.entry.deadline = now.Mono + c.entry.timeout
			s.flight.checkBy(c.entry.deadline)
		}
	}
	c.entry.abandoned = true
	return s.errorOf(c, Unknown, cause), false
}

// errorOf is what the caller of c gets. What waits to be repeated was handed
// over on an earlier link, and of a sequence a part may have been.
func (s *Session) errorOf(c *Call, f Fate, err error) error {
	if c.entry.repeated {
		f = Unknown
	}
	if c.Sequence != nil {
		if c.entry.begun {
			f = Unknown
		}
		return &Error{Op: c.Sequence.Name, Fate: f, Err: err}
	}
	return &Error{Op: s.plan.Commands[c.Command].Name, Fate: f, Err: err}
}

// finishError ends a call without a reply.
func (s *Session) finishError(c *Call, f Fate, err error) {
	c.entry.place = nowhere
	s.freeID(c)
	s.release(c)
	if c.entry.role != forCaller || c.entry.abandoned {
		return
	}
	c.Err = s.errorOf(c, f, err)
	s.ended(c)
}

// Outstanding is the number of calls that have not ended, the session's own
// left out.
func (s *Session) Outstanding() int {
	if s.busy == nil {
		return 0
	}
	return s.queue.waiting() + int(s.flight.slots)
}

// waiting is the number of the callers' commands.
func (q *queue) waiting() int { return q.callers.n + int(q.more) }
