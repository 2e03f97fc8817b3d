package dynamic

import (
	"fmt"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// Protocol is a model that can be run.
type Protocol struct {
	model    *model.Protocol
	plan     *session.Plan
	messages map[string]int
	commands map[string]int
	// sequences are the commands made of several.
	sequences map[string]int
	index     map[*model.Message]int
	dispatch  *wire.Dispatch
}

// Open makes a model runnable. The error is one of [plan.Of]: what the runtime
// of this version cannot do, though the language can say it.
func Open(p *model.Protocol) (*Protocol, error) {
	filled, hooks, err := plan.Of(p)
	if err != nil {
		return nil, err
	}
	out := &Protocol{
		model: p, plan: filled,
		messages: make(map[string]int, len(p.Messages)),
		commands: make(map[string]int, len(p.Commands)), sequences: make(map[string]int, len(p.Sequences)),
		index: make(map[*model.Message]int, len(p.Messages)),
	}
	for i, m := range p.Messages {
		out.messages[m.Name], out.index[m] = i, i
	}
	for i, c := range p.Commands {
		out.commands[c.Name] = i
	}
	for i, c := range p.Sequences {
		out.sequences[c.Name] = i
	}
	for i := range hooks {
		if err := out.fill(&hooks[i]); err != nil {
			return nil, err
		}
	}
	out.dispatch = wire.NewDispatch(out.shapes())
	return out, nil
}

// Plan is the session plan, complete. It must not be changed.
func (p *Protocol) Plan() *session.Plan { return p.plan }

// Model is what Open was given.
func (p *Protocol) Model() *model.Protocol { return p.model }

// Message is the message of that name; nil where there is none.
func (p *Protocol) Message(name string) *model.Message {
	m, _ := p.message(name)
	return m
}

// Command is the command of that name, also one that is made of several; nil where there
// is none.
func (p *Protocol) Command(name string) *model.Command {
	if i, ok := p.sequences[name]; ok {
		return p.model.Sequences[i]
	}
	c, _, _ := p.command(name)
	return c
}

// Decode reads a frame, without its end, as the message of that name. The
// error is a [*wire.FieldError].
func (p *Protocol) Decode(message string, frame []byte) (Values, error) {
	m, err := p.message(message)
	if err != nil {
		return nil, err
	}
	return codec.Parse(&p.plan.Framing, &m.Template, frame)
}

// DecodeCommand reads a frame, without its end, as the command of that name:
// what a device does.
func (p *Protocol) DecodeCommand(command string, frame []byte) (Values, error) {
	c, _, err := p.command(command)
	if err != nil {
		return nil, err
	}
	return codec.Parse(&p.plan.Framing, &c.Template, frame)
}

// Encode appends the frame of a command, its end included, to dst. Fields that
// the spec sets by itself are given here as others are.
func (p *Protocol) Encode(dst []byte, command string, values Map) ([]byte, error) {
	c, _, err := p.command(command)
	if err != nil {
		return dst, err
	}
	return p.encode(dst, &c.Template, values)
}

// EncodeMessage appends the frame of a message, its end included, to dst: what
// a device does.
func (p *Protocol) EncodeMessage(dst []byte, message string, values Map) ([]byte, error) {
	m, err := p.message(message)
	if err != nil {
		return dst, err
	}
	return p.encode(dst, &m.Template, values)
}

func (p *Protocol) encode(dst []byte, t *model.Template, values Map) ([]byte, error) {
	v, err := p.Record(t.Fields, values)
	if err != nil {
		return dst, err
	}
	return codec.Append(dst, &p.plan.Framing, t, v)
}

func (p *Protocol) message(name string) (*model.Message, error) {
	i, ok := p.messages[name]
	if !ok {
		return nil, fmt.Errorf("%s has no message %q", p.model.Name, name)
	}
	return p.model.Messages[i], nil
}

func (p *Protocol) command(name string) (*model.Command, int, error) {
	i, ok := p.commands[name]
	if !ok {
		return nil, 0, fmt.Errorf("%s has no command %q", p.model.Name, name)
	}
	return p.model.Commands[i], i, nil
}
