package dynamic

import (
	"context"
	"slices"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// Client is a connection to a device that is kept up. It embeds the runtime's
// client, whose methods generated clients have too (State, States, Close …).
type Client struct {
	*runtime.Client
	p      *Protocol
	params Values
}

// New makes a client for the device at addr ("host", or "host:port" where it is
// not the spec's). It does no I/O; Run does.
func (p *Protocol) New(addr string, params Map, opts ...runtime.Option) (*Client, error) {
	values, err := p.Params(params)
	if err != nil {
		return nil, err
	}
	rt, err := runtime.New(p.plan, addr, values, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{rt, p, values}, nil
}

// Dial is New, Run in the background, and a wait for READY that ctx bounds.
func (p *Protocol) Dial(ctx context.Context, addr string, params Map, opts ...runtime.Option) (*Client, error) {
	values, err := p.Params(params)
	if err != nil {
		return nil, err
	}
	rt, err := runtime.Dial(ctx, p.plan, addr, values, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{rt, p, values}, nil
}

// Protocol is what the client speaks.
func (c *Client) Protocol() *Protocol { return c.p }

// Call sends a command and waits for its reply: the message's name and fields,
// no name where the command has no reply. Fields that the spec sets by itself
// need not be given. The error is a [*Fault] for an error message of the
// device, else a [*runtime.Error] with the command's fate.
func (c *Client) Call(ctx context.Context, command string, values Map) (name string, reply Values, err error) {
	_, name, reply, err = c.Collect(ctx, command, values)
	return name, reply, err
}

// ListItem is a message that came before a reply.
type ListItem struct {
	Name   string
	Values Values
}

// Collect is Call for a command whose reply comes after others (`each`): they are
// its items, also where the device answers with an error in the end.
func (c *Client) Collect(ctx context.Context, command string, values Map) (items []ListItem, name string, reply Values, err error) {
	if i, ok := c.p.sequences[command]; ok {
		return c.sequence(ctx, i, values)
	}
	cmd, i, err := c.p.command(command)
	if err != nil {
		return nil, "", nil, &runtime.Error{Op: command, Fate: runtime.NotSent, Err: err}
	}
	call := c.Begin(i)
	defer call.Release()
	if name, reply, err = c.send(ctx, call, cmd, values); call.Items.Len() > 0 {
		items = c.p.items(call)
	}
	return items, name, reply, err
}

// items reads what came before a reply. All of it was checked when it came.
func (p *Protocol) items(call *runtime.Call) (items []ListItem) {
	for i, frame := range call.OwnItems().All() {
		m := p.model.Messages[i]
		if v, err := codec.Parse(&p.plan.Framing, &m.Template, frame); err == nil {
			items = append(items, ListItem{m.Name, v})
		}
	}
	return items
}

// Complete is what Call would send: the values, checked, and with those that
// the spec sets by itself; an id is 0, for it is known only then. The error is a [*runtime.Error].
func (c *Client) Complete(command string, values Map) (Values, error) {
	if i, ok := c.p.sequences[command]; ok {
		v, err := c.p.Record(c.p.model.Sequences[i].Template.Fields, values)
		if err != nil {
			return nil, &runtime.Error{Op: command, Fate: runtime.NotSent, Err: err}
		}
		return v, nil
	}
	cmd, _, err := c.p.command(command)
	if err == nil {
		var v Values
		if v, err = c.complete(cmd, values, 0); err == nil {
			return v, nil
		}
	}
	return nil, &runtime.Error{Op: command, Fate: runtime.NotSent, Err: err}
}

// complete checks a caller's values and adds those that the spec sets.
func (c *Client) complete(cmd *model.Command, values Map, id uint64) (Values, error) {
	given := withoutID(cmd, values)
	s := &scope{p: c.p, params: c.params, count: c.Count, id: id}
	return s.complete(early(cmd), given)
}

// withoutID is a copy of a caller's values: the id is the session's to give.
func withoutID(cmd *model.Command, values Map) Map {
	given := make(Map, len(values))
	for name, v := range values {
		if cmd.ID == nil || name != cmd.ID.Name {
			given[name] = v
		}
	}
	return given
}

func (c *Client) send(ctx context.Context, call *runtime.Call, cmd *model.Command, values Map) (string, Values, error) {
	v, err := c.fill(call, cmd, values)
	if err != nil {
		return "", nil, err
	}
	if linked(cmd) {
		call.Encode = c.p.late(cmd, v.Map())
	} else if err := call.Encoded(codec.Append(call.Frame, &c.p.plan.Framing, &cmd.Template, v)); err != nil {
		return "", nil, err
	}
	call.Echo = codec.AppendKey(call.Echo, cmd.Echo, v)
	if l := lasting(cmd); l != nil {
		call.Lasting = lastingKey(call.Lasting, l, v)
	}
	if err := call.Do(ctx); err != nil {
		return "", nil, err
	}
	return c.answered(call, cmd)
}

// answered is what a command was answered with.
func (c *Client) answered(call *runtime.Call, cmd *model.Command) (string, Values, error) {
	if call.Message == session.None {
		return "", nil, nil
	}
	m := c.p.model.Messages[call.Message]
	reply, err := codec.Parse(&c.p.plan.Framing, &m.Template, call.Reply)
	switch {
	case err != nil:
		return m.Name, nil, &runtime.Error{Op: cmd.Name, Fate: runtime.Unknown, Err: err}
	case call.Class != session.ClassNone:
		return m.Name, reply, &Fault{Command: cmd.Name, Message: m.Name, Values: reply, Class: call.Class}
	default:
		return m.Name, reply, nil
	}
}

// fill completes what a call sends, its id with it.
func (c *Client) fill(call *runtime.Call, cmd *model.Command, values Map) (Values, error) {
	var id uint64
	if cmd.ID != nil {
		var err error
		if id, err = call.NewID(); err != nil {
			return nil, err
		}
	}
	v, err := c.complete(cmd, values, id)
	if err != nil {
		return nil, &runtime.Error{Op: cmd.Name, Fate: runtime.NotSent, Err: err}
	}
	return v, nil
}

// linked reports whether a value of the command is known only where a link is.
func linked(cmd *model.Command) bool { return len(early(cmd)) < len(cmd.Template.Fields) }

// early are the fields whose values are known when a caller has them.
func early(cmd *model.Command) []*model.Field {
	return slices.DeleteFunc(slices.Clone(cmd.Template.Fields), func(f *model.Field) bool { return f.Set != nil && ofLink(f.Set) })
}

func ofLink(e *model.Expr) bool {
	switch e.Kind {
	case model.ExprParam, model.ExprCaptured, model.ExprLet:
		return true
	}
	return slices.ContainsFunc(e.Args, ofLink)
}

// late encodes a caller's command when it is handed over. Values that the spec
// sets otherwise are given already, once for all links.
func (p *Protocol) late(cmd *model.Command, given Map) func(dst []byte, v *session.Vars) ([]byte, error) {
	return func(dst []byte, v *session.Vars) ([]byte, error) {
		values, err := p.scriptScope(v, nil).complete(cmd.Template.Fields, withoutID(cmd, given))
		if err != nil {
			return dst, err
		}
		return codec.Append(dst, &p.plan.Framing, &cmd.Template, values)
	}
}

// lasting is what a command with a key begins or ends; nil for others.
func lasting(cmd *model.Command) *model.Lasting {
	if cmd.Lasting != nil && cmd.Lasting.Key != nil {
		return cmd.Lasting
	}
	return cmd.Undoes
}

// lastingKey is the key of a lasting or undoing call: the field of the same
// name in both.
func lastingKey(dst []byte, l *model.Lasting, v Values) []byte {
	return codec.AppendKey(dst, []*model.Field{l.Key}, v)
}
