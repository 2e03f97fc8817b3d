package explain

import (
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// sentLength is how many bytes a step's command has on the wire, its end included;
// exact is false where that differs, and it is that of the example, or else of what is
// always the same.
func sentLength(p *model.Protocol, s *model.Step) (n int, exact bool) {
	t := &s.Do.Template
	if len(t.Fields) == 0 {
		if frame, ok := encode(p, t); ok {
			return len(frame), true
		}
	}
	return exampleLength(p, t, s.Do.Examples), false
}

func receivedLength(p *model.Protocol, m *model.Message) (n int, exact bool) {
	if len(m.Template.Fields) == 0 {
		if frame, ok := encode(p, &m.Template); ok {
			return len(frame), true
		}
	}
	return exampleLength(p, &m.Template, m.Examples), false
}

// encode is a frame without fields.
func encode(p *model.Protocol, t *model.Template) (frame []byte, ok bool) {
	framing := codec.FramingFor(p.Frames)
	frame, err := codec.Append(nil, &framing, t, nil)
	return frame, err == nil
}

func exampleLength(p *model.Protocol, t *model.Template, examples []*model.Example) int {
	end := len(p.Frames[t.Frame].SendEnd)
	for _, e := range examples {
		if e.Bad == "" {
			return len(e.Wire) + end
		}
	}
	return literal(t.Ops) + end
}

// literal is how many bytes are the same in every frame.
func literal(ops []*model.Op) (n int) {
	for _, op := range ops {
		if bits := model.Bits(op); bits > 0 {
			n += bits
		}
	}
	return n / 8
}
