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
			c.Facts = append(c.Facts, b.meanings(m)...)
		}
		if m.None {
			c.Facts = append(c.Facts, fact{Name: "means", Text: "there is none: an answer without a value"})
		}
		if to := answers[m]; len(to) > 0 {
			c.Facts = append(c.Facts, fact{Name: "answers", Links: to})
		}
		c.Facts = append(c.Facts, b.modeFacts(m.In, m.Enters)...)
		c.Examples = b.examples(id, &m.Template, m.Examples, false)
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
