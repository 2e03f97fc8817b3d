package page

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/page/box"
)

// outcomes are what the client does with what comes, for the box.
func (b *builder) outcomes() *box.Words {
	answers, unasked := b.answersTo(), map[string]explain.Unasked{}
	for _, u := range b.Report.Unasked {
		unasked[u.Name] = u
	}
	w := &box.Words{Unknown: b.misfit(b.p.Unexpected.Message), Bytes: b.misfit(b.p.Unexpected.Frame)}
	for _, m := range b.p.Messages {
		of := box.MessageWords{Awaited: answers[m], Session: sessionAwaits(b.p, m), Alone: b.alone(m, unasked)}
		if m.Error != nil {
			of.Means = b.errorWords(m.Error)
		}
		w.Messages = append(w.Messages, of)
	}
	for _, c := range b.p.Commands {
		of := box.CommandWords{Awaits: messageIDs(slices.Concat(c.Each, c.Replies, c.Errors))}
		if fields, otherwise := repeats(c); fields != "" {
			of.Repeats = "the reply must repeat " + fields + "; " + otherwise
		}
		w.Commands = append(w.Commands, of)
	}
	return w
}

// alone is what becomes of a message that nobody waits for.
func (b *builder) alone(m *model.Message, unasked map[string]explain.Unasked) string {
	switch u, known := unasked[m.Name]; {
	case m.Error != nil && (m.Error.Class == "close" || m.Error.Class == "refused"):
		return ended
	case known && m.Event != "poll":
		return u.Words()
	case b.p.Replies.Match != "order" && acknowledges(&b.p.Liveness, m): // however late
		return explain.Misfit{Then: "drop"}.Fate()
	}
	return b.misfit(b.p.Unexpected.Reply)
}

// misfit is what is done with what does not fit. In order, it could be the reply that a command
// waits for: then the link is ended in any case.
func (b *builder) misfit(policy string) string {
	m := explain.Misfit{Then: policy}
	if policy == "resync" {
		m.Then = "drop" // up to where a frame may begin
	}
	if b.p.Replies.Match == "order" && policy != "close" {
		m.Unless = "awaited"
	}
	return m.Fate()
}

// ended is what the page says of a link that a message ends.
var ended = explain.Misfit{Then: "close"}.Fate()

// acknowledges reports whether a message answers a heartbeat.
func acknowledges(l *model.Liveness, m *model.Message) bool {
	probe := l.ProbeIn(model.ModeReady)
	return probe != nil && probe.Send.Do != nil && slices.Contains(probe.Send.Do.Replies, m)
}

// sessionAwaits is where the session's own script waits for a message; empty: nowhere.
func sessionAwaits(p *model.Protocol, m *model.Message) string {
	var all []string
	if m.Greets {
		all = append(all, "as the greeting")
	}
	awaits := func(s *model.Step) bool { return s.Expect == m }
	if slices.ContainsFunc(p.Session.Login, awaits) || slices.ContainsFunc(p.Session.Ready, awaits) {
		all = append(all, "where a step of the session waits for it")
	}
	return strings.Join(all, ", and ")
}
