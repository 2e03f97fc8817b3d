package dynamic

import (
	"context"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/model"
)

// sequence does a command that is made of several.
func (c *Client) sequence(ctx context.Context, i int, values Map) (items []ListItem, name string, reply Values, err error) {
	cmd := c.p.model.Sequences[i]
	args, err := c.p.Record(cmd.Template.Fields, values)
	if err != nil {
		return nil, "", nil, &runtime.Error{Op: cmd.Name, Fate: runtime.NotSent, Err: err}
	}
	call := c.BeginSequence(i, args)
	defer call.Release()
	if err := call.Do(ctx); err != nil {
		return nil, "", nil, err
	}
	if call.Items.Len() > 0 {
		items = c.p.items(call)
	}
	name, reply, err = c.answered(call, c.p.model.Commands[call.Command])
	return items, name, reply, err
}

// times counts the items of an argument that is a list.
func times(list *model.Field) func(v *session.Vars) int {
	return func(v *session.Vars) int {
		args, _ := v.Args.(Values)
		return len(listOf(args, list))
	}
}

func listOf(args Values, f *model.Field) []any {
	v, _ := args.Get(f.Name)
	list, _ := v.([]any)
	return list
}
