package explain

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// Unasked is a message that may come at any time.
type Unasked struct {
	Name string `json:"name"`
	// As: event, event-unless-awaited (by a command or a step of the session, which
	// may wait for it), event-and-reply, state, noise (dropped), question (answered by
	// the client itself).
	As     string `json:"as"`
	Answer string `json:"answer,omitempty"` // the command that the client sends for it
	Wire   string `json:"wire"`             // as the document writes it
	Doc    string `json:"doc,omitempty"`
}

func unasked(p *model.Protocol) (all []Unasked) {
	answers := map[*model.Message]string{}
	for _, a := range p.Answers {
		answers[a.Message] = a.Send.Do.Name
	}
	for _, m := range p.Messages {
		u := Unasked{Name: m.Name, Wire: m.Template.Source, Doc: m.Doc, Answer: answers[m]}
		switch {
		case m.Event == "true" && awaited(p, m):
			u.As = "event-unless-awaited"
		case m.Event == "true":
			u.As = "event"
		case m.Event == "also":
			u.As = "event-and-reply"
		case m.Event == "state":
			u.As = "state"
		case m.Event == "poll":
			u.As = "event"
		case m.Noise:
			u.As = "noise"
		case u.Answer != "":
			u.As = "question"
		default:
			continue
		}
		all = append(all, u)
	}
	return all
}

// awaited reports whether a command or the session's script waits for the message.
func awaited(p *model.Protocol, m *model.Message) bool {
	for _, c := range slices.Concat(p.Commands, p.Sequences) {
		if slices.Contains(slices.Concat(c.Replies, c.Errors, c.Each), m) {
			return true
		}
	}
	expects := func(s *model.Step) bool { return s.Expect == m }
	return slices.Contains(p.Session.Greeting, m) || slices.ContainsFunc(slices.Concat(p.Session.Login, p.Session.Ready), expects)
}

// Command is what becomes of a command.
type Command struct {
	Name    string `json:"name"`
	Private bool   `json:"private"`          // sent by the client itself
	Before  string `json:"before,omitempty"` // names of messages that come before the reply, any number
	Reply   string `json:"reply"`            // names; empty: none
	Errors  string `json:"errors"`
	// Steps are the commands that it is made of, each with its own reply time.
	Steps   []string `json:"steps,omitempty"`
	Timeout Seconds  `json:"timeout_s"` // for its reply, and for each message before it; null: none
	// LinkDies says what happens to one whose link dies while it waits: unknown
	// (fails, and nobody knows whether it was carried out), repeated (sent once more
	// on the next link, within the caller's context), lasting (it lasts, and nothing
	// answers it), unseen (nothing answers it: it had returned), session (the next link
	// begins anew), goodbye (the session's last; nothing follows).
	LinkDies string `json:"link_dies"`
	// Lasts: once the device has it, it is sent again on every link.
	Lasts bool   `json:"lasts"`
	Wire  string `json:"wire"`
	Doc   string `json:"doc,omitempty"`
}

func commands(p *model.Protocol) (all []Command) {
	for _, list := range [][]*model.Command{p.Commands, p.Sequences} {
		for _, c := range list {
			all = append(all, commandOf(p, c))
		}
	}
	return all
}

func commandOf(p *model.Protocol, c *model.Command) Command {
	e := Command{
		Name: c.Name, Private: c.Private, Before: names(c.Each), Reply: names(c.Replies), Errors: names(c.Errors),
		Timeout: Seconds(replyTime(p, c)), LinkDies: linkDies(p, c), Lasts: c.Lasting != nil, Wire: c.Template.Source, Doc: c.Doc,
	}
	for _, s := range c.Steps {
		if s.Do != nil {
			e.Steps = append(e.Steps, s.Do.Name)
		}
	}
	if e.Timeout < 0 || len(c.Replies)+len(c.Each) == 0 || len(c.Steps) > 0 {
		e.Timeout = Never
	}
	return e
}

func linkDies(p *model.Protocol, c *model.Command) string {
	unanswered := len(c.Replies)+len(c.Each) == 0
	switch logout := p.Session.Logout; {
	case c.Private && logout != nil && logout.Do == c:
		return "goodbye"
	case c.Private:
		return "session"
	case c.Idempotent && !unanswered:
		return "repeated"
	case c.Lasting != nil && unanswered:
		return "lasting"
	case unanswered:
		return "unseen"
	}
	return "unknown"
}

func names(messages []*model.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Name)
	}
	return strings.Join(all, ", ")
}
