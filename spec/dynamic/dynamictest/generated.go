package dynamictest

import (
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// Generated is what a generated package has.
type Generated struct {
	Plan *session.Plan
	// Params makes an empty Params struct; nil: the spec has no parameters.
	Params func() any
	// Messages and Commands make empty frames, in the order of the spec.
	Messages []func() Frame
	Commands []func() Frame
	// Args makes the empty arguments of each command that is made of several; nil where
	// it has none.
	Args []func() any
}

// Frame is one message or command: a pointer to its struct.
type Frame interface {
	ParseFrame(frame []byte) error
	AppendFrame(dst []byte) ([]byte, error)
}

// New makes an empty frame of a generated type, as [Generated] wants it.
func New[M any, P interface {
	*M
	Frame
}]() Frame {
	return P(new(M))
}

// pair is one message or command in both forms.
type pair struct {
	name     string
	template *model.Template
	dynamic  check
	other    check
	frame    func() Frame
}

// check is a shape's check; nil accepts.
type check func(frame []byte) error

func (c check) accepts(frame []byte) bool { return c == nil || c(frame) == nil }

// pairs are all messages and commands; ok is false where the numbers differ.
func pairs(p *dynamic.Protocol, g Generated) (list []pair, ok bool) {
	m := p.Model()
	if len(g.Messages) != len(m.Messages) || len(g.Commands) != len(m.Commands) {
		return nil, false
	}
	for i, x := range m.Messages {
		list = append(list, pair{
			"message " + x.Name, &x.Template,
			p.Plan().Messages[i].Shape.Check, g.Plan.Messages[i].Shape.Check, g.Messages[i],
		})
	}
	for i, x := range m.Commands {
		list = append(list, pair{
			"command " + x.Name, &x.Template,
			p.Plan().Commands[i].Shape.Check, g.Plan.Commands[i].Shape.Check, g.Commands[i],
		})
	}
	return list, true
}
