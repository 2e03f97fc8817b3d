package dynamic

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
)

// Event is a message that nobody asked for.
type Event struct {
	Name   string // of the message; empty: unknown to the spec
	Values Values
	Frame  []byte // without its end; the event's own
}

// Subscription is a bounded queue of events. What does not fit is dropped and
// counted (Dropped); the client never waits for it.
type Subscription struct {
	*runtime.Subscription
	p *Protocol
}

// Subscribe collects the events of these names from now on, of all that the
// spec knows, and of unknown ones, where none are given.
func (c *Client) Subscribe(names ...string) (*Subscription, error) {
	filter := runtime.Filter{Unknown: len(names) == 0}
	for _, name := range names {
		i, ok := c.p.messages[name]
		if !ok || c.p.plan.Messages[i].Event == session.NotEvent {
			return nil, fmt.Errorf("%s has no event %q", c.p.model.Name, name)
		}
		filter.Messages = append(filter.Messages, i)
	}
	return &Subscription{c.Client.Subscribe(filter), c.p}, nil
}

// Events yields every event from the start of the loop on, until ctx ends or
// the client is closed.
func (c *Client) Events(ctx context.Context) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		sub := &Subscription{c.Client.Subscribe(runtime.Filter{Unknown: true}), c.p}
		defer sub.Close()
		for ev := range sub.Events(ctx) {
			if !yield(ev) {
				return
			}
		}
	}
}

// Events yields what was collected, oldest first, and waits for more, until ctx
// ends, or the subscription or the client is closed.
func (s *Subscription) Events(ctx context.Context) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for message, frame := range s.Frames(ctx) {
			if !yield(s.p.event(message, frame)) {
				return
			}
		}
	}
}

// event is a frame as an event; the decoder has checked that it parses.
func (p *Protocol) event(message int, frame []byte) Event {
	ev := Event{Frame: bytes.Clone(frame)}
	if message == session.None {
		return ev
	}
	m := p.model.Messages[message]
	values, err := codec.Parse(&p.plan.Framing, &m.Template, frame)
	if err == nil {
		ev.Name, ev.Values = m.Name, values
	}
	return ev
}
