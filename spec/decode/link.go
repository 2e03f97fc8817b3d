package decode

import (
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// link is one connection, seen from outside.
type link struct {
	d        *Decoder
	id       int
	streams  [2]*stream // by direction
	modes    modes
	script   session.Progress
	greeting bool      // may still come
	waiting  []waiting // commands without a reply so far, the oldest first
	passed   []bool    // commands of the session's script that have succeeded: they do not come again
	secure   bool      // TLS has begun
	echoes   echoes
}

func newLink(d *Decoder, id int, midway bool) *link {
	l := &link{d: d, id: id, modes: newModes(d.plan, midway), script: session.ProgressOf(d.plan), greeting: len(d.plan.Greeting) > 0}
	l.passed = make([]bool, len(d.plan.Commands))
	if midway {
		for i := range l.passed {
			l.passed[i] = true
		}
		l.script, l.greeting = session.Over(d.plan), false
		l.awaitAnything()
	}
	for from := range l.streams {
		l.streams[from] = newStream(l, Direction(from), midway)
	}
	return l
}

// sent follows a command.
func (l *link) sent(command int) {
	l.script.Came(command)
	c := &l.d.plan.Commands[command]
	l.modes.narrow(c.Shape.In)
	if len(c.Replies) == 0 {
		l.passed[command] = true
		l.enter(c.Enters)
		return
	}
	l.await(waiting{command: command})
}

// received follows a message.
func (l *link) received(message int, frame []byte) {
	m := &l.d.plan.Messages[message]
	l.modes.narrow(m.Shape.In)
	l.enter(m.Enters)
	if l.greeting && slices.Contains(l.d.plan.Greeting, message) {
		l.greeting = false
		return
	}
	command := l.answered(message)
	failed := m.Class != session.ClassNone || m.Classify != nil && m.Classify(frame) != session.ClassNone
	if command == session.None {
		return
	}
	c := &l.d.plan.Commands[command]
	if failed || !among(c.Replies, message) {
		if slices.ContainsFunc(l.d.plan.Login, func(s session.Step) bool { return s.Kind == session.StepDo && s.Command == command }) {
			clear(l.passed) // the login begins again
			l.script = session.ProgressOf(l.d.plan)
		}
		return
	}
	l.passed[command] = true
	l.enter(c.Enters)
	if step := l.script.Last(); step != nil && step.Kind == session.StepDo && step.Command == command {
		l.enter(step.Enters)
	}
}

func (l *link) enter(mode int) {
	if mode != 0 {
		l.modes.enter(mode)
	}
}

// Expects of a listener to messages: those that may come unasked, the greeting, what a
// step expects, and replies to what waits.
func (l *link) expectsMessage(m int) bool {
	plan := l.d.plan
	switch plan.Messages[m].Event {
	case session.IsEvent, session.AlsoEvent, session.StateEvent:
		return true
	}
	if plan.Messages[m].Noise || l.d.expected[m] || l.greeting && slices.Contains(plan.Greeting, m) {
		return true
	}
	if slices.ContainsFunc(plan.Answers, func(a session.Answer) bool { return a.Message == m }) {
		return true
	}
	return slices.ContainsFunc(l.waiting, func(w waiting) bool { return w.takes(plan, m) })
}

// takesMessage prefers, among messages that a frame may be, what answers the command
// that waits first.
func (l *link) takesMessage(m int) bool {
	plan := l.d.plan
	if plan.Match != session.MatchOrder || len(l.waiting) == 0 {
		return true
	}
	e := plan.Messages[m].Event
	return e == session.IsEvent || e == session.AlsoEvent || e == session.StateEvent || l.waiting[0].takes(plan, m)
}
