package dynamic_test

import (
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// entry is the mode that a command leads to, once one of these has answered it.
type entry struct {
	success []int
	mode    int
}

// after is the mode behind a reply; 0: the link stays in its own.
func (e entry) after(message int) int {
	if slices.Contains(e.success, message) {
		return e.mode
	}
	return 0
}

func (c *replayed) enter(mode int) {
	if mode != 0 {
		c.mode = mode
	}
}

// InMode reports whether the connection may be in one of these modes. Where the
// login ends, a transcript does not say.
func (c *replayed) InMode(modes []int) bool {
	if c.mode == session.ModeLogin {
		return slices.Contains(modes, session.ModeLogin) || slices.Contains(modes, session.ModeReady)
	}
	return slices.Contains(modes, c.mode)
}

// allIn expects everything that there is in the connection's mode.
type allIn struct{ *replayed }

func (allIn) Expects(int) bool { return true }
