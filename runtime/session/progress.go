package session

// Progress is how far a session's script has come, seen from the other side: by the
// commands that arrive. What is left to the client, as steps with a condition are, may
// or may not come.
type Progress struct {
	plan *Plan
	step int // that comes next
}

// ProgressOf is that of a connection which begins now.
func ProgressOf(p *Plan) Progress { return Progress{plan: p} }

// Over is the progress of a connection that may have begun long ago.
func Over(p *Plan) Progress { return Progress{p, len(p.Login) + len(p.Ready)} }

// at is a step of the script, login and ready together.
func (p *Progress) at(i int) *Step {
	if i < len(p.plan.Login) {
		return &p.plan.Login[i]
	}
	return &p.plan.Ready[i-len(p.plan.Login)]
}

// Last is the step that came last; nil before there was one.
func (p *Progress) Last() *Step {
	if p.step == 0 || p.step > len(p.plan.Login)+len(p.plan.Ready) {
		return nil
	}
	return p.at(p.step - 1)
}

// Prefers reports whether a command is what the script sends next: a user and a password
// may look the same, and then their order tells which is which. Where the script
// may be over, as all that is left of it depends on the client, any command is as
// likely.
func (p *Progress) Prefers(command int) bool { return p.upcoming(command) != 0 || p.mayBeOver() }

// mayBeOver reports whether no step is left that every client sends.
func (p *Progress) mayBeOver() bool {
	for i := p.step; i < len(p.plan.Login)+len(p.plan.Ready); i++ {
		if s := p.at(i); s.Kind == StepDo && s.When == nil {
			return false
		}
	}
	return true
}

// upcoming is the step, from 1, that sends the command and may be the next one; 0:
// another one comes first; -1: the script is over.
func (p *Progress) upcoming(command int) int {
	over := -1
	for i := p.step; i < len(p.plan.Login)+len(p.plan.Ready); i++ {
		s := p.at(i)
		if s.Kind != StepDo {
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

// Came notes that a command came.
func (p *Progress) Came(command int) {
	if at := p.upcoming(command); at > 0 {
		p.step = at
	}
}

// LoggingIn reports whether a command of the login must, and may, still come.
func (p *Progress) LoggingIn() (must, may bool) {
	for i := p.step; i < len(p.plan.Login); i++ {
		if s := &p.plan.Login[i]; s.Kind == StepDo {
			must, may = must || s.When == nil, true
		}
	}
	return must, may
}
