package page

import (
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// card is a message, a command or a type, all of it.
type card struct {
	ID    string
	Wire  string // as the document writes it
	Frame string // its kind, where there are several
	Tags  []tag
	model.Named
	Fields   []field
	Values   []value
	Examples []example
	Facts    []fact
}

// tag is a word about a card.
type tag struct{ Class, Text string }

// fact is a thing and what is said of it; Links are names that are explained on the
// page.
type fact struct {
	Name, Text string
	Links      []string
}

func (b *builder) messages() (all []card) {
	answers := b.answersTo()
	unasked := map[string]explain.Unasked{}
	for _, u := range b.Report.Unasked {
		unasked[u.Name] = u
	}
	for _, m := range b.p.Messages {
		id := b.id("messages." + m.Name)
		c := card{ID: id, Wire: source(&m.Template), Frame: b.frameName(&m.Template), Named: m.Named, Fields: b.fields(id, m.Template.Fields)}
		if u, ok := unasked[m.Name]; ok {
			c.Tags = append(c.Tags, tag{"any", "at any time"})
			c.Facts = append(c.Facts, fact{Name: "unasked", Text: u.Words()})
		}
		if m.Error != nil {
			c.Tags = append(c.Tags, tag{"error", "error"})
			c.Facts = append(c.Facts, fact{Name: "means", Text: errorWords(m.Error)})
		}
		if m.None {
			c.Facts = append(c.Facts, fact{Name: "means", Text: "there is none: an answer without a value"})
		}
		if to := answers[m]; len(to) > 0 {
			c.Facts = append(c.Facts, fact{Name: "answers", Links: to})
		}
		c.Facts = append(c.Facts, b.modeFacts(m.In, m.Enters)...)
		c.Examples = b.examples(id, &m.Template, m.Examples)
		all = append(all, c)
	}
	return all
}

// answersTo are the commands that a message may answer, as ids.
func (b *builder) answersTo() map[*model.Message][]string {
	to := map[*model.Message][]string{}
	for _, c := range b.all() {
		seen := map[*model.Message]bool{}
		for _, list := range [][]*model.Message{c.Replies, c.Each, c.Errors} {
			for _, m := range list {
				if !seen[m] {
					to[m] = append(to[m], "commands."+c.Name)
				}
				seen[m] = true
			}
		}
	}
	return to
}

// all are the commands, those that are made of several too.
func (b *builder) all() []*model.Command {
	return append(append([]*model.Command{}, b.p.Commands...), b.p.Sequences...)
}

// source is a template as the document writes it, with what it fixes of its frame.
func source(t *model.Template) string {
	if t.Header != "" {
		return t.Header + " " + t.Source
	}
	return t.Source
}

func (b *builder) frameName(t *model.Template) string {
	if len(b.p.Frames) < 2 {
		return ""
	}
	return b.p.Frames[t.Frame].Name
}

func (b *builder) modeFacts(in []int, enters int) (all []fact) {
	if len(in) > 0 {
		var names []string
		for _, mode := range in {
			names = append(names, b.mode(mode))
		}
		all = append(all, fact{Name: "only in mode", Text: strings.Join(names, ", ")})
	}
	if enters > 0 {
		all = append(all, fact{Name: "begins mode", Text: b.mode(enters)})
	}
	return all
}

func (b *builder) mode(mode int) string {
	switch {
	case mode == model.ModeLogin:
		return "login"
	case mode == model.ModeReady:
		return "ready"
	case mode-model.ModeReady-1 < len(b.p.Modes):
		return b.p.Modes[mode-model.ModeReady-1]
	}
	return "?"
}

var classWords = map[string]string{
	"failed": "the command has failed, and its caller is told", "retry": "the command has failed, and may be tried again",
	"refused": "the client is refused", "close": "the link is ended", "ok": "no error",
}

func errorWords(e *model.ErrorRule) string {
	if e.Field == nil {
		return classWords[e.Class]
	}
	var all []string
	for _, c := range e.Cases {
		all = append(all, e.Field.Name+" "+strings.Join(c.Values, ", ")+": "+classWords[c.Class])
	}
	return strings.Join(append(all, "else: "+classWords[e.Else]), "; ")
}

func (b *builder) commands() (all []card) {
	reports := map[string]explain.Command{}
	for _, c := range b.Report.Commands {
		reports[c.Name] = c
	}
	for _, m := range b.all() {
		id := b.id("commands." + m.Name)
		c := card{ID: id, Wire: source(&m.Template), Frame: b.frameName(&m.Template), Named: m.Named, Fields: b.fields(id, m.Template.Fields)}
		c.Tags = commandTags(m)
		c.Facts = append(commandFacts(m, reports[m.Name]), b.modeFacts(m.In, m.Enters)...)
		c.Examples = b.examples(id, &m.Template, m.Examples)
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

func commandFacts(m *model.Command, r explain.Command) (all []fact) {
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
		all = append(all, fact{Name: "waits", Text: waits(r)})
	}
	all = append(all, fact{Name: "link dies", Text: r.Fate()})
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

func waits(r explain.Command) string {
	switch {
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

func (b *builder) types() (all []card) {
	for _, t := range b.p.Types {
		id := b.id("types." + t.Name)
		c := card{ID: id, Named: t.Named, Wire: unnamed(t), Values: valuesOf(t)}
		if l := limits(t); l != "" {
			c.Facts = append(c.Facts, fact{Name: "accepts", Text: l})
		}
		if t.Unit != "" {
			c.Facts = append(c.Facts, fact{Name: "unit", Text: t.Unit})
		}
		switch {
		case t.Body != nil:
			c.Fields = b.fields(id, t.Body.Fields)
		case len(t.Members) > 0:
			c.Fields = b.fields(id, membersFields(t.Members))
		}
		all = append(all, c)
	}
	return all
}
