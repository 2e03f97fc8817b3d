package page

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// repeating are the messages by which a command is answered that must repeat what it
// asked for: those that have all of the fields.
func repeating(c *model.Command) (all []*model.Message) {
	if len(c.Echo) == 0 {
		return nil
	}
	for _, m := range slices.Concat(c.Replies, c.Each, c.Errors) {
		has := func(want *model.Field) bool {
			return slices.ContainsFunc(m.Template.Fields, func(f *model.Field) bool { return f.Name == want.Name })
		}
		lacks := func(f *model.Field) bool { return !has(f) }
		if !slices.ContainsFunc(c.Echo, lacks) && !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	return all
}

// repeats is what the replies to a command must repeat, and what becomes of the link if
// one does not; empty: nothing.
func repeats(c *model.Command) (fields, otherwise string) {
	must := repeating(c)
	if len(must) == 0 {
		return "", ""
	}
	var events, others []string
	for _, m := range must {
		if m.Unasked() {
			events = append(events, m.Name)
		} else {
			others = append(others, m.Name)
		}
	}
	fields = fieldNames(c.Echo)
	switch {
	case len(events) == 0:
		return fields, "otherwise the link is ended"
	case len(others) == 0:
		return fields, "otherwise it is an event, and the command goes on waiting"
	}
	return fields, "otherwise " + strings.Join(events, ", ") + " is an event, and the command goes on waiting; " + strings.Join(others, ", ") + " ends the link"
}

func fieldNames(fields []*model.Field) string {
	var all []string
	for _, f := range fields {
		all = append(all, f.Name)
	}
	return strings.Join(all, ", ")
}
