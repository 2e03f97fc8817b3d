package device

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// InMode reports whether the connection may be in one of these modes. Where the
// login may go on or be over, as the conditions of its steps are the client's, it
// may be in login or ready.
func (s scripted) InMode(modes []int) bool { return s.isIn(modes) }

func (p *Peer) isIn(modes []int) bool {
	if p.mode != session.ModeLogin {
		return slices.Contains(modes, p.mode)
	}
	must, may := p.script.LoggingIn()
	return may && slices.Contains(modes, session.ModeLogin) || !must && slices.Contains(modes, session.ModeReady)
}

// has reports whether what there is in these modes is there now; in none: always.
func (p *Peer) has(modes []int) bool { return len(modes) == 0 || p.isIn(modes) }

// mayCome reports whether a message is there in the connection's mode.
func (p *Peer) mayCome(m int) bool { return p.has(p.d.plan.Messages[m].Shape.In) }

// enter puts the connection into a mode; 0: it stays where it is.
func (p *Peer) enter(mode int) {
	if mode != 0 {
		p.mode = mode
	}
}

// answered enters the mode that follows the answer to a command, and notes that
// TLS does. The caller holds the lock.
func (p *Peer) answered(command int, frame []byte) {
	d := p.d
	if !d.modal && command != d.starter {
		return
	}
	c := &d.plan.Commands[command]
	m := d.messageIn(frame, c.Awaits)
	if m == session.None {
		return
	}
	msg := &d.plan.Messages[m]
	p.enter(msg.Enters)
	failed := msg.Class != session.ClassNone || msg.Classify != nil && msg.Classify(d.content(m, frame)) != session.ClassNone
	each := func(r session.Reply) bool { return r.Message == m }
	if s := p.script.Last(); !failed && s != nil && s.Kind == session.StepDo && s.Command == command {
		p.enter(s.Enters)
	}
	if !failed && !slices.ContainsFunc(c.Errors, each) && !slices.ContainsFunc(c.Each, each) {
		p.enter(c.Enters)
		p.secures = p.secures || command == d.starter
	}
}

// told enters the mode that follows a message which nobody asked for.
func (p *Peer) told(frame []byte) {
	if !p.d.modal {
		return
	}
	if m := p.d.messageIn(frame, p.mayCome); m != session.None {
		p.enter(p.d.plan.Messages[m].Enters)
	}
}

// content is what a whole frame of a message holds.
func (d *Device) content(m int, frame []byte) []byte {
	f := d.plan.Framing.Of(d.plan.Messages[m].Shape.Frame)
	if f.Packet == nil && !d.plan.Messages[m].Shape.Prompt {
		return []byte(strings.TrimSuffix(string(frame), sendEnd(*f)))
	}
	return f.Content(frame)
}

// messageIn is the message that a whole frame is, preferred ones first.
func (d *Device) messageIn(frame []byte, preferred func(m int) bool) int {
	return d.preferring(preferred, func(m int) bool {
		own := d.plan.Framing.Of(d.plan.Messages[m].Shape.Frame)
		content := d.content(m, frame)
		return d.fits(m, content) && len(own.Wrap(nil, content)) >= len(frame)
	})
}

// preferring is the first message for which is holds, preferred ones first.
func (d *Device) preferring(preferred, is func(m int) bool) int {
	for _, first := range [2]bool{true, false} {
		for m := range d.plan.Messages {
			if preferred(m) == first && is(m) {
				return m
			}
		}
	}
	return session.None
}

// fits reports whether content is that of a message.
func (d *Device) fits(m int, content []byte) bool {
	shape := &d.plan.Messages[m].Shape
	switch {
	case d.plan.Framing.Of(shape.Frame).Valid(content) != nil:
		return false
	case shape.Check != nil:
		return shape.Check(content) == nil
	case shape.Whole:
		return string(content) == shape.Prefix
	}
	return strings.HasPrefix(string(content), shape.Prefix)
}

// modal reports whether the plan has modes that differ.
func modal(p *session.Plan) bool {
	differ := len(p.Modes) > 0
	for i := range p.Messages {
		differ = differ || len(p.Messages[i].Shape.In) > 0 || p.Messages[i].Enters != 0
	}
	for i := range p.Commands {
		differ = differ || len(p.Commands[i].Shape.In) > 0 || p.Commands[i].Enters != 0
	}
	for _, s := range slices.Concat(p.Login, p.Ready) {
		differ = differ || s.Enters != 0
	}
	for i := range len(p.Framing.Others) + 1 {
		differ = differ || len(p.Framing.Of(uint8(i)).In) > 0
	}
	return differ
}

var _ wire.Moded = scripted{}
