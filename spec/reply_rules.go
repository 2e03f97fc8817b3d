package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// checkReplies looks for replies that could be taken for something else.
func (w *lowering) checkReplies() {
	r := &w.p.Replies
	several := r.Match != "order" && r.InFlight > 1
	w.commands.all(func(d *commandDecl) {
		w.checkEvents(d)
		if several {
			w.checkKind(d)
		}
		if r.Match == "order" && d.noReply && len(w.errors) > 0 && !d.ownErrors && !d.c.Closes {
			d.failAt(d.keyPos, "async-error", "write errors: [] if it cannot fail",
				"%s has no reply, and replies come in order: an error for it would be taken for the next command's", d.name)
		}
	})
	if r.Match == "order" && r.Late == "swallow" && slices.ContainsFunc(w.hearts(), func(h heart) bool { return h.probe == nil }) {
		w.root.find("replies").find("late").fail("late-swallow", "add a probe, or write late: close",
			"replies come in order, and only a probe's ack would tell that a late one never came")
	}
	if u := w.p.Unexpected.Message; r.Match == "order" && u != "close" && u != "" {
		w.root.find("unexpected").find("message").fail("order-skips", "write close",
			"replies come in order, so a message that is skipped would shift all that follow")
	}
}

// checkEvents: a message that is a reply and an event must say which command it
// answers.
func (w *lowering) checkEvents(d *commandDecl) {
	check := func(m *messageDecl, what string) {
		if !m.m.Unasked() && !m.m.Answered || w.echoes(d, m) {
			return
		}
		if m.m.Event == "state" && what != anError {
			w.checkState(d, m, what)
			return
		}
		if p := w.probing(d); p != nil {
			p.part.send.fail("ack-is-event", "probe with a command whose reply is no event, or that echoes a field",
				"%s acknowledges the heartbeat and comes unasked: a heartbeat cannot be told from an event", m.name)
			return
		}
		hint := "add echo: [field], a field that the message repeats"
		if what != anError && w.p.Replies.Match == "kind" {
			hint += ", or event: state to the message, if it says what is"
		}
		d.failAt(d.keyPos, "reply-is-event", hint,
			"%s is %s of %s and comes unasked, and nothing in it says which", m.name, what, d.name)
	}
	for _, m := range d.replies {
		check(m, "a reply")
	}
	for _, m := range d.each {
		check(m, "before a reply")
	}
	for _, m := range d.errors {
		if rule := m.m.Error; rule == nil || rule.Class != "close" && rule.Class != "refused" {
			check(m, anError)
		}
	}
}

const anError = "an error"

// checkState: any message that says what is answers whoever waits for it, but
// not where replies come in order: it would be taken for the next command's, and
// shift all that follow. Nor is it a sign that the probe came through.
func (w *lowering) checkState(d *commandDecl, m *messageDecl, what string) {
	probe := w.probing(d)
	switch {
	case w.p.Replies.Match == "order":
		d.failAt(d.keyPos, "reply-is-event", "write match: kind",
			"%s is %s of %s and comes unasked, and replies come in order", m.name, what, d.name)
	case probe != nil && w.p.Liveness.AckOnly:
		probe.part.send.fail("ack-is-event", "probe with a command whose reply is no event, or write life: any",
			"%s acknowledges the heartbeat and comes unasked: a heartbeat cannot be told from an event", m.name)
	}
}

// probing is the probe that sends a command; nil: none does.
func (w *lowering) probing(d *commandDecl) *probeDecl {
	for i := range w.probes {
		if w.probes[i].d == d {
			return &w.probes[i]
		}
	}
	return nil
}

// echoes reports whether the message says which call of the command it answers:
// by the id, or by repeating all that the command has echoed.
func (w *lowering) echoes(d *commandDecl, m *messageDecl) bool {
	if d.c.ID != nil && (m.m.ID != nil || !m.tmpl.ok) {
		return true
	}
	if d.echo.absent() {
		return false
	}
	for _, f := range d.c.Echo {
		if m.tmpl.ok && fieldOf(m.m.Template.Fields, f.Name) == nil {
			return false
		}
	}
	return true
}

// checkKind: with several commands outstanding, and replies not in order, each must name its command. Private ones wait alone: the script sends
// one after the other.
func (w *lowering) checkKind(d *commandDecl) {
	if d.alone() {
		return
	}
	for _, m := range slices.Concat(d.replies, d.each) {
		if !w.echoes(d, m) && d.c.ID != nil {
			d.failAt(d.keyPos, "id-missing", "add {"+d.c.ID.Name+"} to the message, or write in_flight: 1",
				"several commands may wait, and reply %s of %s has no field %s", m.name, d.name, d.c.ID.Name)
			return
		}
		if !w.echoes(d, m) && m.m.Event != "state" {
			d.failAt(d.keyPos, "kind-ambiguous", "add echo: [field], or write in_flight: 1",
				"several commands may wait, and reply %s does not say that it answers %s", m.name, d.name)
			return
		}
	}
	if m := w.anonymous(d); m != nil {
		d.failAt(d.keyPos, "error-anonymous", "write in_flight: 1, or match: order",
			"several commands may wait, and error %s does not say that it answers %s", m.name, d.name)
	}
}

