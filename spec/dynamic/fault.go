package dynamic

import (
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// Fault is an error message of the device.
type Fault struct {
	Command string // that it answers; empty where it came unasked, or in a login
	Message string // the error message's name
	Values  Values
	Class   session.Class
}

// Error gives the command, the message and its fields, secrets hidden.
func (f *Fault) Error() string {
	s := f.Message
	if f.Command != "" {
		s = f.Command + ": " + s
	}
	if len(f.Values) > 0 {
		s += " " + f.Values.String()
	}
	return s
}

// Temporary reports whether the same command may succeed later.
func (f *Fault) Temporary() bool { return f.Class == session.ClassRetry }

// failure reads frames of m as errors. A message that is one only because a
// command lists it there has failed.
func (p *Protocol) failure(m *model.Message) func(frame []byte) error {
	framing := &p.plan.Framing
	return func(frame []byte) error {
		values, err := codec.Parse(framing, &m.Template, frame)
		if err != nil {
			return err
		}
		f := &Fault{Message: m.Name, Values: values, Class: session.ClassFailed}
		if m.Error != nil {
			f.Class = plan.ClassOf(codec.Class(m.Error, values))
		}
		return f
	}
}
