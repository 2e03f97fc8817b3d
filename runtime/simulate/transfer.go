package simulate

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// look reads and writes at this moment, but not inside the caller's step.
func (l *link) look() {
	if l.soon || l.closed {
		return
	}
	l.soon = true
	l.c.later(l.c.w.now, func() {
		l.soon = false
		if l.shaken() {
			l.proceed()
			l.read()
		}
	})
}

// read is the reader: one piece, one step.
func (l *link) read() {
	if l.closed || l.lost || l.c.link != l {
		return
	}
	w := l.c.w
	b, err := l.conn.read(l.piece())
	if err != nil {
		l.lose(err)
		return
	}
	if len(b) == 0 {
		return
	}
	w.trace.bytes(l.c, KindReceived, uint64(l.epoch), "", b)
	l.c.Session.Heard(l.c.Moment().Mono)
	if w.options.Record {
		l.c.Record.Chunks = append(l.c.Record.Chunks, Chunk{w.now, l.c.Moment().Mono, l.epoch, b})
	}
	l.c.reading = l.epoch
	l.held = append(l.held, b...)
	l.c.Record.Peak.Held = max(l.c.Record.Peak.Held, len(l.held))
	l.c.step(func(now session.Now) {
		n, _ := l.c.Session.Input(now, l.epoch, l.held)
		// The events' frames alias held until the effects are done: what is
		// left is copied, not moved.
		l.held = append([]byte(nil), l.held[n:]...)
	})
	l.look()
}

// piece is how much the reader takes at once.
func (l *link) piece() int {
	n := len(l.conn.unread())
	if !l.c.w.options.Split || n < 2 {
		return 32 << 10
	}
	if l.c.w.Chance(0.1) {
		return 1
	}
	return 1 + l.c.w.Rand.IntN(n)
}

// flush is the writer: batch after batch, as far as the kernel takes them.
func (l *link) flush() {
	for !l.stuck && !l.closed && !l.lost && l.c.link == l {
		traced := len(l.c.Session.Effects().Traces)
		b := l.c.Session.Batch(l.c.Moment(), l.epoch)
		if len(b) == 0 {
			return
		}
		if l.c.w.options.Record {
			l.c.handed(b, l.c.Session.Effects().Traces[traced:], l.epoch)
			l.c.Record.Writes = append(l.c.Record.Writes, Write{Mono: l.c.Moment().Mono, Epoch: l.epoch, Bytes: len(b)})
		}
		l.writing, l.stuck = b, true
		l.put()
	}
}

// put hands bytes to the kernel; what it does not take waits.
func (l *link) put() {
	part := l.writing
	if l.c.w.options.Partial && len(part) > 1 && l.c.w.Chance(0.3) {
		part = part[:1+l.c.w.Rand.IntN(len(part)-1)]
		l.c.later(l.c.w.now+l.c.w.Between(0, 5*time.Millisecond), l.proceed)
	}
	n, err := l.conn.write(part)
	if n > 0 {
		l.c.w.trace.bytes(l.c, KindSent, uint64(l.epoch), "", l.writing[:n])
	}
	l.writing = l.writing[n:]
	if err != nil || len(l.writing) == 0 {
		l.stuck, l.writing = false, nil
		now := l.c.Moment()
		if w := l.c.Record.Writes; len(w) > 0 && err == nil {
			w[len(w)-1].Done = now.Mono
		}
		l.c.Session.Wrote(now, l.epoch, err)
		l.c.stepped(now)
	}
}

// proceed goes on with a batch that was stuck.
func (l *link) proceed() {
	if !l.stuck || l.closed || l.lost || l.c.link != l {
		return
	}
	l.put()
	l.c.obey()
	l.c.arm()
	l.flushSoon()
}

// flushSoon writes what gathered while a batch was stuck.
func (l *link) flushSoon() {
	if !l.stuck {
		l.c.step(func(session.Now) { l.flush() })
	}
}