// anonymous is an error that does not name the command. Those that end the link
// need not.
func (w *lowering) anonymous(d *commandDecl) *messageDecl {
	for _, m := range d.errors {
		if rule := m.m.Error; !w.echoes(d, m) && (rule == nil || rule.Class != "close") {
			return m
		}
	}
	return nil
}

// checkProbeErrors: but in order, the probe does not wait for commands, so
// an error that both may have could be either's.
func (w *lowering) checkProbeErrors() {
	for _, p := range w.probes {
		m := w.anonymous(p.d)
		if m == nil || w.p.Replies.Match == "order" {
			continue
		}
		w.commands.all(func(d *commandDecl) {
			if m != nil && d != p.d && !d.alone() && shares(d.c.Errors, m.m) && modesMeet(d.c.In, p.probe.In) {
				p.part.send.fail("error-anonymous", "write errors: [] in "+p.d.name+", if it cannot fail",
					"the heartbeat and %s may wait at once, and error %s does not say which it answers", d.name, m.name)
				m = nil
			}
		})
	}
}

// checkHeld: a probe that must wait for the reply to a command notices a dead
// server later.
func (w *lowering) checkHeld(probed probeDecl) {
	p := probed.probe
	if w.p.Liveness.DetectWithin == 0 {
		return
	}
	behind := w.behind(probed)
	if behind == nil {
		return
	}
	p.Behind = behind.c
	reply := behind.c.Timeout
	if reply == 0 {
		reply = w.p.Timeouts.Reply
	}
	if reply < 0 {
		probed.part.send.fail("probe-behind-command", "give "+behind.name+" a timeout",
			"the probe must wait for the reply of %s, which has no timeout: a dead server would never be noticed", behind.name)
		return
	}
	ack := p.Timeout
	for range p.Misses - 1 {
		ack += p.Timeout
	}
	if bound := p.Every + reply + ack; bound > w.p.Liveness.DetectWithin {
		hint := "raise detect_within to " + plainDuration(bound) + ", or shorten the timeouts"
		if wait := behind.c.Wait; wait != nil {
			hint = "raise detect_within to " + plainDuration(bound) + ", or give " + wait.Field.Name + " a type with a lower range"
		}
		probed.part.send.fail("probe-behind-command", hint,
			"the probe must wait for the reply of %s: every + reply + misses × timeout is %s, more than detect_within, which is %s",
			behind.name, plainDuration(bound), plainDuration(w.p.Liveness.DetectWithin))
	}
}

// checkPace: a probe that must wait for its own gap, or until what was sent before
// has settled, has less time for its answer.
func (w *lowering) checkPace(probed probeDecl) {
	p := probed.probe
	if p.Timeout == 0 {
		return
	}
	w.commands.all(func(d *commandDecl) {
		if pause := d.c.Settle + probed.d.c.Gap; pause >= p.Timeout && d.c.Settle > 0 {
			d.find("settle").fail("probe-behind-pause", "raise the timeout of the probe, and detect_within with it",
				"a probe may have to wait %s, as long as its timeout of %s: it would be given up before it is sent", plainDuration(pause), plainDuration(p.Timeout))
		}
	})
	if gap := probed.d.c.Gap; gap >= p.Timeout {
		probed.part.send.fail("probe-behind-pause", "raise the timeout of the probe, and detect_within with it",
			"the probe may have to wait %s, as long as its timeout of %s: it would be given up before it is sent", plainDuration(gap), plainDuration(p.Timeout))
	}
}

// behind is the slowest command whose reply the probe must wait for, because
// its ack could not be told from it: under order with one in flight any, else
// those that share the ack and do not echo.
func (w *lowering) behind(p probeDecl) *commandDecl {
	var slowest *commandDecl
	w.commands.all(func(d *commandDecl) {
		if d == p.d || d == w.polled || d.unawaited() || !w.holds(d, p) {
			return
		}
		if slowest == nil || d.c.Timeout < 0 || slowest.c.Timeout >= 0 && w.replyTimeout(d) > w.replyTimeout(slowest) {
			slowest = d
		}
	})
	return slowest
}

func (w *lowering) replyTimeout(d *commandDecl) int64 {
	if d.c.Timeout != 0 {
		return int64(d.c.Timeout)
	}
	return int64(w.p.Timeouts.Reply)
}

// holds reports whether a pending call of d holds the probe back. Commands that
// only the login sends are over before there is a probe.
func (w *lowering) holds(d *commandDecl, p probeDecl) bool {
	if d.alone() || !modesMeet(d.c.In, p.probe.In) {
		return false
	}
	if changesMode(d.c) {
		return true
	}
	if w.p.Replies.Match == "order" {
		return w.p.Replies.InFlight == 1
	}
	for _, ack := range p.d.replies {
		if (shares(d.c.Replies, ack.m) || shares(d.c.Each, ack.m)) && !(w.echoes(d, ack) && w.echoes(p.d, ack)) {
			return true
		}
	}
	return false
}

func shares(list []*model.Message, m *model.Message) bool {
	for _, other := range list {
		if other == m {
			return true
		}
	}
	return false
}
