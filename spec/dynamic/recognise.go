package dynamic

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
)

// Recognise says which message a frame is, its end included, as a client that
// expects any message finds it. ok is false where it is none.
func (p *Protocol) Recognise(frame []byte) (message string, values Values, ok bool) {
	f, _, need, err := wire.NewDecoder(&p.plan.Framing, p.dispatch).Next(frame, anything{})
	if err != nil || need > 0 || f.Message == wire.NoMessage {
		return "", nil, false
	}
	m := p.model.Messages[f.Message]
	values, err = codec.Parse(&p.plan.Framing, &m.Template, f.Bytes)
	return m.Name, values, err == nil
}

// shapes are how the messages are told apart.
func (p *Protocol) shapes() []wire.Shape {
	shapes := make([]wire.Shape, len(p.plan.Messages))
	for i, m := range p.plan.Messages {
		shapes[i] = m.Shape
	}
	return shapes
}

// anything expects every message.
type anything struct{}

func (anything) Expects(int) bool { return true }
