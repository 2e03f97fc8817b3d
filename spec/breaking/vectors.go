package breaking

import (
	"bytes"
	"fmt"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// frames are those that a template is known by: the good examples of the old document,
// or, of one without a field, the frame that it always is.
func frames(p *model.Protocol, t *model.Template, examples []*model.Example) (all [][]byte) {
	for _, e := range examples {
		if e.Bad == "" {
			all = append(all, e.Wire)
		}
	}
	if len(all) == 0 && len(t.Fields) == 0 {
		framing := codec.FramingFor(p.Frames)
		if frame, err := codec.Append(nil, &framing, t, nil); err == nil {
			all = append(all, bytes.TrimSuffix(frame, []byte(p.Frames[t.Frame].SendEnd)))
		}
	}
	return all
}

// misread is the first frame of an old message that the new template reads no more, or
// reads as something else; empty: all are read as before.
func (l *list) misread(old, now *model.Message) string {
	before, after := codec.FramingFor(l.old.Frames), codec.FramingFor(l.now.Frames)
	for _, frame := range frames(l.old, &old.Template, old.Examples) {
		was, err := codec.Parse(&before, &old.Template, frame)
		if err != nil {
			continue
		}
		is, err := codec.Parse(&after, &now.Template, frame)
		if err != nil {
			return fmt.Sprintf("%s is no longer understood (%v)", quote(frame), err)
		}
		for _, item := range was {
			if v, ok := is.Get(item.Name); ok && codec.Show(v) != codec.Show(item.Value) {
				return fmt.Sprintf("%s is understood, but %s is now %s, and was %s", quote(frame), item.Name, codec.Show(v), codec.Show(item.Value))
			}
		}
	}
	return ""
}

// rewritten is the first frame of an old command that is not written any more when the
// same is asked for; empty: all are.
func (l *list) rewritten(old, now *model.Command) string {
	before, after := codec.FramingFor(l.old.Frames), codec.FramingFor(l.now.Frames)
	for _, frame := range frames(l.old, &old.Template, old.Examples) {
		was, err := codec.Parse(&before, &old.Template, frame)
		if err != nil {
			continue
		}
		written, err := codec.Append(nil, &before, &old.Template, was)
		if err != nil {
			continue
		}
		is, err := codec.Append(nil, &after, &now.Template, was)
		if err != nil {
			return fmt.Sprintf("what was sent as %s can no longer be sent like that (%v)", quote(frame), err)
		}
		ends := func(p *model.Protocol, t *model.Template, frame []byte) []byte {
			return bytes.TrimSuffix(frame, []byte(p.Frames[t.Frame].SendEnd)) // frames.go compares it
		}
		if a, b := ends(l.old, &old.Template, written), ends(l.now, &now.Template, is); !bytes.Equal(a, b) {
			return fmt.Sprintf("what was sent as %s is now sent as %s", quote(a), quote(b))
		}
	}
	return ""
}

// quote shows a frame, or the beginning of a long one.
func quote(frame []byte) string {
	const most = 60
	if len(frame) > most {
		return fmt.Sprintf("%q…", frame[:most])
	}
	return fmt.Sprintf("%q", frame)
}
