package runtime

import (
	"errors"
	"io"
	"os"
	"time"
)

// reader is the one goroutine of an idle client: it moves received bytes to the
// session, and decides nothing.
type reader struct {
	client *Client
	link   *link
	in     inbox
	own    *spares       // nil: nothing was taken with them yet
	heard  time.Duration // when something was read last
}

// idleGap is how long nothing came on a link whose reader is not worth a stack
// that has grown.
const idleGap = 100 * time.Millisecond

var (
	// errFresh ends a reader that goes on as a new goroutine.
	errFresh = errors.New("the reader goes on on a fresh stack")
	// errParked ends one whose link the engine reads.
	errParked = errors.New("the link is parked")
)

// read runs until the link ends.
func (c *Client) read(l *link) {
	r := &reader{client: c, link: l}
	r.read()
}

func (r *reader) read() {
	err := r.run()
	switch err { //nolint:errorlint // never wrapped
	case errFresh:
		go r.read()
	case errParked:
	default:
		r.end(err)
	}
}

// end is the end of the link's reader, which is one of its users.
func (r *reader) end(err error) {
	r.lost(err)
	r.link.endings().unread.fire()
	r.link.abort()
	r.client.leave(r.link)
}

// run returns why the connection ended. What it calls while it waits needs
// little stack, what it calls with received bytes more; stacks that have grown
// hardly ever shrink. So where reads are rare, each ends with a fresh one.
func (r *reader) run() error {
	for {
		r.limit()
		if kicked, securing := r.securing(); securing {
			if err := r.secure(kicked); err != nil {
				return err
			}
		}
		n, err := r.receive()
		if n > 0 {
			gap := r.hear()
			if gap >= idleGap {
				stretch()
			}
			r.in.done(r.input(r.in.took(n)))
			switch {
			case err != nil:
			case r.parks(gap):
				return errParked
			case gap >= idleGap:
				return errFresh
			}
		}
		if err != nil {
			if err = r.goesOn(err); err != nil {
				return err
			}
		}
	}
}

// goesOn is nil where a read ended only so that the reader looks up: it is the alarm,
// or is to begin TLS.
func (r *reader) goesOn(err error) error {
	switch {
	case !errors.Is(err, os.ErrDeadlineExceeded):
		return err
	case r.link.parking&limited != 0:
		r.link.parking &^= limited
		if r.parks(r.client.clock.mono() - r.heard) {
			return errParked
		}
	case r.client.cfg.engine == nil && r.link.socket.Load().tries():
		stretch()
		r.client.tick()
	case !r.interrupted():
		return err
	}
	return nil
}

// stretch makes the stack grow now, where it is shallow and little has to be moved,
// and not deep inside a step.
//
//go:noinline
func stretch() {
	var room [1536]byte
	keep(&room)
}

//go:noinline
func keep(*[1536]byte) {}

// hear notes that bytes came, and how long ago the last ones did.
func (r *reader) hear() (gap time.Duration) {
	now := r.client.clock.mono()
	r.client.s.Heard(now)
	gap = now - r.heard
	r.heard = now
	return gap
}

// receive waits for bytes.
func (r *reader) receive() (int, error) {
	s := r.link.socket.Load()
	if !s.tries() {
		return s.conn().Read(r.in.room(r.in.need))
	}
	return s.direct.read(&r.in)
}

// input steps the session with all that waits; consumed bytes of it are done
// with.
func (r *reader) input(buf []byte) (consumed int) {
	c := r.client
	own := r.lend()
	c.mu.Lock()
	now := c.clock.now()
	consumed, need := c.s.Input(now, r.link.epoch, buf)
	w := c.take(now, &own)
	c.mu.Unlock()
	c.do(&w)
	r.reuse(&w)
	r.in.need = need
	return consumed
}

// lend gives the slices that the last step's work came in.
func (r *reader) lend() spares {
	if r.own == nil {
		return spares{}
	}
	return *r.own
}

// reuse keeps the slices of a step's work for the next one.
func (r *reader) reuse(w *work) {
	if w.finished == nil && w.events == nil {
		return
	}
	if r.own == nil {
		r.own = new(spares)
	}
	if w.finished != nil {
		clear(w.finished)
		r.own.finished = w.finished[:0]
	}
	if w.events != nil {
		clear(w.events)
		r.own.events = w.events[:0]
	}
}

// securing reports whether a TLS handshake is due, and what to wait for first.
func (r *reader) securing() (kicked chan struct{}, due bool) {
	r.client.mu.Lock()
	defer r.client.mu.Unlock()
	if !r.link.securing {
		return nil, false
	}
	return r.link.endings().kicked, true
}

func (r *reader) interrupted() bool {
	_, due := r.securing()
	return due
}

// secure turns the connection into a TLS one, between two reads.
func (r *reader) secure(kicked chan struct{}) error {
	c, l := r.client, r.link
	if kicked != nil {
		<-kicked
	}
	if r.in.fill > 0 {
		return errEarlyBytes
	}
	old := l.socket.Load()
	_ = old.raw.SetReadDeadline(time.Time{})
	conn, err := c.handshake(old.raw, int(l.address))
	if err != nil {
		return err
	}
	l.socket.Store(old.secured(conn))
	c.mu.Lock()
	l.securing, l.endings().kicked = false, nil
	now := c.clock.now()
	c.s.Secured(now, l.epoch)
	own := r.lend()
	w := c.take(now, &own)
	c.mu.Unlock()
	c.do(&w)
	r.reuse(&w)
	return nil
}

// lost tells the session why the connection ended. Mostly it knows already,
// where the link was aborted; but after the watchdog's verdict (see tick) it may
// have changed its mind, and must hear that it is too late.
func (r *reader) lost(err error) {
	c, l := r.client, r.link
	switch {
	case errors.Is(err, io.EOF) && l.marks.has(half):
		l.marks.add(gentle)
	case l.marks.has(aborted) && !l.marks.has(gentle):
		err = ErrPeerSilent
	case errors.Is(err, io.EOF):
		err = l.reason(err)
	}
	err = shown(err)
	c.mu.Lock()
	now := c.clock.now()
	if refusesCertificate(err) {
		c.s.Refused(now, l.epoch, err)
	} else {
		c.s.Lost(now, l.epoch, err)
	}
	own := r.lend()
	w := c.take(now, &own)
	c.mu.Unlock()
	c.do(&w)
}

// reason is why a connection ended whose reader got to EOF. Where it was not the
// peer but the kernel that ended it (the user timeout, a reset), a write that
// was stuck has taken the error, and tells it in a moment.
func (l *link) reason(eof error) error {
	if !l.socket.Load().endedByKernel() {
		return eof
	}
	patience := time.NewTimer(lastWordsWait)
	defer patience.Stop()
	select {
	case <-l.endings().unsent.done():
		return l.endings().why
	case <-l.endings().closed.done(): // it was aborted meanwhile
	case <-patience.C:
	}
	return eof
}
