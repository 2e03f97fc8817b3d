package dynamic

import "github.com/linewright/linewright/runtime/session"

// Fault is an error message of the device in reply to a command.
type Fault struct {
	Command string
	Message string // the error message's name
	Values  Values
	Class   session.Class
}

// Error gives the command, the message and its fields, secrets hidden.
func (f *Fault) Error() string {
	s := f.Command + ": " + f.Message
	if len(f.Values) > 0 {
		s += " " + f.Values.String()
	}
	return s
}

// Temporary reports whether the same command may succeed later.
func (f *Fault) Temporary() bool { return f.Class == session.ClassRetry }
