package plan

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// packet is how frames of a template are cut that are more than lines; nil: they
// are lines.
func (b *builder) packet(t *model.Template) *model.Packet {
	f := b.model.Frame
	if int(t.Frame) < len(b.model.Frames) {
		f = b.model.Frames[t.Frame]
	}
	if f == nil {
		return nil
	}
	return f.Packet
}

// packetShape is shape for a packet: the literal bytes of its layout tell
// messages apart, and then what the payload begins with. Of frames that delimit
// themselves, the literal bytes at their beginning do, and steps say how far
// they go.
func (b *builder) packetShape(s shapeOf, p *model.Packet) {
	bytes := codec.KnownBytes(s.template.Ops)
	if p.Extent == model.ExtentSelf {
		s.out.Prefix = codec.Leading(bytes)
		m := &measurer{template: s.template, nested: newNested()}
		m.walk(s.template.Ops, nil)
		m.flush()
		s.out.Steps = m.steps
		b.counts(s, m.counts, s.out.Steps, s.path+".Steps")
		b.nested(s, m.nested)
		b.check(s)
		return
	}
	s.out.Head, s.out.Mask = headOf(bytes, p)
	s.out.Prefix = codec.Leading(bytes[min(p.Head, len(bytes)):])
	b.check(s)
}

// headOf is what is known of the layout before what the message says.
func headOf(bytes []codec.Known, p *model.Packet) (head, mask string) {
	return pattern(bytes[:min(p.Head, len(bytes))])
}

// pattern is what of the bytes is known, without what is not at their end.
func pattern(bytes []codec.Known) (value, mask string) {
	n := len(bytes)
	for n > 0 && bytes[n-1].Mask == 0 {
		n--
	}
	v, m := make([]byte, n), make([]byte, n)
	for i := range n {
		v[i], m[i] = bytes[i].Value, bytes[i].Mask
	}
	return string(v), string(m)
}

// measurer goes through a template of frames that delimit themselves and makes
// the steps by which a decoder finds their end.
type measurer struct {
	template *model.Template
	steps    []wire.Step
	counts   []counted
	nested   *nestedTypes
	bits     int // of fixed size since the last step
}

func (m *measurer) walk(ops []*model.Op, at []*model.Op) {
	for _, op := range ops {
		m.op(op, append(at[:len(at):len(at)], op))
	}
}

func (m *measurer) op(op *model.Op, at []*model.Op) {
	if n := model.Bits(op); n >= 0 {
		m.bits += n
		return
	}
	if op.Kind == model.OpOptional {
		m.part(op, at)
		return
	}
	switch t := op.Field.Type; {
	case len(op.Stops) > 0:
		m.text(op.Stops[0])
	case op.Count != nil && op.Sized == nil && t.Kind == model.List && model.TypeBits(t.Elem) < 0:
		m.list(t.Elem, at)
	case op.Kind == model.OpField && op.Count != nil:
		m.add(wire.Step{Kind: wire.StepBytes, Lead: m.bits / 8}, counted{Count: Count{Template: m.template, At: at}})
	case op.Kind == model.OpField && t.Kind == model.Layout:
		m.walk(t.Body.Ops, at)
	case op.Kind == model.OpField && t.Kind == model.OneOf:
		m.oneOf(t)
	default: // a number of no fixed width
		m.flush()
		m.add(wire.Step{Kind: wire.StepVarint}, counted{})
	}
}

// oneOf adds a branch for each form.
func (m *measurer) oneOf(t *model.Type) {
	m.flush()
	m.add(m.nested.step(t, func(form *model.Type) ([]wire.Step, []counted) {
		inner := &measurer{template: form.Body, nested: m.nested}
		inner.walk(form.Body.Ops, nil)
		inner.flush()
		return inner.steps, inner.counts
	}))
}

// part is one that a flag tells of.
func (m *measurer) part(op *model.Op, at []*model.Op) {
	m.flush()
	body := &measurer{template: m.template, nested: m.nested}
	body.walk(op.Body, at)
	body.flush()
	m.add(wire.Step{Kind: wire.StepPart, Body: body.steps},
		counted{Count: Count{Template: m.template, At: at}, body: body.counts})
}

// text is a field that goes on to literal text, which comes next.
func (m *measurer) text(end string) {
	m.add(wire.Step{Kind: wire.StepTo, Lead: m.bits / 8, Lit: end}, counted{})
	m.bits = -8 * len(end) // it is part of the step
}

// list is a counted list of items that differ in size.
func (m *measurer) list(elem *model.Type, at []*model.Op) {
	m.flush()
	item := &measurer{nested: m.nested}
	switch elem.Kind {
	case model.Layout:
		item.template = elem.Body
		item.walk(elem.Body.Ops, nil)
		item.flush()
	case model.OneOf:
		item.oneOf(elem)
	default:
		item.add(wire.Step{Kind: wire.StepVarint}, counted{})
	}
	m.add(wire.Step{Kind: wire.StepTimes, Body: item.steps},
		counted{Count: Count{Template: m.template, At: at}, body: item.counts})
}

// flush makes a step of what has a fixed size.
func (m *measurer) flush() {
	if m.bits > 0 {
		m.add(wire.Step{Kind: wire.StepBytes, Lead: m.bits / 8}, counted{})
	}
}

func (m *measurer) add(s wire.Step, c counted) {
	m.steps, m.counts = append(m.steps, s), append(m.counts, c)
	m.bits = 0
}
