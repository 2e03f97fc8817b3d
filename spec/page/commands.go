package page

import (
	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// command is a card, and what the map of all commands says of it.
type command struct {
	card
	Replies, Each, Errors []string // ids
	Waits                 string   // for its reply; empty: it has none
	Repeats, Otherwise    string   // the fields that its reply must repeat, and what becomes of one that does not
	Fate, FateKind        string   // when its link dies
}

func (b *builder) commands() (all []command) {
	reports := map[string]explain.Command{}
	for _, c := range b.Report.Commands {
		reports[c.Name] = c
	}
	for _, m := range b.all() {
		id := b.id("commands." + m.Name)
		c := command{card: card{ID: id, Wire: source(&m.Template), Frame: b.frameName(&m.Template), Named: m.Named, Fields: b.fields(id, m.Template.Fields)}}
		c.Tags = commandTags(m)
		c.Facts = append(commandFacts(m, waits(m, reports[m.Name]), reports[m.Name].Fate()), b.modeFacts(m.In, m.Enters)...)
		c.Replies, c.Each, c.Errors = messageIDs(m.Replies), messageIDs(m.Each), messageIDs(m.Errors)
		c.Waits, c.Fate, c.FateKind = waits(m, reports[m.Name]), reports[m.Name].Fate(), reports[m.Name].LinkDies
		c.Repeats, c.Otherwise = repeats(m)
		c.Examples = b.examples(id, &m.Template, m.Examples, true)
		all = append(all, c)
	}
	return all
}

func commandTags(m *model.Command) (all []tag) {
	if m.Private {
		all = append(all, tag{"own", "sent by the client itself"})
	}
	if m.Idempotent {
		all = append(all, tag{"safe", "may be repeated"})
	}
	if m.Lasting != nil {
		all = append(all, tag{"safe", "lasts"})
	}
	if m.Closes {
		all = append(all, tag{"error", "ends the link"})
	}
	return all
}

func commandFacts(m *model.Command, waits, fate string) (all []fact) {
	for _, list := range []struct {
		name     string
		messages []*model.Message
	}{{"reply", m.Replies}, {"before it", m.Each}, {"errors", m.Errors}} {
		if len(list.messages) > 0 {
			all = append(all, fact{Name: list.name, Links: messageIDs(list.messages)})
		}
	}
	if len(m.Replies) == 0 {
		all = append(all, fact{Name: "reply", Text: "none"})
	} else {
		all = append(all, fact{Name: "waits", Text: waits})
	}
	if fields, otherwise := repeats(m); fields != "" {
		all = append(all, fact{Name: "the reply must repeat", Text: fields + "; " + otherwise})
	}
	all = append(all, fact{Name: "link dies", Text: fate})
	if l := m.Lasting; l != nil && l.UndoneBy != nil {
		all = append(all, fact{Name: "undone by", Links: []string{"commands." + l.UndoneBy.Name}})
	}
	var steps []string
	for _, s := range m.Steps {
		if s.Do != nil {
			steps = append(steps, "commands."+s.Do.Name)
		}
	}
	if len(steps) > 0 {
		all = append(all, fact{Name: "made of", Links: steps})
	}
	return all
}

func waits(m *model.Command, r explain.Command) string {
	switch {
	case len(m.Replies) == 0:
		return ""
	case len(r.Steps) > 0:
		return "for each that it is made of, as long as that does"
	case r.Timeout == explain.Never:
		return "without a limit"
	}
	return r.Timeout.String() + " at most"
}

func messageIDs(messages []*model.Message) (ids []string) {
	for _, m := range messages {
		ids = append(ids, "messages."+m.Name)
	}
	return ids
}
