package breaking

import (
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// A message or a command that the new document calls otherwise is the same thing: the
// wire has no names. What the two documents have in common is found by the names of the
// new one, so that a rename is one change, wherever the name was used.

// pair finds what has another name, and is else as it was.
func (l *list) pair() {
	l.names = map[any]string{}
	gone, come := apart(l.old.Messages, l.now.Messages, func(m *model.Message) string { return m.Name })
	match(l, gone, come, func(m *model.Message) (key, strict string) {
		return shape(m.Template.Ops), canon(m.Template.Ops) + m.Event + errorText(m)
	}, func(m *model.Message) string { return m.Name })
	before, after := apart(all(l.old), all(l.now), func(c *model.Command) string { return c.Name })
	match(l, before, after, func(c *model.Command) (key, strict string) {
		return l.form(c), l.form(c) + canon(c.Template.Ops) + strings.Join(l.namesOf(c.Replies), " ")
	}, func(c *model.Command) string { return c.Name })
}

// form is what a command sends, and where its arguments are.
func (l *list) form(c *model.Command) string {
	if len(c.Steps) > 0 {
		return "steps " + l.canon(c.Steps) + canon(c.Template.Fields)
	}
	return shape(c.Template.Ops)
}

// apart are those of two lists that only one of them has.
func apart[T any](old, now []T, name func(T) string) (gone, come []T) {
	only := func(these, others []T) (some []T) {
		known := map[string]bool{}
		for _, o := range others {
			known[name(o)] = true
		}
		for _, t := range these {
			if !known[name(t)] {
				some = append(some, t)
			}
		}
		return some
	}
	return only(old, now), only(now, old)
}

// match gives the old ones the names of the new ones: first those that are alike in all,
// then those that are alike on the wire.
func match[T any](l *list, gone, come []T, keys func(T) (key, strict string), name func(T) string) {
	taken := map[string]bool{}
	for _, strictly := range []bool{true, false} {
		key := func(t T) string {
			loose, strict := keys(t)
			if strictly {
				return strict
			}
			return loose
		}
		for _, old := range gone {
			for _, now := range come {
				if l.names[old] == "" && !taken[name(now)] && key(old) == key(now) {
					l.names[old] = name(now)
					taken[name(now)] = true
				}
			}
		}
	}
}

// canon is the text of a part of either document, by the new one's names.
func (l *list) canon(v any) string { return named(v, l.names) }

// message is the new one of an old one.
func (l *list) message(old *model.Message) *model.Message {
	return message(l.now, l.name(old, old.Name))
}

// command is the new one of an old one.
func (l *list) command(old *model.Command) *model.Command {
	return command(l.now, l.name(old, old.Name))
}

// name is what the new document calls something.
func (l *list) name(old any, own string) string {
	if name := l.names[old]; name != "" {
		return name
	}
	return own
}

// fresh reports whether nothing of the old document has become one of that name.
func fresh[T comparable](l *list, olds []T, own func(T) string, name string) bool {
	for _, old := range olds {
		if l.name(old, own(old)) == name {
			return false
		}
	}
	return true
}

// namesOf are those of messages, the old ones' as the new document has them.
func (l *list) namesOf(messages []*model.Message) (all []string) {
	for _, m := range messages {
		all = append(all, l.name(m, m.Name))
	}
	return all
}
