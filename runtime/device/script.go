package device

// scripted expects the commands of a connection.
type scripted struct{ *Peer }

// Expects prefers what the session's script sends next. Where that may be over, the
// command that says more of the frame is taken.
func (s scripted) Expects(command int) bool { return s.script.Prefers(command) }
