package decode

import (
	"encoding/json"
	"errors"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// maxNearest bounds what is looked at to find what it is nearest to, in bytes.
const maxNearest = 64 << 10

// nearest finds the message or command that reads most of a frame, or of what begins
// where it does; secret: it has secret fields.
func (s *side) nearest(frame, rest []byte) (trouble *Trouble, secret bool) {
	best := &Trouble{Reason: s.nothing}
	frame, rest = frame[:min(len(frame), maxNearest)], rest[:min(len(rest), maxNearest)]
	object := members(frame)
	found, most := -1, 0
	for i, t := range s.templates {
		b := frame
		if s.framing.Of(t.Frame).Packet == nil && lines(t.Ops) {
			b = rest
		}
		tried, reach := s.try(i, b)
		if s.shapes[i].Object {
			if object == nil {
				continue
			}
			reach = met(s.shapes[i].Marks, object)
			tried.Offset, tried.begun = 0, reach > len(s.shapes[i].Marks)
		}
		if reach > most {
			best, found, most = tried, i, reach
		}
	}
	if found < 0 {
		return best, false
	}
	return best, secretive(s.templates[found].Fields)
}

// try reads a frame as the message or command with an index, and says how many bytes it
// does.
func (s *side) try(i int, b []byte) (trouble *Trouble, reach int) {
	place, err := codec.Refused(&s.framing, s.templates[i], b)
	trouble = &Trouble{Nearest: s.names[i]}
	var field *wire.FieldError
	switch {
	case err == nil && s.vague(i):
		return trouble, 0
	case err == nil:
		trouble.Reason, trouble.begun = "may not come now", true
		return trouble, len(b)
	case !errors.As(err, &field):
		trouble.Reason = err.Error()
		return trouble, 0
	}
	trouble.Field, trouble.Reason, trouble.Offset, trouble.Due = field.Field, field.Reason, field.Offset, place.Due
	if field.Field == wire.PartLiteral && place.Due != "" {
		trouble.Offset += common(b[min(field.Offset, len(b)):], place.Due)
		trouble.Reason = "other text than is due"
	}
	if shape := &s.shapes[i]; place.Kind == codec.PlaceEnd && lines(s.templates[i].Ops) {
		trouble.Reason = "the line goes on"
		if s.framing.Of(shape.Frame).EndAt(b[min(field.Offset, len(b)):]) {
			trouble.Reason = "may not come now"
		}
	}
	trouble.begun = s.framing.Of(s.shapes[i].Frame).Packet != nil && trouble.Offset > 1 ||
		s.shapes[i].Prefix != "" && trouble.Offset >= len(s.shapes[i].Prefix)
	return trouble, trouble.Offset
}

// common is how far b begins as text does.
func common(b []byte, text string) int {
	n := 0
	for n < min(len(b), len(text)) && b[n] == text[n] {
		n++
	}
	return n
}

// lines reports whether a template takes several lines.
func lines(ops []*model.Op) bool {
	for _, op := range ops {
		if op.Kind == model.OpBreak || op.Until != nil || lines(op.Body) {
			return true
		}
	}
	return false
}

// members are those of a JSON object; nil: it is none.
func members(frame []byte) map[string]any {
	var m map[string]any
	if json.Unmarshal(frame, &m) != nil {
		return nil
	}
	return m
}

// met counts the constants and members of a message that an object has, constants first.
func met(marks []wire.Mark, object map[string]any) int {
	n := 0
	for _, m := range marks {
		at, ok := any(object), true
		for _, key := range m.Path {
			inside, _ := at.(map[string]any)
			at, ok = inside[key]
		}
		text, _ := json.Marshal(at)
		switch {
		case ok && m.Kind == wire.MarkConst && string(text) == m.Const:
			n += len(marks)
		case ok && m.Kind != wire.MarkConst:
			n++
		}
	}
	return n
}
