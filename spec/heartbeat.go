package spec

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// probeDecl is the command of a probe or a beat.
type probeDecl struct {
	part  heartbeatPart
	d     *commandDecl
	probe *model.Probe
	beat  *model.Beat
}

// lowerHeartbeat resolves the commands of probes and beats.
func (w *lowering) lowerHeartbeat() {
	for _, p := range w.parts.probes {
		if !p.send.absent() {
			w.commands.refer(p.send, func(d *commandDecl) { w.lowerProbe(p, d) })
		}
	}
	for _, p := range w.parts.beats {
		if p.send.absent() {
			continue
		}
		w.commands.refer(p.send, func(d *commandDecl) {
			p.beat.Send = w.send(p.send, p.with, d, nil)
			w.beats = append(w.beats, probeDecl{part: p, d: d, beat: p.beat})
			w.unanswered(p.send, d, "a beat", "use probe")
			d.stays(p.send, "a beat")
		})
	}
}

func (w *lowering) lowerProbe(p heartbeatPart, d *commandDecl) {
	p.probe.Send = w.send(p.send, p.with, d, nil)
	w.probes = append(w.probes, probeDecl{part: p, d: d, probe: p.probe})
	d.stays(p.send, "a probe")
	if d.noReply {
		p.send.fail("probe-unanswered", "use beat, or a command with a reply",
			"%s has no reply: a probe needs one, to tell a live server from a dead one", d.name)
	}
	if d.lasting.Node != nil {
		p.send.fail("probe-lasting", "", "%s is lasting: it would be sent again for every probe", d.name)
	}
}

// lowerIntervals resolves what the server tells, or the caller.
func (w *lowering) lowerIntervals() {
	for _, p := range w.parts.probes {
		if p.probe.Told != nil {
			w.told(p.probe.Told, p.from)
		}
	}
	for _, p := range w.parts.beats {
		if p.beat.Told != nil {
			w.told(p.beat.Told, p.from)
		}
	}
}

// told reads the message's field, or the parameter, that tells an interval. Where it
// is absent, the longest is taken.
func (w *lowering) told(i *model.Interval, v value) {
	if v.absent() {
		return
	}
	f := &model.Field{Named: model.Named{Name: "from"}, Type: uint64Type(), Optional: true}
	e := (&scope{w: w, set: true}).value(v, f)
	switch {
	case e == nil:
	case e.Kind != model.ExprCaptured && e.Kind != model.ExprParam:
		v.fail("bad-value", `as in "{hello.interval}"`, "an interval is told by a field of a message, or by a parameter")
	default:
		i.From = e
	}
}

// stays complains about a command that ends the link where it must go on.
func (d *commandDecl) stays(v value, what string) {
	if d.c.Closes {
		v.fail("closes-link", "", "%s closes the link: it cannot be %s", d.name, what)
	}
}

// unanswered complains about a command whose reply nobody would await.
func (w *lowering) unanswered(v value, d *commandDecl, what, hint string) {
	if len(d.replies) > 0 {
		v.fail("reply-unawaited", hint, "%s has a reply, and nobody awaits the reply to %s", d.name, what)
	}
}

// lowerAnswers reads what we send when the server asks.
func (w *lowering) lowerAnswers() {
	part := w.parts.answers
	if part.absent() {
		return
	}
	part.entries("a map from messages to what answers them", func(e entry) {
		d, ok := w.messages.find(e.value, e.keyPos, e.name)
		if !ok {
			return
		}
		d.m.Answered = true
		w.answer(e.value, d)
	})
}

func (w *lowering) answer(v value, m *messageDecl) {
	a := &model.Answer{Message: m.m}
	var send, with, when, unless value
	after := "received"
	v.mapping("an answer, as in {send: pong}",
		need("send", later(&send)),
		may("with", later(&with)),
		may("when", later(&when)),
		may("unless", later(&unless)),
		may("after", word(&after, "received", "handled")),
	)
	if a.Handled = after == "handled"; a.Handled && m.m.Event != "true" {
		v.find("after").fail("answer-unhandled", "write event: true, or leave after out", "%s is not only an event: nobody would handle each", m.name)
	}
	if m.m.Noise {
		v.fail("noise-reply", "", "%s is noise, which is dropped: it cannot be answered", m.name)
	}
	if send.absent() || send.Kind != document.Scalar {
		if !send.absent() {
			send.scalar("the name of a command")
		}
		return
	}
	cond := w.condition(when, unless)
	w.commands.refer(send, func(d *commandDecl) {
		w.unanswered(send, d, "an answer", "")
		d.stays(send, "an answer")
		a.Send = w.sendIn(&scope{w: w, came: w.greeted, when: cond, request: m}, send, with, d)
		w.p.Answers = append(w.p.Answers, a)
	})
}
