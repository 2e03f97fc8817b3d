package dynamic

import (
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// classifier finds the class of an error in its frame.
func classifier(f *wire.Framing, m *model.Message) func(frame []byte) session.Class {
	return func(frame []byte) session.Class {
		v, err := codec.Parse(f, &m.Template, frame)
		if err != nil {
			return session.ClassClose
		}
		return plan.ClassOf(codec.Class(m.Error, v))
	}
}

// echoKey appends the key of the echoed fields of a reply.
func echoKey(f *wire.Framing, t *model.Template, echo []*model.Field) func(dst, frame []byte) ([]byte, error) {
	return func(dst, frame []byte) ([]byte, error) {
		v, err := codec.Parse(f, t, frame)
		if err != nil {
			return dst, err
		}
		return codec.AppendKey(dst, echo, v), nil
	}
}
