package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// term is a word and what it means here, with this protocol's numbers.
type term struct{ Name, Text string }

// glossary explains the words of the page, those that this protocol has: first what is
// sent and received, then times.
func (b *builder) glossary() []term {
	l, t, s := b.p.Liveness, b.p.Timeouts, b.Report.Schedule
	all := append(b.plainTerms(), term{"silent device", b.Report.Promise()})
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
		term{"not sent", "The command has failed, and no byte of it has left the client: to call it again does no harm."},
		term{"backoff", fmt.Sprintf("After a loss the client waits before it dials: %s the first time, each time longer, and %s at last. Where in that span is left to chance (jitter), so that many clients do not come back at the same moment.", span(s.Steps[0]), span(s.Steps[len(s.Steps)-1]))},
		term{"stable", "A link that was ready for " + s.StableAfter.String() + " makes the waiting begin anew. One that was lost sooner does not: a device that accepts and drops is not hammered."},
		term{"refused", b.refusedWords()},
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

// plainTerms are the words about what is sent and received.
func (b *builder) plainTerms() []term {
	all := []term{
		{"frame", "What is sent or received as one piece: " + b.frameWords() + ". A message or a command is one frame, though it may show as several lines."},
		{"event", b.eventWords()},
		{"in flight", fmt.Sprintf("Sent, and its reply has not come. %s may be so at once; more wait their turn in the client.", commandsWords(b.p.Replies.InFlight))},
	}
	if b.kept() {
		all = append(all, term{"other values are passed on", "A value that the document does not list is no error: the program gets it as the device sent it."})
	}
	return all
}

func (b *builder) frameWords() string {
	var all []string
	for _, f := range b.p.Frames {
		what := f.Name
		if len(f.Ends) > 0 {
			what += ", which ends with " + endsWords(f.Ends)
		}
		all = append(all, what)
	}
	return strings.Join(all, "; or ")
}

// eventWords say what becomes of what the program does not ask for.
func (b *builder) eventWords() string {
	text := "A message that the program gets without having asked for it."
	if len(b.Report.Unasked) == 0 {
		return text + " This protocol has none."
	}
	return text + " Each program that listens has a queue of its own, so that a slow one holds up neither the link nor its heartbeat; what its queue has no room for is dropped and counted, the oldest first where the program does not say otherwise."
}

func commandsWords(n int) string {
	if n == 1 {
		return "1 command"
	}
	return fmt.Sprintf("%d commands", n)
}

// kept reports whether a type takes values that the document does not list.
func (b *builder) kept() bool {
	return slices.ContainsFunc(b.p.Types, func(t *model.Type) bool { return t.Kind == model.Enum && t.Open })
}

func (b *builder) refusedWords() string {
	ways := b.refusals()
	if len(ways) == 0 {
		return "Nothing that this device says refuses a client. An error only fails the command that it answers."
	}
	text := "The device does not want this client: " + strings.Join(ways, "; or ") + ". "
	if b.stopsForGood() {
		text += "The client stops: trying again would only lock an account."
	} else {
		text += "The client tries again after up to " + b.Report.Schedule.Refused.String() + "."
	}
	return text + " An error in answer to a program's command only fails that command."
}

// refusals are the ways in which a client may be refused.
func (b *builder) refusals() (ways []string) {
	s := &b.p.Session
	if len(scriptErrors(s.Login)) > 0 {
		ways = append(ways, "it answers an error in login (a wrong password, say)")
	}
	if slices.ContainsFunc(slices.Concat(s.Login, s.Ready), func(s *model.Step) bool { return s.Refuse != "" }) {
		ways = append(ways, "a step of the session says so")
	}
	ways = append(ways, b.unwanted("refused")...)
	if b.p.Endpoint.TLS != model.TLSNever {
		ways = append(ways, badCertificate)
	}
	return ways
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
		inMode(h.Mode), h.What, what, h.Every, quantity.Count(h.Frames), about, bytesWords(h.Bytes), about, bytesWords(h.OnTheWire))
}

func bytesWords(n int) string {
	switch {
	case n >= 10_000_000:
		return quantity.Count(n/1_000_000) + " MB"
	case n >= 10_000:
		return quantity.Count(n/1_000) + " kB"
	}
	return quantity.Count(n) + " bytes"
}
