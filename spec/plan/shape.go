package plan

import (
	"fmt"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/marks"
	"github.com/linewright/linewright/spec/model"
)

// shapeOf is one shape to be made.
type shapeOf struct {
	path     string
	out      *wire.Shape
	template *model.Template
	message  *model.Message // or
	command  *model.Command
}

// shape fills s.out from the template, and adds the hooks for its counts and
// its check.
func (b *builder) shape(s shapeOf) {
	s.out.Frame = s.template.Frame
	p := b.packet(s.template)
	if object := model.Object(s.template.Ops); object != nil {
		if s.out.Object, s.out.Marks = true, marks.Of(object.Members); p != nil {
			s.out.Head, s.out.Mask = headOf(codec.KnownBytes(s.template.Ops), p)
		}
		b.check(s)
		return
	}
	if p != nil {
		b.packetShape(s, p)
		return
	}
	w := &walker{template: s.template, nested: newNested()}
	w.walk(s.template.Ops, nil)
	w.endLine()
	if w.err != nil {
		name := "messages." + nameOf(s.message)
		if s.command != nil {
			name = "commands." + s.command.Name
		}
		b.fail("%s: %w", name, w.err)
		return
	}
	told := w.told()
	s.out.Prefix, s.out.Whole, s.out.Block, s.out.Steps = w.first, w.whole, w.block, w.steps
	if s.template.Prompt {
		s.out.Prompt = true
		if !w.whole {
			s.out.Suffix = s.template.Ops[len(s.template.Ops)-1].Lit
		}
	}
	b.counts(s, w.counts, s.out.Steps, s.path+".Steps")
	b.nested(s, w.nested)
	if !w.literal() && !told {
		b.check(s)
	}
}

func (b *builder) check(s shapeOf) {
	b.hook(Hook{Kind: Check, Path: s.path + ".Check", Slot: &s.out.Check, Message: s.message, Command: s.command})
}

func nameOf(m *model.Message) string {
	if m == nil {
		return ""
	}
	return m.Name
}

// counts makes the hooks of the steps that count. The slots point into steps,
// which must not be appended to any more.
func (b *builder) counts(s shapeOf, counts []counted, steps []wire.Step, path string) {
	for i := range counts {
		at := fmt.Sprintf("%s[%d]", path, i)
		if counts[i].Template != nil {
			b.hook(Hook{
				Kind: CountOf, Path: at + ".Count", Slot: &steps[i].Count,
				Message: s.message, Command: s.command, Count: counts[i].Count,
			})
		}
		b.counts(s, counts[i].body, steps[i].Body, at+".Body")
		for n, c := range counts[i].cases {
			b.counts(s, c, steps[i].Cases[n].Body, fmt.Sprintf("%s.Cases[%d].Body", at, n))
		}
	}
}
