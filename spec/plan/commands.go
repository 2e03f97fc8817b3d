package plan

import (
	"fmt"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/model"
)

func (b *builder) commands() {
	b.plan.Commands = make([]session.Command, len(b.model.Commands))
	for i, c := range b.model.Commands {
		path := fmt.Sprintf("Commands[%d]", i)
		where := "commands." + c.Name
		out := &b.plan.Commands[i]
		*out = session.Command{
			Name:       c.Name,
			Timeout:    c.Timeout,
			Gap:        c.Gap,
			Settle:     c.Settle,
			ID:         c.ID != nil,
			Idempotent: c.Idempotent,
			Closes:     c.Closes,
			Enters:     c.Enters,
			UndoneBy:   session.None,
			Undoes:     c.Undoes != nil,
		}
		if c.Lasting != nil {
			out.Lasting = true
			if c.Lasting.UndoneBy != nil {
				out.UndoneBy = b.commandIndex(c.Lasting.UndoneBy, where+".lasting.undone_by")
			}
		}
		if w := c.Wait; w != nil {
			out.Wait = session.Wait{Unit: w.Unit, Plus: w.Plus}
			b.hook(Hook{Kind: Wait, Path: path + ".Wait.Of", Slot: &out.Wait.Of, Command: c})
		}
		out.Replies = b.replies(c, c.Replies, path+".Replies", where+".reply")
		out.Errors = b.replies(c, c.Errors, path+".Errors", where+".errors")
		out.Each = b.replies(c, c.Each, path+".Each", where+".each")
		if len(c.Echo) > 0 && b.stepped[c] {
			b.hook(Hook{Kind: Key, Path: path + ".Echo", Slot: &out.Echo, Command: c, Echo: c.Echo})
		}
		out.Shape.In = c.In
		b.shape(shapeOf{path: path + ".Shape", out: &out.Shape, template: &c.Template, command: c})
	}
}

func (b *builder) replies(c *model.Command, messages []*model.Message, path, where string) []session.Reply {
	if len(messages) == 0 {
		return nil
	}
	out := make([]session.Reply, len(messages))
	for i, m := range messages {
		out[i].Message = b.messageIndex(m, where)
		echo := echoed(c, m)
		if echo == nil {
			continue
		}
		b.hook(Hook{
			Kind: Key, Path: fmt.Sprintf("%s[%d].Key", path, i), Slot: &out[i].Key,
			Message: m, Command: c, Echo: echo,
		})
	}
	return out
}

// echoed are the fields of m that echo c's, or nil where m lacks one of them: a
// reply that repeats only a part cannot be compared with the request as a whole.
func echoed(c *model.Command, m *model.Message) []*model.Field {
	var out []*model.Field
	for _, want := range c.Echo {
		for _, f := range m.Template.Fields {
			if f.Name == want.Name {
				out = append(out, f)
			}
		}
	}
	if len(out) != len(c.Echo) {
		return nil
	}
	return out
}
