package runtime

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// The driver steps the session: each step happens under Client.mu, takes with
// it what the session asks for (take), and does that after unlocking (do).
// What must keep its order across steps, such as state changes, is queued
// under the lock, to queues that never block.

// work is what is left to do after a step.
type work struct {
	abort    *link
	dial     *link
	flush    *link // flushing is already set
	patient  bool  // the flush may wait for more frames
	half     *link
	kick     *link // its reader is to begin the TLS handshake
	finished []*session.Call
	events   []session.Arrival
	over     error // the client is Closed
}

// spares are slices that the reader reuses for its work.
type spares struct {
	finished []*session.Call
	events   []session.Arrival
}

// take is called under the lock, at the end of each step; own is the reader's,
// nil for others.
func (c *Client) take(now session.Now, own *spares) (w work) {
	fx := c.s.Effects()
	if fx.None() {
		c.arm(now)
		c.rest()
		return w
	}
	l := c.current.Load()
	if fx.Abort && l != nil {
		w.abort = l
		c.current.Store(nil)
		l = nil
	}
	if fx.Dial != nil {
		l = newLink(*fx.Dial, c.newest)
		c.newest, c.links = l, c.links+1
		c.current.Store(l)
		w.dial = l
	}
	if l != nil {
		c.takeLink(fx, l, &w, own != nil)
	}
	if len(fx.Finished) > 0 {
		c.takeFinished(fx, &w, own)
	}
	if len(fx.Events) > 0 && own != nil {
		w.events, fx.Events = fx.Events, own.events[:0]
	}
	for _, p := range fx.Posted {
		c.postal().ended(p.Commands, p.Err)
	}
	c.takeNews(fx, &w)
	fx.Reset()
	c.arm(now)
	c.rest()
	return w
}

// rest is called at the end of a step: an idle client holds little.
func (c *Client) rest() {
	if c.awaited.Load() == 0 {
		c.s.Rest()
	}
}

// takeLink takes what concerns the current link.
func (c *Client) takeLink(fx *session.Effects, l *link, w *work, reader bool) {
	if fx.StartTLS {
		l.securing = true
		if !reader {
			l.endings().kicked = make(chan struct{})
			w.kick = l
		}
	}
	if fx.Flush && !l.flushing {
		l.flushing = true
		l.users++
		w.flush = l
	}
	if fx.HalfClose {
		l.users++
		w.half = l
	}
}

// takeFinished takes the calls that ended. Those that nobody waits for are done
// with here.
func (c *Client) takeFinished(fx *session.Effects, w *work, own *spares) {
	if own != nil {
		w.finished = own.finished[:0]
	}
	for _, call := range fx.Finished {
		if call.Done == nil {
			c.postal().ended(1, call.Err)
			c.keep(call)
			continue
		}
		c.awaited.Add(-1)
		if call.Posted {
			c.postal().begun++
		}
		w.finished = append(w.finished, call)
	}
}

// takeNews takes what people want to know.
func (c *Client) takeNews(fx *session.Effects, w *work) {
	for i := range fx.Changes {
		c.changed(&fx.Changes[i], w)
	}
	for _, n := range fx.Notes {
		if c.cfg.logger != nil {
			c.uses().dispatcher.post(notice{kind: noticeNote, text: n.Text, err: n.Err})
		}
	}
	if len(fx.Traces) > 0 {
		c.observe(fx.Traces)
	}
}

// changed spreads a change of state.
func (c *Client) changed(ch *session.Change, w *work) {
	change := c.told(ch)
	u := c.used.Load()
	if u != nil {
		u.watchers.tell(change)
	}
	if c.cfg.logger != nil || c.cfg.observer != nil {
		u.dispatcher.post(notice{kind: noticeState, change: change})
	}
	switch ch.To {
	case Ready:
		c.begun.fire()
	case Closed:
		w.over = ErrClosed
		if ch.Err != nil {
			w.over = ch.Err
		}
		c.postal().gathering.stop()
		c.disarm()
		c.begun.fire()
		c.uses().over.fire()
		if c.links == 0 {
			c.uses().quiet.fire()
		}
	}
}

// do does what a step asked for; it never blocks. The order counts: the old
// connection dies before anything else; events are with their subscriptions before
// the callers whose replies came with them or later go on; and callers are woken
// before a flush, so that their next commands may join it.
func (c *Client) do(w *work) {
	if w.abort != nil {
		w.abort.abort()
	}
	if w.dial != nil {
		go c.dial(w.dial)
	}
	if len(w.events) > 0 {
		c.deliver(w.events)
	}
	for _, call := range w.finished {
		call.Done <- struct{}{} // has room: one token a call
	}
	if w.kick != nil {
		w.kick.interrupt()
	}
	if w.flush != nil {
		c.flush(w.flush, w.patient)
	}
	if w.half != nil {
		c.halfClose(w.half)
	}
	if w.over != nil {
		c.routes().close(w.over)
	}
}

// leave is called by each user of a link at its end.
func (c *Client) leave(l *link) {
	c.mu.Lock()
	last := l.over()
	c.mu.Unlock()
	if last {
		c.ended(l)
	}
}

// ended is called by the last user of a link.
func (c *Client) ended(l *link) {
	l.end()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.links--
	if c.newest == l {
		c.newest = nil
	}
	if c.links == 0 && c.s.State() == Closed {
		c.uses().quiet.fire()
	}
}

// interrupt makes the reader look up from Read.
func (l *link) interrupt() {
	if s := l.socket.Load(); s != nil {
		_ = s.raw.SetReadDeadline(time.Unix(1, 0))
	}
	close(l.endings().kicked)
}
