package device

import (
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// framingOf is the kind of frame in which content is sent: that of the message
// which it is, preferred ones first, or, where it is none, of what its layout begins
// with.
func (d *Device) framingOf(content string, preferred func(m int) bool) *wire.Framing {
	all := &d.plan.Framing
	if len(all.Others) == 0 {
		return all
	}
	if m := d.preferring(preferred, func(m int) bool { return d.fits(m, []byte(content)) }); m != session.None {
		return all.Of(d.plan.Messages[m].Shape.Frame)
	}
	return all.For(content)
}

// unframed is the content of a frame that a message has encoded.
func (d *Device) unframed(frame []byte) []byte {
	all := &d.plan.Framing
	if len(all.Others) > 0 {
		for m := range d.plan.Messages {
			own := all.Of(d.plan.Messages[m].Shape.Frame)
			if content := own.Content(frame); d.fits(m, content) && string(own.Wrap(nil, content)) == string(frame) {
				return content
			}
		}
	}
	return all.Sent(frame).Content(frame)
}
