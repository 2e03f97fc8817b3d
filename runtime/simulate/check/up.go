package check

import "github.com/linewright/linewright/runtime/session"

// up: commands flow.
func up(s session.State) bool { return s == session.Ready || s == session.Suspect }

// carries: what was handed over is still answered.
func carries(s session.State) bool { return up(s) || s == session.Draining }
