package spec

import "github.com/linewright/linewright/spec/model"

// standby reads the long poll that is kept while there is nothing else to send.
func (w *lowering) standby(v value) {
	s := &model.Standby{}
	var send, interrupt value
	v.mapping("a long poll, as in {send: idle, interrupt: noidle}", need("send", later(&send)), need("interrupt", later(&interrupt)))
	if !send.absent() {
		w.commands.refer(send, func(d *commandDecl) {
			s.Send = w.send(send, value{}, d, nil)
			w.polled = d
			d.stays(send, "a long poll")
			w.checkPoll(send, d)
		})
	}
	if !interrupt.absent() {
		w.commands.refer(interrupt, func(d *commandDecl) {
			s.Interrupt = w.send(interrupt, value{}, d, nil)
			w.unanswered(interrupt, d, "what interrupts a long poll", "its reply is that of the long poll")
			d.stays(interrupt, "what interrupts a long poll")
		})
	}
	if s.Send != nil && s.Interrupt != nil {
		w.p.Session.Standby = s
	}
}

// checkPoll looks at the command of the long poll. Its replies are events then,
// but for those without a value.
func (w *lowering) checkPoll(v value, d *commandDecl) {
	switch {
	case d.noReply:
		v.fail("standby-unanswered", "", "%s has no reply: nothing would tell what has happened", d.name)
	case d.c.Timeout >= 0:
		v.fail("standby-timeout", "write timeout: none in "+d.name, "%s waits until something happens", d.name)
	case !d.c.Private:
		v.fail("standby-public", "write private: true in "+d.name, "%s is sent by the client itself, whenever there is nothing else to send", d.name)
	}
	for _, m := range d.replies {
		if m.m.None {
			continue // it says that nothing has happened
		}
		switch m.m.Event {
		case "false":
			m.m.Event = "poll"
		case "true", "also", "state":
			v.fail("standby-event", "leave event out", "%s is an event because it ends the long poll; at another time it is none", m.name)
		}
	}
}
