package plan

import (
	"fmt"
	"slices"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/model"
)

func (b *builder) messages() {
	b.plan.Messages = make([]session.Message, len(b.model.Messages))
	answered := map[*model.Message]bool{}
	for _, c := range b.model.Commands {
		for _, m := range slices.Concat(c.Replies, c.Each) {
			answered[m] = true
		}
	}
	for i, m := range b.model.Messages {
		path := fmt.Sprintf("Messages[%d]", i)
		out := &b.plan.Messages[i]
		out.Name = m.Name
		out.Event = word(b, events, m.Event, "messages."+m.Name+".event")
		out.Noise = m.Noise
		out.Capture = m.Captured
		out.Enters = m.Enters
		out.Shape.In = m.In
		out.Shape.Inside = m.Inside
		b.shape(shapeOf{path: path + ".Shape", out: &out.Shape, template: &m.Template, message: m})
		if m.ID != nil {
			b.hook(Hook{Kind: ID, Path: path + ".ID", Slot: &out.ID, Message: m})
		}
		if m.Error != nil || b.isError[m] {
			b.hook(Hook{Kind: Failure, Path: path + ".Failure", Slot: &out.Failure, Message: m})
		}
		switch {
		case m.Error == nil:
			// Listed among errors and never among replies: an error, though
			// it does not say so itself.
			if b.isError[m] && !answered[m] {
				out.Class = session.ClassFailed
			}
		case m.Error.Field == nil:
			out.Class = word(b, classes, m.Error.Class, "messages."+m.Name+".error")
		default:
			b.hook(Hook{Kind: Classify, Path: path + ".Classify", Slot: &out.Classify, Message: m})
		}
	}
}
