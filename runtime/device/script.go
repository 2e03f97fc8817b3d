package device

import "github.com/linewright/linewright/runtime/session"

// Expects prefers what the session's script sends next: a user and a password
// may look the same, and then their order tells which is which. Where the script
// may be over, as all that is left of it depends on the client, any command is as
// likely, and the one that says more of the frame is taken.
func (s scripted) Expects(command int) bool { return s.upcoming(command) != 0 || s.mayBeOver() }

// mayBeOver reports whether no step is left that every client sends.
func (p *Peer) mayBeOver() bool {
	plan := p.d.plan
	for i := p.step; i < len(plan.Login)+len(plan.Ready); i++ {
		if s := stepAt(plan, i); s.Kind == session.StepDo && s.When == nil {
			return false
		}
	}
	return true
}

type scripted struct{ *Peer }

// upcoming is the step, from 1, that sends the command and may be the next one; 0:
// another one comes first; -1: the script is over.
func (p *Peer) upcoming(command int) int {
	plan, over := p.d.plan, -1
	for i := p.step; i < len(plan.Login)+len(plan.Ready); i++ {
		s := stepAt(plan, i)
		if s.Kind != session.StepDo {
			continue
		}
		if over = 0; s.Command == command {
			return i + 1
		}
		if s.When == nil {
			break
		}
	}
	return over
}

func stepAt(p *session.Plan, i int) *session.Step {
	if i < len(p.Login) {
		return &p.Login[i]
	}
	return &p.Ready[i-len(p.Login)]
}

// stepped notes that a command of the script came.
func (p *Peer) stepped(command int) {
	if at := p.upcoming(command); at > 0 {
		p.step = at
	}
}
