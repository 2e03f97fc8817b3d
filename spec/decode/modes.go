package decode

import (
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// modes are those that a link may be in, as far as somebody can tell who only listens.
// Where the login ends, nothing says: what may be in it may be ready.
type modes []bool

func newModes(p *session.Plan, midway bool) modes {
	m := make(modes, session.ModeReady+1+len(p.Modes))
	for i := range m {
		m[i] = midway || i == session.ModeLogin || i == session.ModeReady
	}
	return m
}

// enter is a change of the mode.
func (m modes) enter(mode int) {
	clear(m)
	m[mode] = true
	m[session.ModeReady] = m[session.ModeReady] || mode == session.ModeLogin
}

// in reports whether the link may be in one of these modes.
func (m modes) in(list []int) bool {
	return slices.ContainsFunc(list, func(mode int) bool { return m[mode] })
}

// narrow says that something came that is only there in these modes; none: in all. What
// was thought before counts no more where it contradicts.
func (m modes) narrow(list []int) {
	if len(list) == 0 {
		return
	}
	known := m.in(list)
	for mode := range m {
		m[mode] = slices.Contains(list, mode) && (m[mode] || !known)
	}
	m[session.ModeReady] = m[session.ModeReady] || m[session.ModeLogin]
}
