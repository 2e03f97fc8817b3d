package device

import "github.com/linewright/linewright/runtime/wire"

// framingOf is the kind of frame in which content is sent: that of the message
// which it is or, where it is none, of what its layout begins with.
func (d *Device) framingOf(content string) *wire.Framing {
	all := &d.plan.Framing
	if len(all.Others) == 0 {
		return all
	}
	for i := range d.plan.Messages {
		shape := &d.plan.Messages[i].Shape
		own := all.Of(shape.Frame)
		switch {
		case own.Valid([]byte(content)) != nil:
		case shape.Check == nil && content == shape.Prefix, shape.Check != nil && shape.Check([]byte(content)) == nil:
			return own
		}
	}
	return all.For(content)
}
