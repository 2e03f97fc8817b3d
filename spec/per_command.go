package spec

import "github.com/linewright/linewright/spec/internal/document"

// checkPerCommand looks at what a link that bears one command cannot have: what lasts
// longer than it, and what watches it while nothing is asked. A dead peer is noticed
// by the time that the reply has.
func (w *lowering) checkPerCommand() {
	if !w.p.Endpoint.PerCommand {
		return
	}
	for _, key := range []string{"probe", "beat", "silence", "life"} {
		if v := w.root.find("liveness"); v.Get(key) != nil {
			v.find(key).fail("per-command", "leave "+key+" out", "each command has a connection of its own: there is none to be watched between two")
		}
	}
	if w.p.Endpoint.IdleClose > 0 {
		w.root.find("endpoint").find("idle_close").fail("per-command", "leave idle_close out", "each command has a connection of its own: none is idle")
	}
	if v := w.parts.session; !v.absent() && v.Kind == document.Map && v.Get("standby") != nil {
		v.find("standby").fail("per-command", "leave standby out", "each command has a connection of its own: there is none for a long poll")
	}
	if w.p.Replies.InFlight > 1 {
		w.root.find("replies").find("in_flight").fail("per-command", "leave in_flight out", "each command has a connection of its own: one is in flight")
	}
	w.commands.all(func(d *commandDecl) {
		if !d.lasting.absent() {
			d.lasting.fail("per-command", "leave lasting out", "%s ends with its connection", d.name)
		}
		w.checkReplyBound(d)
	})
}

// checkReplyBound compares what is promised with the time that a reply has.
func (w *lowering) checkReplyBound(d *commandDecl) {
	within, reply := w.p.Liveness.DetectWithin, d.c.Timeout
	if reply == 0 {
		reply = w.p.Timeouts.Reply
	}
	switch {
	case d.unawaited() || d.alone() || within == 0: // private ones have the time of the login
	case reply < 0:
		d.find("timeout").fail("bound-missed", "give it one", "%s has no timeout, and a connection for a command has no heartbeat: a dead server would never be noticed", d.name)
	case reply > within:
		d.find("timeout").fail("bound-missed", "", "a reply to %s may take %s, more than detect_within, which is %s", d.name, plainDuration(reply), plainDuration(within))
	}
}
