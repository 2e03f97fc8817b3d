package check

import (
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// sequences: on a connection, nothing of other callers comes between the first command of
// one that is made of several, and its last or what undoes it; nothing of it comes before
// the first.
func sequences(j *judge) {
	if j.i > 0 {
		return // the first client stands for all: a device does not tell them apart
	}
	for i := range j.Plan.Sequences {
		open := map[int]string{} // by connection: the first command's ID
		for _, s := range j.Seen {
			if s.came() {
				j.comes(&j.Plan.Sequences[i], open, s)
			}
		}
	}
}

// comes judges one command that the device had.
func (j *judge) comes(q *session.Sequence, open map[int]string, s Seen) {
	first, isOpen := open[s.Conn]
	part := slices.IndexFunc(q.Steps, func(step session.Step) bool { return step.Kind == session.StepDo && step.Command == s.Command })
	begin := slices.IndexFunc(q.Steps, func(step session.Step) bool { return step.Kind == session.StepDo })
	switch {
	case q.Undo != nil && s.Command == q.Undo.Command:
		delete(open, s.Conn)
	case part == begin:
		if isOpen && first != s.ID {
			j.report(s.At, "%s came between the commands of %s on connection %d", s.ID, first, s.Conn)
		}
		open[s.Conn] = s.ID
	case part >= 0 && !isOpen:
		j.report(s.At, "a later command of %s came without the first on connection %d", q.Name, s.Conn)
	case part == len(q.Steps)-1:
		delete(open, s.Conn)
	case part < 0 && isOpen && !j.own(s.Command):
		j.report(s.At, "%s came between the commands of %s on connection %d", j.Plan.Commands[s.Command].Name, first, s.Conn)
	}
}

// own reports whether the session sends a command by itself.
func (j *judge) own(command int) bool {
	sends := func(s session.Step) bool { return s.Kind == session.StepDo && s.Command == command }
	for p := j.Plan.Liveness.Probe; p != nil; p = p.Else {
		if sends(p.Step) {
			return true
		}
	}
	return slices.ContainsFunc(j.Plan.Login, sends) || slices.ContainsFunc(j.Plan.Ready, sends)
}
