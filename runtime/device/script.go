package device

import "github.com/linewright/linewright/runtime/session"

// Expects prefers what the session's script sends next: a user and a password
// may look the same, and then their order tells which is which.
func (s scripted) Expects(command int) bool { return s.upcoming(command) != 0 }

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
