package session

import (
	"fmt"
	"iter"
	"slices"
)

// The modes that every link goes through. Those that a plan names follow them.
const (
	ModeLogin = iota // from the connection to the end of the login steps
	ModeReady        // from then on; what has entered another mode before stays in it
)

// maxModes bounds the modes that a plan names.
const maxModes = 250

// InMode reports whether the link is in one of these modes. The decoder asks, for
// messages and kinds of frames that are not there in all of them.
func (s *Session) InMode(modes []int) bool { return slices.Contains(modes, int(s.link.mode)) }

// has reports whether what there is in these modes is there now; in none: always.
func (s *Session) has(modes []int) bool { return len(modes) == 0 || s.InMode(modes) }

// enter puts the link into a mode; 0: it stays where it is.
func (s *Session) enter(mode int) {
	if mode == 0 || mode == int(s.link.mode) {
		return
	}
	s.link.mode = uint8(mode)
	s.watchdog.entered(s)
}

// leaveLogin enters READY's mode behind the last login step.
func (s *Session) leaveLogin() {
	if s.script.next >= len(s.plan.Login) && s.link.mode == ModeLogin {
		s.enter(ModeReady)
	}
}

// modal tells which commands may change the mode: by themselves, or by a message
// that answers them.
func (p *Plan) modal() []bool {
	modal := make([]bool, len(p.Commands))
	for i := range p.Commands {
		c := &p.Commands[i]
		enters := func(r Reply) bool { return p.Messages[r.Message].Enters != 0 }
		modal[i] = c.Enters != 0 || slices.ContainsFunc(slices.Concat(c.Replies, c.Errors, c.Each), enters)
	}
	return modal
}

// changing reports whether a change of the mode is under way: nobody knows in which
// mode the server would take what is sent now.
func (s *Session) changing() bool { return s.flight.modal > 0 || s.batch.modal }

// barred reports whether c waits for a change of the mode, or is one and waits for
// what is under way: its replies could come in another mode. Probes are not waited
// for: one whose ack was lost would be followed by the next for ever.
func (s *Session) barred(c *Call) bool {
	return s.changing() || s.modal[c.Command] && s.flight.list.n > int(s.flight.expired+s.flight.probes)
}

// misplaced ends a call that is not for the mode which the link is in.
func (s *Session) misplaced(c *Call) bool {
	command := &s.plan.Commands[c.Command]
	if s.has(command.Shape.In) {
		return false
	}
	s.queue.remove(c)
	s.finishError(c, NotSent, fmt.Errorf("%w %s", ErrMode, s.plan.modeName(int(s.link.mode))))
	s.drained()
	return true
}

// modeName is the mode's name in the spec.
func (p *Plan) modeName(mode int) string {
	switch {
	case mode == ModeLogin:
		return "login"
	case mode == ModeReady:
		return "ready"
	}
	return p.Modes[mode-ModeReady-1]
}

// checkModes finds modes that there are not.
func (p *Plan) checkModes() error {
	if len(p.Modes) > maxModes {
		return fmt.Errorf("%d modes: want at most %d", len(p.Modes), maxModes)
	}
	for what, modes := range p.usedModes() {
		for _, m := range modes {
			if m < 0 || m > ModeReady+len(p.Modes) {
				return fmt.Errorf("%s: there is no mode %d", what, m)
			}
		}
	}
	return nil
}

// usedModes yields the modes that the parts of a plan name, with what they are.
func (p *Plan) usedModes() iter.Seq2[string, []int] {
	return func(yield func(what string, modes []int) bool) {
		more := true
		say := func(what string, in []int, enters int) { more = more && yield(what, append(slices.Clone(in), enters)) }
		for i := range p.Messages {
			say("message "+p.Messages[i].Name, p.Messages[i].Shape.In, p.Messages[i].Enters)
		}
		for i := range p.Commands {
			say("command "+p.Commands[i].Name, p.Commands[i].Shape.In, p.Commands[i].Enters)
		}
		for _, step := range p.steps() {
			say("a step", nil, step.Enters)
		}
		for i := range len(p.Framing.Others) + 1 {
			say("a kind of frames", p.Framing.Of(uint8(i)).In, 0)
		}
		for probe := p.Liveness.Probe; probe != nil; probe = probe.Else {
			say("a probe", probe.In, 0)
		}
		for beat := p.Liveness.Beat; beat != nil; beat = beat.Else {
			say("a beat", beat.In, 0)
		}
	}
}
