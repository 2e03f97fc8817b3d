package dynamic

import (
	"fmt"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// frame is the last frame of a message on this link, nil where none came.
func (s *scope) frame(m *model.Message) []byte {
	switch {
	case s.vars == nil:
		return nil
	case m == s.answer:
		return s.vars.Request
	}
	i, ok := s.p.index[m]
	if !ok || i >= len(s.vars.Captured) {
		return nil
	}
	return s.vars.Captured[i]
}

// captured is a field of a message that came; absent where it did not, or the
// field is.
func (s *scope) captured(m *model.Message, path []*model.Field) (result, error) {
	frame := s.frame(m)
	if frame == nil || len(path) == 0 {
		return absent, nil
	}
	values, ok := s.parsed[m]
	if !ok {
		var err error
		if values, err = codec.Parse(&s.p.plan.Framing, &m.Template, frame); err != nil {
			return absent, fmt.Errorf("captured %s: %w", m.Name, err)
		}
		if s.parsed == nil {
			s.parsed = map[*model.Message]Values{}
		}
		s.parsed[m] = values
	}
	var value any = values
	for _, f := range path {
		// A layout of one field is that field: the path names it, the value
		// is there already.
		if v, isRecord := value.(Values); isRecord {
			value, _ = v.Get(f.Name)
		}
	}
	return result{value, path[len(path)-1].Type}, nil
}
