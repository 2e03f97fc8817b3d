package page

import (
	"fmt"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// term is a word and what it means here, with this protocol's numbers.
type term struct{ Name, Text string }

// glossary explains the words about time, those that this protocol has.
func (b *builder) glossary() []term {
	l, t, s := b.p.Liveness, b.p.Timeouts, b.Report.Schedule
	all := []term{{"silent device", b.Report.Promise()}}
	if l.DetectWithin > 0 {
		all = append(all, term{"detect within", "The document promises that a device that is gone is noticed within " + words(l.DetectWithin) + ". It is not accepted where its own numbers say otherwise."})
	}
	if probe := l.ProbeIn(model.ModeReady); probe != nil {
		all = append(all, term{"probe (heartbeat)", probeWords(probe)})
	}
	if beat := l.BeatIn(model.ModeReady); beat != nil {
		all = append(all, term{"beat", fmt.Sprintf("Where nothing else was sent for %s, %s is sent, so that the device does not take the client for gone. It has no answer.", words(beat.Every), beat.Send.Do.Name)})
	}
	if l.Silence > 0 {
		all = append(all, term{"silence", "The device says something at least every " + words(l.Silence) + "; if it does not, the link is given up."})
	}
	all = append(all, b.kernelTerms()...)
	all = append(all,
		term{"frame time", "A message that has begun must end within " + words(t.Frame) + ", or the link is given up: a device that stops in the middle of a word is noticed."},
		term{"reply time", "A command waits for its reply for " + words(t.Reply) + ", where it says nothing else."},
		term{"waiting for a link", "A command that is called while there is no link waits for " + words(t.Ready) + ", and then fails: it was not sent."},
		term{"backoff", fmt.Sprintf("After a loss the client waits before it dials: %s the first time, each time longer, and %s at last. Where in that span is left to chance (jitter), so that many clients do not come back at the same moment.", span(s.Steps[0]), span(s.Steps[len(s.Steps)-1]))},
		term{"stable", "A link that was ready for " + s.StableAfter.String() + " makes the waiting begin anew. One that was lost sooner does not: a device that accepts and drops is not hammered."},
		term{"refused", refusedWords(s)},
		term{"idempotent", "A command that may be carried out twice without harm. If its link dies while it waits, the client sends it once more on the next link."},
		term{"lasting", "A command whose effect the device forgets with the link: the client sends it again on every new one, until it is undone."},
		term{"unknown fate", "The link died after the command was sent and before its reply came: whether the device carried it out nobody knows, and the caller is told just that."},
	)
	return all
}

func probeWords(p *model.Probe) string {
	when := "Where nothing has come for " + words(p.Every)
	if p.Always {
		when = "Every " + words(p.Every)
	}
	times := ""
	if p.Misses > 1 {
		times = fmt.Sprintf(" The device is given up after %d answers that did not come.", p.Misses)
	}
	return fmt.Sprintf("%s%s the client sends %s and waits for its answer for %s.%s", when, latest(p), p.Send.Do.Name, words(p.Timeout), times)
}

func (b *builder) kernelTerms() (all []term) {
	k := b.p.Liveness.KeepAlive
	if b.p.Endpoint.PerCommand || k.Idle <= 0 {
		return nil
	}
	all = append(all, term{"keepalive", fmt.Sprintf("The operating system asks the device's operating system after %s without traffic, %d times, %s apart. It watches for a client that is stopped itself; it does not see a program that hangs.", words(k.Idle), k.Count, words(k.Interval))})
	if t := b.p.Liveness.UserTimeout; t > 0 {
		all = append(all, term{"user timeout", "On Linux the operating system ends a link on which something sent was not acknowledged for " + words(t) + "."})
	}
	return all
}

func refusedWords(s explain.Schedule) string {
	if s.Refused == explain.Never {
		return "The device has said that it does not want this client (a wrong password, say). The client stops: trying again would only lock the account."
	}
	return "The device has said that it does not want this client. It tries again after up to " + s.Refused.String() + "."
}

func words[D ~int64](d D) string { return explain.Seconds(d).String() }

// heartbeatWords is what an idle link costs.
func heartbeatWords(h explain.Heartbeat) string {
	about := ""
	if h.AtLeast {
		about = "about "
	}
	what := h.Send
	if h.Answer != "" {
		what += " and " + h.Answer
	}
	return fmt.Sprintf("%s%s: %s every %s, %s frames and %s%s a day; with the headers of TCP and IP %s%s.",
		inMode(h.Mode), h.What, what, h.Every, thousands(h.Frames), about, bytesWords(h.Bytes), about, bytesWords(h.OnTheWire))
}

func bytesWords(n int) string {
	switch {
	case n >= 10_000_000:
		return thousands(n/1_000_000) + " MB"
	case n >= 10_000:
		return thousands(n/1_000) + " kB"
	}
	return thousands(n) + " bytes"
}
