package dynamic

import (
	"fmt"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// fill puts a closure into the plan where a hook asks for one.
func (p *Protocol) fill(h *plan.Hook) error {
	framing, t := &p.plan.Framing, template(h)
	switch slot := h.Slot.(type) {
	case *func(frame []byte) error:
		if h.Kind == plan.Failure {
			*slot = p.failure(h.Message)
			break
		}
		*slot = func(frame []byte) error { return codec.Check(framing, t, frame) }
	case *func(frame []byte) (int, error):
		c := h.Count
		*slot = func(frame []byte) (int, error) { return codec.Measure(framing, c.Template, c.At, frame) }
	case *func(frame []byte) (uint64, bool):
		*slot = numberReader(framing, t, numberOf(h))
	case *func(frame []byte) session.Class:
		*slot = classifier(framing, h.Message)
	case *func(dst, frame []byte) ([]byte, error):
		*slot = echoKey(framing, t, h.Echo)
	case *func(dst []byte, v *session.Vars) ([]byte, error):
		*slot = p.encoder(h)
	case *func(v *session.Vars) (uint64, bool):
		*slot = p.told(h.Interval)
	case *func(v *session.Vars) bool:
		*slot = p.condition(h)
	case *func(v *session.Vars) int:
		*slot = times(h.Step.For)
	default:
		return fmt.Errorf("%s: this version cannot fill a hook of type %T", h.Path, h.Slot)
	}
	return nil
}

// numberOf is the field that the hook reads: what a message answers, or how long a
// command is to be waited for.
func numberOf(h *plan.Hook) *model.Field {
	if h.Kind == plan.Wait {
		return h.Command.Wait.Field
	}
	return h.Message.ID
}

// template is what the hook's frames are of; nil for scripts.
func template(h *plan.Hook) *model.Template {
	switch {
	case h.Message != nil:
		return &h.Message.Template
	case h.Command != nil:
		return &h.Command.Template
	default:
		return nil
	}
}
