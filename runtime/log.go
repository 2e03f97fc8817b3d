package runtime

import (
	"context"
	"log/slog"

	"github.com/linewright/linewright/runtime/session"
)

// tell runs user code with a notice; on the dispatcher's goroutine.
func (c *Client) tell(n *notice, dropped uint64) {
	if dropped > 0 && c.cfg.logger != nil {
		c.log(slog.LevelWarn, "log lines and callbacks were dropped: the handlers are too slow", slog.Uint64("dropped", dropped))
	}
	if c.cfg.observer != nil {
		c.cfg.observer.tell(n)
	}
	if c.cfg.logger == nil {
		return
	}
	switch n.kind {
	case noticeState:
		c.logChange(&n.change)
	case noticeNote:
		if n.err != nil {
			c.log(slog.LevelWarn, n.text, slog.Any("err", n.err))
		} else {
			c.log(slog.LevelInfo, n.text)
		}
	}
}

func (o *Observer) tell(n *notice) {
	switch {
	case n.kind == noticeState && o.State != nil:
		o.State(n.change)
	case n.kind == noticeSent && o.Sent != nil:
		o.Sent(n.text, n.bytes)
	case n.kind == noticeReceived && o.Received != nil:
		o.Received(n.text, n.bytes)
	case n.kind == noticeRTT && o.RTT != nil:
		o.RTT(n.rtt)
	}
}

// logChange writes one line a change of state: routine ones for debugging,
// those that an operator watches for at info, and with a cause as a warning.
func (c *Client) logChange(ch *StateChange) {
	level := slog.LevelDebug
	switch {
	case ch.Err != nil && !plainEnd(ch.Err), ch.To == Suspect:
		level = slog.LevelWarn
	case ch.To == Ready && !c.plan.PerCommand, ch.To == Draining, ch.To == Closed:
		level = slog.LevelInfo
	}
	attrs := []slog.Attr{
		slog.String("from", ch.From.String()), slog.String("to", ch.To.String()),
		slog.String("addr", ch.Address), slog.Uint64("link", ch.Link),
	}
	if ch.To == Backoff {
		attrs = append(attrs, slog.Int("attempt", ch.Attempt), slog.Duration("delay", ch.NextDelay))
	}
	if ch.Err != nil {
		attrs = append(attrs, slog.Any("err", ch.Err))
	}
	c.log(level, "state changed", attrs...)
}

func (c *Client) log(level slog.Level, text string, attrs ...slog.Attr) {
	c.cfg.logger.LogAttrs(context.Background(), level, text, append(attrs, slog.String("vendor", c.plan.Vendor))...)
}

// noteOptions reports, once a client, what the kernel would not do.
func (c *Client) noteOptions(err error) {
	if c.cfg.logger != nil && c.optionsNoted.CompareAndSwap(false, true) {
		c.uses().dispatcher.post(notice{kind: noticeNote, text: "a socket option is not set", err: err})
	}
}

// observe queues what the session traced.
func (c *Client) observe(traces []session.Trace) {
	for _, t := range traces {
		n := notice{bytes: t.Bytes, rtt: t.RTT}
		switch t.Kind {
		case session.TraceSent:
			n.kind, n.text = noticeSent, c.plan.Commands[t.Index].Name
		case session.TraceReceived:
			n.kind = noticeReceived
			if t.Index != session.None {
				n.text = c.plan.Messages[t.Index].Name
			}
		case session.TraceRTT:
			n.kind = noticeRTT
		}
		if c.cfg.observer.wants(n.kind) {
			c.uses().dispatcher.post(n)
		}
	}
}
