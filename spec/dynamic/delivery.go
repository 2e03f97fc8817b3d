package dynamic

import (
	"context"
	"fmt"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/model"
)

// Delivery is a lasting command with the events that it makes the device send.
type Delivery struct {
	*Subscription
	client *Client
	undo   *model.Command
	key    *model.Field
	value  any
}

// Deliver sends a lasting command that delivers events, and collects those that
// bear its key. The client sends the command again after each reconnect, until
// the Delivery is closed.
func (c *Client) Deliver(ctx context.Context, command string, values Map) (*Delivery, error) {
	cmd, i, err := c.p.command(command)
	if err == nil && (cmd.Lasting == nil || len(cmd.Delivers) == 0) {
		err = fmt.Errorf("%s delivers no events", command)
	}
	if err != nil {
		return nil, &runtime.Error{Op: command, Fate: runtime.NotSent, Err: err}
	}
	v, err := c.complete(cmd, values, 0)
	if err != nil {
		return nil, &runtime.Error{Op: command, Fate: runtime.NotSent, Err: err}
	}
	value, _ := v.Get(cmd.Lasting.Key.Name)
	d := &Delivery{client: c, undo: cmd.Lasting.UndoneBy, key: cmd.Lasting.Key, value: value}
	d.Subscription = &Subscription{c.Client.Subscribe(c.p.filter(cmd, v)), c.p}
	call := c.Begin(i)
	defer call.Release()
	if _, _, err := c.send(ctx, call, cmd, v.Map()); err != nil {
		d.Subscription.Close()
		return nil, err
	}
	return d, nil
}

// filter is for the events whose key is that of a lasting call.
func (p *Protocol) filter(cmd *model.Command, v Values) runtime.Filter {
	f := runtime.Filter{Key: lastingKey(nil, cmd.Lasting, v)}
	for _, d := range cmd.Delivers {
		f.Messages = append(f.Messages, p.index[d.Message])
		f.Keys = append(f.Keys, echoKey(&p.plan.Framing, &d.Message.Template, []*model.Field{d.Field}))
	}
	return f
}

// Close ends the delivery: it sends the undoing command, if the spec has one,
// and forgets what was not read.
func (d *Delivery) Close(ctx context.Context) error {
	defer d.Subscription.Close()
	if d.undo == nil {
		return nil
	}
	_, _, err := d.client.Call(ctx, d.undo.Name, Map{d.key.Name: d.value})
	return err
}
