package session

import (
	"slices"
	"time"
)

// pace keeps frames apart for devices that cannot take them as fast as we send.
type pace struct {
	any     bool          // a frame was sent on this link
	last    time.Duration // when
	settled time.Duration // nothing is sent before
}

// sent notes a frame that is handed over, and how long its command needs.
func (p *pace) sent(now, settle time.Duration) {
	p.any, p.last = true, now
	p.settle(now, settle)
}

// wrote notes that the last frames have left us now.
func (p *pace) wrote(now time.Duration) {
	if p.settled > p.last {
		p.settled += now - p.last
	}
	p.last = now
}

// settle lets nothing out for a while.
func (p *pace) settle(now, settle time.Duration) {
	if settle > 0 {
		p.settled = max(p.settled, now+settle)
	}
}

// from is when the command may be sent at the earliest, by its gap and by what
// was sent before.
func (p *pace) from(c *Command) time.Duration {
	if !p.any {
		return 0
	}
	return max(p.settled, p.last+c.Gap)
}

// paces reports whether any command has a pause.
func (p *Plan) paces() bool {
	return slices.ContainsFunc(p.Commands, func(c Command) bool { return c.Gap > 0 || c.Settle > 0 })
}

// inTime reports whether it is not too early for the command.
func (s *Session) inTime(command int) bool {
	return !s.paces || s.batch.pace.from(&s.plan.Commands[command]) <= s.now.Mono
}

// mayProbe reports whether a probe that is wanted may be sent now.
func (s *Session) mayProbe() bool {
	return !s.standing(nil) && !s.changing() && s.inTime(s.watchdog.asks.Step.Command)
}

// probeWaits reports whether a probe waits for its time: what comes behind it
// must not begin that anew.
func (s *Session) probeWaits() bool {
	return s.paces && s.watchdog.wanted && !s.inTime(s.watchdog.asks.Step.Command)
}

// controlWaits is probeWaits for the session's other commands.
func (s *Session) controlWaits() bool {
	c := s.queue.control.head
	return s.paces && c != nil && s.mayControlSoon(c) && !s.inTime(c.Command)
}

// paced is when something may be sent that is too early now; 0: nothing is.
func (s *Session) paced() time.Duration {
	b := &s.batch
	if !b.pace.any || b.writing || b.asked || s.link.phase <= dialing {
		return 0
	}
	next := None
	if c := s.queue.callers.head; c != nil && s.mayCallSoon(c) {
		next = c.Command
	}
	if s.controlWaits() {
		next = s.queue.control.head.Command
	}
	if s.probeWaits() {
		next = s.watchdog.asks.Step.Command
	}
	if next == None || s.inTime(next) {
		return 0
	}
	return b.pace.from(&s.plan.Commands[next])
}
