package page

import (
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// band is a part of a link's life.
type band struct {
	Name, Limit string
	Steps       []step
}

// step is one thing that happens in it.
type step struct {
	Kind  stepKind
	When  string // where it happens only under a condition
	Refs  []string
	Wires []string // as the document writes it; one of them
	Text  string
	With  string // the values that the client fills in
}

// stepKind is which way something goes: to the device, from it, or nowhere.
type stepKind string

const (
	sent     stepKind = "go"
	received stepKind = "come"
	noted    stepKind = "aside"
)

// session is a link's life, from the dial to the loss.
func (b *builder) session() []band {
	p, limits := b.p, map[string]string{}
	for _, phase := range b.Report.Phases {
		limits[phase.Name] = "within " + phase.Limit.String()
	}
	all := []band{{Name: "Connect", Limit: limits["connect"], Steps: append(connecting(p), b.connectEndings()...)}}
	if len(p.Session.Greeting) > 0 {
		all = append(all, band{Name: "Greeting", Limit: limits["greeting"], Steps: append([]step{replies(p.Session.Greeting)}, b.greetingEndings()...)})
	}
	login, ready := p.Session.Login, p.Session.Ready
	if len(login) > 0 {
		all = append(all, band{Name: "Login", Limit: limits["login"], Steps: append(b.steps(login), b.scriptEndings(login, true)...)})
	}
	if len(ready) > 0 {
		limit := limits["login"]
		if len(login) > 0 {
			limit = "within the same time"
		}
		all = append(all, band{Name: "Getting ready", Limit: limit, Steps: append(b.steps(ready), b.scriptEndings(ready, false)...)})
	}
	if p.Endpoint.PerCommand {
		return append(all, b.oneCommand())
	}
	return append(all, b.readyBand(), b.lostBand(), b.closingBand())
}

// oneCommand is all that a link is for which each command has its own.
func (b *builder) oneCommand() band {
	d := band{Name: "One command", Limit: "then the connection is closed", Steps: []step{
		{Kind: sent, Text: "the command"}, {Kind: received, Text: "its reply"},
	}}
	if out := b.p.Session.Logout; out != nil {
		d.Steps = append(d.Steps, b.steps([]*model.Step{out})...)
	}
	if ends := b.misfits(); len(ends) > 0 {
		d.Steps = append(d.Steps, step{Kind: noted, When: "ends the link, and fails the command", Text: strings.Join(ends, "; ")})
	}
	return d
}

func connecting(p *model.Protocol) []step {
	all := []step{{Kind: sent, Text: "TCP, port " + strconv.Itoa(int(p.Endpoint.Port))}}
	switch {
	case upgrades(&p.Session):
	case p.Endpoint.TLS == model.TLSAlways:
		all = append(all, step{Kind: sent, Text: "TLS handshake"})
	case p.Endpoint.TLS == model.TLSOptional:
		all = append(all, step{Kind: sent, When: ifTLS, Text: "TLS handshake"})
	}
	return all
}

const ifTLS = "if the caller asks for TLS"

// upgrades reports whether TLS begins in the middle of the session.
func upgrades(s *model.Session) bool {
	starts := func(s *model.Step) bool { return s.StartTLS }
	return slices.ContainsFunc(s.Login, starts) || slices.ContainsFunc(s.Ready, starts)
}

// steps are what a script does, one after the other.
func (b *builder) steps(script []*model.Step) (all []step) {
	for _, s := range script {
		when := ""
		if len(s.When) > 0 {
			when = "if " + condWords(s.When)
		}
		switch {
		case s.Do != nil:
			all = append(all, sends(s, when))
			if len(s.Do.Replies) > 0 {
				all = append(all, replies(s.Do.Replies))
			}
		case s.Expect != nil:
			got := replies([]*model.Message{s.Expect})
			got.When = when
			all = append(all, got)
		case s.StartTLS:
			if b.p.Endpoint.TLS == model.TLSOptional {
				when = joined(when, ", and ", ifTLS)
			}
			all = append(all, step{Kind: sent, When: when, Text: "TLS handshake"})
		case s.Fail != "":
			all = append(all, step{Kind: noted, When: when, Text: "the link has failed: " + s.Fail})
		case s.Refuse != "":
			all = append(all, step{Kind: noted, When: when, Text: "the client is refused: " + s.Refuse})
		default:
			all = append(all, step{Kind: noted, When: when, Text: "computes " + letWords(s.Lets)})
		}
	}
	return all
}

// sends is what a step sends.
func sends(s *model.Step, when string) step {
	return step{
		Kind: sent, When: when, Refs: []string{"commands." + s.Do.Name},
		Wires: []string{stepWire(&s.Do.Template)}, With: withWords(s.With),
	}
}

// stepWire is a template as the document writes it, where it is short: what is long is
// explained in its own place.
func stepWire(t *model.Template) string {
	s := oneLine(source(t))
	if len(s) > maxWire {
		return ""
	}
	return s
}

const maxWire = 80

func replies(messages []*model.Message) step {
	s := step{Kind: received, Refs: messageIDs(messages)}
	for _, m := range messages {
		s.Wires = append(s.Wires, stepWire(&m.Template))
	}
	return s
}

func condWords(conds []*model.Cond) string {
	var all []string
	for _, c := range conds {
		word := "TLS"
		switch {
		case c.Param != nil:
			word = c.Param.Name
		case c.Message != nil:
			word = c.Message.Name
			for _, f := range c.Path {
				word += "." + f.Name
			}
		}
		if c.Not {
			word = "no " + word
		}
		all = append(all, word)
	}
	return strings.Join(all, " and ")
}

// readyBand is what goes on while the link is ready.
func (b *builder) readyBand() band {
	steps := []step{{Kind: sent, Text: "commands of callers"}, {Kind: received, Text: "their replies"}}
	if len(b.Report.Unasked) > 0 {
		unasked := step{Kind: received, Text: "at any time:"}
		for _, u := range b.Report.Unasked {
			unasked.Refs = append(unasked.Refs, "messages."+u.Name)
		}
		steps = append(steps, unasked)
	}
	for _, a := range b.p.Answers {
		steps = append(steps, answered(a))
	}
	steps = append(steps, b.heartbeats()...)
	return band{Name: "Ready", Limit: "until the link is lost", Steps: append(steps, b.readyEndings()...)}
}

// answered is what the client sends by itself for a message.
func answered(a *model.Answer) step {
	s := sends(a.Send, "for each "+a.Message.Name)
	if len(a.Send.When) > 0 {
		s.When += " with " + condWords(a.Send.When)
	}
	return s
}

func (b *builder) heartbeats() (all []step) {
	l := &b.p.Liveness
	if probe := l.ProbeIn(model.ModeReady); probe != nil {
		ask := sends(probe.Send, "heartbeat, "+words(probe.Every)+" after the last byte"+latest(probe))
		if probe.Always {
			ask.When = "heartbeat, every " + words(probe.Every) + latest(probe)
		}
		answer := replies(probe.Send.Do.Replies)
		answer.When = "within " + words(probe.Timeout)
		all = append(all, ask, answer)
	}
	if beat := l.BeatIn(model.ModeReady); beat != nil {
		all = append(all, sends(beat.Send, "beat, where nothing else was sent for "+words(beat.Every)))
	}
	if l.Silence > 0 {
		all = append(all, step{Kind: received, Text: "something, at least every " + words(l.Silence)})
	}
	return all
}

// lostBand is what comes after the loss.
func (b *builder) lostBand() band {
	s := b.Report.Schedule
	first, last := s.Steps[0], s.Steps[len(s.Steps)-1]
	d := band{Name: "Lost", Limit: "as long as it takes"}
	d.Steps = []step{{Kind: noted, Text: "waits " + span(first) + " the first time, at last " + span(last) + "; then connects again"}}
	if len(b.refusals()) > 0 {
		refused := "a client that is refused (see above) waits for up to " + s.Refused.String()
		if b.stopsForGood() {
			refused = "a client that is refused (see above) has stopped, and does not dial again"
		}
		d.Steps = append(d.Steps, step{Kind: noted, Text: refused})
	}
	if limits := givesUp(s); limits != "" {
		d.Steps = append(d.Steps, step{Kind: noted, When: "stops the client for good", Text: limits})
	}
	if s.GiveUpAttempts > 0 || s.GiveUpElapsed != explain.Never {
		d.Limit = "until it gives up"
	}
	return d
}

// givesUp is when a client stops that was not refused; empty: never.
func givesUp(s explain.Schedule) string {
	var limits []string
	if s.GiveUpAttempts > 0 {
		limits = append(limits, strconv.Itoa(s.GiveUpAttempts)+" failures in a row")
	}
	if s.GiveUpElapsed != explain.Never {
		limits = append(limits, s.GiveUpElapsed.String()+" without a link that was ready")
	}
	return strings.Join(limits, "; ")
}

func span(d explain.Delay) string { return d.Shortest.String() + " to " + d.Longest.String() }

func oneLine(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "\n", " ⏎ ") }
