package dynamic

import (
	"slices"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// Recognise says which message a frame is, its end included, as a client that
// expects any message finds it, in the first mode of a link in which it is one. ok is
// false where it is none.
func (p *Protocol) Recognise(frame []byte) (message string, values Values, ok bool) {
	for mode := range model.ModeReady + 1 + len(p.model.Modes) {
		f, _, need, err := wire.NewDecoder(&p.plan.Framing, p.dispatch).Next(frame, anything{mode})
		if err != nil || need > 0 || f.Message == wire.NoMessage {
			continue
		}
		m := p.model.Messages[f.Message]
		values, err = codec.Parse(&p.plan.Framing, &m.Template, f.Bytes)
		return m.Name, values, err == nil
	}
	return "", nil, false
}

// shapes are how the messages are told apart.
func (p *Protocol) shapes() []wire.Shape {
	shapes := make([]wire.Shape, len(p.plan.Messages))
	for i, m := range p.plan.Messages {
		shapes[i] = m.Shape
	}
	return shapes
}

// anything expects every message of a mode.
type anything struct{ mode int }

func (anything) Expects(int) bool { return true }

// InMode reports whether the mode is among these.
func (a anything) InMode(modes []int) bool { return slices.Contains(modes, a.mode) }
