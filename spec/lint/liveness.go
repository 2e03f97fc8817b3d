package lint

import (
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

func livenessRules() []Rule {
	return []Rule{{
		ID: "only-kernel", Severity: report.Warning, check: onlyKernel,
		Purpose: "Something must tell a program that hangs from one that has nothing to say. Without a probe, and without a silence " +
			"after which the server is taken for dead, only the kernel watches: it notices a peer that is gone, and never one whose " +
			"program is frozen, because the other kernel goes on to acknowledge for it.",
		Bad: `
liveness: {detect_within: 30s, keepalive: {idle: 10s, interval: 3s, count: 3}}
`,
		Good: `
liveness: {detect_within: 30s, silence: 20s}
`,
	}, {
		ID: "noticed-late", Severity: report.Warning, check: noticedLate,
		Purpose: "A silent peer is noticed within detect_within, whatever notices it. Where that is the kernel alone, it may be 15 % " +
			"later than it is told (measured on Linux): keepalive and user_timeout must leave that much.",
		Bad: `
liveness:
  # linewright: allow only-kernel the gauge has no command that it answers
  detect_within: 20s
  keepalive: {idle: 10s, interval: 3s, count: 3}
`,
		Good: `
liveness:
  # linewright: allow only-kernel the gauge has no command that it answers
  detect_within: 30s
  keepalive: {idle: 10s, interval: 3s, count: 3}
`,
	}, {
		ID: "idle-close", Severity: report.Warning, check: idleClose,
		Purpose: "A server that closes idle links (endpoint.idle_close) must hear from us more often than that. A probe does it only " +
			"where it is sent in time: one that is due when nothing has been received is not sent while events keep coming.",
		Bad: `
endpoint: {port: 7070, tls: never, idle_close: 30s}
liveness:
  detect_within: 1m
  probe: {send: ping, every: 40s, timeout: 5s}
`,
		Good: `
endpoint: {port: 7070, tls: never, idle_close: 30s}
liveness:
  detect_within: 1m
  probe: {send: ping, every: 20s, timeout: 5s}
`,
	}, {
		ID: "reply-outlives-link", Severity: report.Warning, check: replyOutlivesLink,
		Purpose: "The usual time for a reply is no longer than the time in which a dead peer is noticed: a caller who waits longer " +
			"waits for what cannot come. A single command may say that it takes longer.",
		Bad: `
timeouts: {reply: 1m}
`,
		Good: `
timeouts: {reply: 10s}
`,
	}}
}

func onlyKernel(s *subject) {
	for _, n := range s.report.Noticing {
		if n.Case == explain.Frozen && n.By == "nothing" {
			s.say(at("liveness", "detect_within"), "give it a probe, or the silence after which the server is dead",
				"%snothing but the kernel watches: a peer whose program hangs is never noticed", inMode(n.Mode))
		}
	}
}

func noticedLate(s *subject) {
	for _, n := range s.report.Noticing {
		silent := n.Case == explain.Idle || n.Case == explain.Busy || n.Case == explain.Frozen
		if !silent || n.By == "nothing" || n.Worst <= s.report.DetectWithin {
			continue
		}
		what := n.Why
		if n.By == "kernel" {
			what = "by the kernel, which may be 15 % late"
		}
		s.say(at("liveness", "detect_within"), "", "%sa peer is noticed after up to %s (%s; %s), and %s is promised",
			inMode(n.Mode), n.Worst, n.Case.Words(), what, s.report.DetectWithin)
		return // busy and frozen say the same again
	}
}

func inMode(mode string) string {
	if mode == "" {
		return ""
	}
	return "in mode " + mode + ", "
}

func replyOutlivesLink(s *subject) {
	reply, within := s.p.Timeouts.Reply, s.p.Liveness.DetectWithin
	if reply > within && !s.p.Endpoint.PerCommand {
		s.say(at("timeouts", "reply"), "", "a reply may take %s, and a dead peer is noticed within %s",
			quantity.Duration(reply), quantity.Duration(within))
	}
}

func idleClose(s *subject) {
	limit := s.p.Endpoint.IdleClose
	if limit == 0 || s.p.Endpoint.PerCommand {
		return
	}
	for mode := model.ModeReady; mode <= model.ModeReady+len(s.p.Modes); mode++ {
		every, sure := s.heard(mode)
		switch {
		case every == 0:
			s.say(at("endpoint", "idle_close"), "give it a probe, or a beat", "the server closes links on which it hears nothing for %s, and nothing is sent by itself",
				quantity.Duration(limit))
		case every >= limit:
			s.say(at("endpoint", "idle_close"), "", "the server closes links on which it hears nothing for %s, and the heartbeat comes every %s",
				quantity.Duration(limit), quantity.Duration(every))
		case !sure:
			s.say(at("endpoint", "idle_close"), "write when: always, or give it a beat",
				"while events keep coming no probe is sent, and the server closes links on which it hears nothing for %s", quantity.Duration(limit))
		default:
			continue
		}
		return
	}
}

// heard is how often a server hears from us in a mode, 0: never; sure is false where
// that is only while it says nothing itself.
func (s *subject) heard(mode int) (every time.Duration, sure bool) {
	sure = true
	if probe := s.p.Liveness.ProbeIn(mode); probe != nil {
		every, sure = probe.Every, probe.Always || !s.talks()
	}
	if beat := s.p.Liveness.BeatIn(mode); beat != nil && (every == 0 || !sure || beat.Every < every) {
		every, sure = beat.Every, true
	}
	return every, sure
}

// talks reports whether the server says something that is not asked for, and to which
// nothing is answered.
func (s *subject) talks() bool {
	for _, m := range s.p.Messages {
		if (m.Unasked() || m.Noise) && !m.Answered {
			return true
		}
	}
	return false
}
