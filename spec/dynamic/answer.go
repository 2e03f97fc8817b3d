package dynamic

import (
	"maps"

	"github.com/linewright/linewright/spec/answer"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// Answer is what a device says by default to a received command: the frame of
// its first reply, without the end. A reply without fields is that; any other
// is the message's first good example, with the fields that the command echoes
// taken from the request. The answer to the same frame is always the same. A long
// poll is answered once it is interrupted.
//
// ok is false where there is nothing to say: the command has no reply, or its
// message has no example.
func (p *Protocol) Answer(command string, request []byte) (frame []byte, ok bool) {
	c, _, err := p.command(command)
	if err != nil {
		return nil, false
	}
	if poll := p.model.Session.Standby; poll != nil && c == poll.Send.Do {
		return nil, false // something must happen, or it be interrupted
	} else if poll != nil && c == poll.Interrupt.Do {
		frame, err = p.Example(poll.Ended().Name, nil)
		return frame, err == nil
	}
	if len(c.Replies) == 0 {
		return nil, false
	}
	m := c.Replies[0]
	if len(c.Echo) > 0 || c.ID != nil {
		if values, err := codec.Parse(&p.plan.Framing, &c.Template, request); err == nil {
			if frame, err := p.Example(m.Name, p.echo(c, m, values)); err == nil {
				return frame, true
			}
		}
	}
	frame, err = p.Example(m.Name, nil)
	return frame, err == nil
}

// echo are the values that a reply repeats of the command, the id with them.
func (p *Protocol) echo(c *model.Command, reply *model.Message, request Values) Map {
	out := Map{}
	echoed := c.Echo
	if c.ID != nil {
		echoed = append(echoed[:len(echoed):len(echoed)], c.ID)
	}
	for _, from := range echoed {
		v, ok := request.Get(from.Name)
		to := field(reply.Template.Fields, from.Name)
		if !ok || to == nil {
			continue
		}
		if converted, err := codec.Convert(&p.plan.Framing, to.Type, v); err == nil {
			out[to.Name] = converted
		} else if text, err := codec.ToText(&p.plan.Framing, from.Type, v); err == nil {
			out[to.Name] = text
		}
	}
	return out
}

// Greetings are what a device says by default on a new connection: the first
// of the spec's greetings, and what the login awaits before it sends anything.
func (p *Protocol) Greetings() [][]byte {
	var messages []*model.Message
	if greetings := p.model.Session.Greeting; len(greetings) > 0 {
		messages = append(messages, greetings[0])
	}
	return p.examples(append(messages, answer.Unasked(p.model)[nil]...))
}

// examples are the frames of those messages that have an example.
func (p *Protocol) examples(messages []*model.Message) (frames [][]byte) {
	for _, m := range messages {
		if frame, err := p.Example(m.Name, nil); err == nil {
			frames = append(frames, frame)
		}
	}
	return frames
}

// Refusal is what a device says by default to a login that it refuses: the
// first error of the login's commands that means so, else their first error.
func (p *Protocol) Refusal() (frame []byte, ok bool) {
	for _, mean := range []func(*model.ErrorRule) bool{refuses, anyError} {
		for _, step := range p.model.Session.Login {
			if step.Do == nil {
				continue
			}
			for _, m := range step.Do.Errors {
				if !mean(m.Error) {
					continue
				}
				if frame, err := p.Example(m.Name, nil); err == nil {
					return frame, true
				}
			}
		}
	}
	return nil, false
}

func refuses(r *model.ErrorRule) bool { return r != nil && r.Class == "refused" }

func anyError(*model.ErrorRule) bool { return true }

// Example is a frame of a message, without its end: the first good example of
// the spec, with the given fields in place of the example's. Of a message that
// may be an error it is the first that is none, if there is one. The error is
// that of EncodeMessage where there is no example, and given is not enough.
func (p *Protocol) Example(message string, given Map) ([]byte, error) {
	m, err := p.message(message)
	if err != nil {
		return nil, err
	}
	values := Map{}
	if e := answer.Example(m); e != nil {
		parsed, err := codec.Parse(&p.plan.Framing, &m.Template, e.Wire)
		if err != nil {
			return nil, err
		}
		values = parsed.Map()
	}
	maps.Copy(values, given)
	frame, err := p.encode(nil, &m.Template, values)
	if err != nil {
		return nil, err
	}
	return p.plan.Framing.Of(m.Template.Frame).Content(frame), nil
}

// field finds a field by its name; nil where there is none.
func field(fields []*model.Field, name string) *model.Field {
	for _, f := range fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}
