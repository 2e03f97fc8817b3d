package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// checkModes follows the link through its modes: what is sent and awaited on the
// way must be there.
func (w *lowering) checkModes() {
	if !w.p.Modal() {
		return
	}
	w.walkModes()
	w.sequences.all(w.walkSequence)
	w.commands.all(w.checkReplyModes)
	w.checkSentModes()
	w.checkIdleModes()
}

// walkModes goes through the session's script.
func (w *lowering) walkModes() {
	at := []int{model.ModeLogin}
	for _, m := range w.p.Session.Greeting {
		w.comes(w.parts.session.find("greeting").Pos, m, at)
	}
	for _, s := range w.p.Session.Login {
		at = w.stepModes(w.parts.session, s, at)
	}
	if i := slices.Index(at, model.ModeLogin); i >= 0 {
		if at = slices.Delete(at, i, i+1); !slices.Contains(at, model.ModeReady) {
			at = append(at, model.ModeReady)
		}
	}
	for _, s := range w.p.Session.Ready {
		at = w.stepModes(w.parts.session, s, at)
	}
	w.upModes = w.reached(at)
}

// walkSequence goes through the steps of a command. It begins where its first step can
// be done: elsewhere callers are told so.
func (w *lowering) walkSequence(d *sequenceDecl) {
	at := w.upModes
	for i, s := range d.c.Steps {
		if i == 0 && s.Do != nil && len(s.Do.In) > 0 {
			at = slices.DeleteFunc(slices.Clone(at), func(mode int) bool { return !slices.Contains(s.Do.In, mode) })
		}
		at = w.stepModes(d.find("steps"), s, at)
	}
}

// stepModes are the modes that the link may be in after a step.
func (w *lowering) stepModes(v value, s *model.Step, at []int) []int {
	after := at
	switch {
	case s.Do != nil:
		w.goes(v, s.Pos, s.Do, at)
		after = afterCommand(s.Do, at)
	case s.Expect != nil:
		w.comes(s.Pos, s.Expect, at)
		if s.Expect.Enters != 0 {
			after = []int{s.Expect.Enters}
		}
	}
	if s.Enters != 0 {
		after = []int{s.Enters}
	}
	if len(s.When) > 0 || s.For != nil {
		after = union(after, at)
	}
	return after
}

// afterCommand are the modes that the link may be in after a command.
func afterCommand(c *model.Command, at []int) []int {
	after := at
	if c.Enters != 0 {
		after = []int{c.Enters}
	}
	var told []int
	for _, m := range c.Replies {
		if m.Enters != 0 {
			told = union(told, []int{m.Enters})
		} else {
			told = union(told, after)
		}
	}
	if len(c.Replies) > 0 {
		return told
	}
	return after
}

func union(a, b []int) []int {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// reached are the modes that a link may come to from these, once it is READY.
func (w *lowering) reached(modes []int) []int {
	for {
		more := modes
		w.commands.all(func(d *commandDecl) {
			if !d.alone() && modesMeet(d.c.In, modes) {
				more = union(more, afterCommand(d.c, modes))
			}
		})
		for _, a := range w.p.Answers {
			if modesMeet(a.Send.Do.In, modes) {
				more = union(more, afterCommand(a.Send.Do, modes))
			}
		}
		w.messages.all(func(d *messageDecl) {
			if d.m.Enters != 0 && modesMeet(d.m.In, modes) {
				more = union(more, []int{d.m.Enters})
			}
		})
		if len(more) == len(modes) {
			return modes
		}
		modes = more
	}
}

// goes complains about a command that a step sends in a mode that does not have it.
func (w *lowering) goes(v value, pos model.Pos, c *model.Command, at []int) {
	for _, mode := range at {
		if len(c.In) > 0 && !slices.Contains(c.In, mode) {
			v.failAt(pos, "mode-step", "", "%s is not a command for mode %s, which the link may be in then", c.Name, w.modes[mode])
			return
		}
	}
}

// comes is goes for a message that is awaited.
func (w *lowering) comes(pos model.Pos, m *model.Message, at []int) {
	for _, mode := range at {
		if len(m.In) > 0 && !slices.Contains(m.In, mode) {
			w.parts.session.failAt(pos, "mode-step", "", "%s does not come in mode %s, which the link may be in then", m.Name, w.modes[mode])
			return
		}
	}
}

// checkReplyModes: the reply to a command comes in the mode in which that was sent.
func (w *lowering) checkReplyModes(d *commandDecl) {
	for _, m := range slices.Concat(d.replies, d.each) {
		if !within(d.c.In, m.m.In) {
			d.failAt(d.keyPos, "mode-reply", "say of the command in which modes it is, too",
				"%s may be sent in a mode in which %s does not come", d.name, m.name)
			return
		}
	}
}

// checkSentModes looks at what the client sends by itself.
func (w *lowering) checkSentModes() {
	for _, p := range w.probes {
		w.keepsMode(p.part.send, p.d, "a probe")
		w.inOnes(p.part.send, p.d, w.modesOfHeartbeat(func(mode int) bool { return w.p.Liveness.ProbeIn(mode) == p.probe }))
	}
	for _, b := range w.beats {
		w.keepsMode(b.part.send, b.d, "a beat")
		w.inOnes(b.part.send, b.d, w.modesOfHeartbeat(func(mode int) bool { return w.p.Liveness.BeatIn(mode) == b.beat }))
	}
	if s := w.p.Session.Standby; s != nil {
		at := w.parts.session.find("standby")
		w.keepsMode(at.find("send"), w.polled, "a long poll")
		if !within(s.Send.Do.In, s.Interrupt.Do.In) {
			at.find("interrupt").fail("mode-step", "", "%s may wait in a mode that %s is no command for", s.Send.Do.Name, s.Interrupt.Do.Name)
		}
	}
	for _, a := range w.p.Answers {
		if !within(a.Message.In, a.Send.Do.In) {
			w.root.find("answers").find(a.Message.Name).fail("mode-step", "", "%s may come in a mode that %s is no command for", a.Message.Name, a.Send.Do.Name)
		}
	}
	w.commands.all(func(d *commandDecl) {
		if d.c.Lasting != nil && !within(w.upModes, d.c.In) {
			d.find("lasting").fail("mode-step", "let it be there in all modes of a link that is ready",
				"%s is sent again after a reconnect, and may be no command for the mode that the link is in then", d.name)
		}
	})
}

// modesOfHeartbeat are the modes of a link that is ready which have it.
func (w *lowering) modesOfHeartbeat(has func(mode int) bool) []int {
	return slices.DeleteFunc(slices.Clone(w.upModes), func(mode int) bool { return !has(mode) })
}

// inOnes complains about a command that is not there in one of the modes.
func (w *lowering) inOnes(v value, d *commandDecl, modes []int) {
	for _, mode := range modes {
		if len(d.c.In) > 0 && !slices.Contains(d.c.In, mode) {
			v.fail("mode-step", "say in which modes it is sent", "%s is not a command for mode %s", d.name, w.modes[mode])
			return
		}
	}
}

// keepsMode complains about a command that changes the mode where nobody would know
// of it.
func (w *lowering) keepsMode(v value, d *commandDecl, what string) {
	if d == nil {
		return
	}
	if changesMode(d.c) {
		v.fail("mode-kept", "", "%s enters a mode: it cannot be %s", d.name, what)
	}
}

// changesMode reports whether the mode may be another behind a command.
func changesMode(c *model.Command) bool {
	enters := func(m *model.Message) bool { return m.Enters != 0 }
	return c.Enters != 0 || slices.ContainsFunc(slices.Concat(c.Replies, c.Errors, c.Each), enters)
}

// checkIdleModes complains about modes that differ in nothing.
func (w *lowering) checkIdleModes() {
	used := make([]bool, len(w.modes))
	use := func(modes []int) {
		for _, m := range modes {
			used[m] = true
		}
	}
	w.messages.all(func(d *messageDecl) { use(d.m.In) })
	w.commands.all(func(d *commandDecl) { use(d.c.In) })
	for _, p := range w.p.Liveness.Probes() {
		use(p.In)
	}
	for _, b := range w.p.Liveness.Beats() {
		use(b.In)
	}
	complain := func(v value, mode int) {
		if mode > model.ModeReady && !used[mode] {
			used[mode] = true
			v.find("enters").fail("mode-idle", "name it in: of what is there in that mode only", "nothing is there in mode %s that is not in others", w.modes[mode])
		}
	}
	for _, s := range slices.Concat(w.p.Session.Login, w.p.Session.Ready) {
		if s.Enters > model.ModeReady && !used[s.Enters] {
			used[s.Enters] = true
			w.parts.session.failAt(s.Pos, "mode-idle", "name it in: of what is there in that mode only", "nothing is there in mode %s that is not in others", w.modes[s.Enters])
		}
	}
	w.messages.all(func(d *messageDecl) { complain(d.value, d.m.Enters) })
	w.commands.all(func(d *commandDecl) { complain(d.value, d.c.Enters) })
}
