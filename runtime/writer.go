package runtime

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"syscall"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// lastWordsWait is more than a reader needs for what it has received already.
const lastWordsWait = 100 * time.Millisecond

// One flush is in progress at a time: whoever finds that frames wait and that
// nobody is at it hands batches over until nothing waits. On plain TCP that is
// the caller itself, as long as the kernel takes everything at once and the
// caller has nothing better to do; the rest is for a goroutine, which exists
// only meanwhile. Whoever writes never holds the lock, so a stuck peer stops
// the writer and nobody else.

// submit hands a call to the session, whose caller waits for it. Of many callers
// one takes the lock, once for all who have come since another did.
func (c *Client) submit(ctx context.Context, call *Call) {
	call.Done = call.done
	alone := c.awaited.Load() == 0
	if !c.uses().intake.add(call.Call) {
		return // whoever was the first there submits it
	}
	if !alone {
		runtime.Gosched() // others may join
	}
	c.mu.Lock()
	now := c.clock.now()
	c.admit(now)
	l, batch := c.claim(now)
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
	if l != nil {
		c.push(ctx, l, batch, call)
	}
}

// admit submits the calls whose callers wait for somebody to do that; under the lock.
func (c *Client) admit(now session.Now) {
	u := c.used.Load()
	if u == nil {
		return
	}
	for call := u.intake.take(); call != nil; {
		next := call.Next
		call.Next = nil
		c.awaited.Add(1)
		c.s.Submit(now, call)
		call = next
	}
}

// claim makes the caller the one who flushes, where it can be, and fetches the first
// batch; under the lock.
func (c *Client) claim(now session.Now) (l *link, batch []byte) {
	fx := c.s.Effects()
	l = c.current.Load()
	if l == nil || !fx.Flush && !l.gathering || l.flushing {
		return nil, nil
	}
	l.gathering = false
	fx.Flush = !l.tries() // then it is a goroutine's, but at once
	if fx.Flush {
		return nil, nil
	}
	l.flushing = true
	l.users++
	return l, c.s.Batch(now, l.epoch)
}

// flush is for those who do not wait for a reply: they make one write that
// cannot block, where that is possible; the patient leave it to a goroutine.
func (c *Client) flush(l *link, patient bool) {
	if patient || !l.tries() {
		go c.write(l, nil)
		return
	}
	c.push(context.Background(), l, nil, nil)
}

// push writes without blocking. It goes on as long as call's caller has to wait
// anyway (call nil: one batch), then leaves the rest to a goroutine.
func (c *Client) push(ctx context.Context, l *link, batch []byte, call *Call) {
	if batch == nil {
		if batch = c.first(l); batch == nil {
			return
		}
	}
	for {
		n, err := l.try(batch)
		if err == nil && n < len(batch) {
			go c.write(l, batch[n:])
			return
		}
		if batch = c.wrote(l, err); batch == nil {
			return
		}
		if call == nil || call.settled(ctx) {
			go c.write(l, batch)
			return
		}
	}
}

// write writes from a goroutine that may block, until nothing waits. What ends
// a write that is stuck is the session's deadline: it resets the connection.
func (c *Client) write(l *link, batch []byte) {
	if batch == nil {
		runtime.Gosched() // others may join the batch
		if batch = c.first(l); batch == nil {
			return
		}
	}
	conn := l.socket.Load().conn()
	for batch != nil {
		n, err := conn.Write(batch)
		if err == nil && n < len(batch) {
			err = io.ErrShortWrite // a custom connection that breaks io.Writer's contract
		}
		batch = c.wrote(l, err)
	}
}

// first fetches the first batch of a flush.
func (c *Client) first(l *link) []byte {
	c.mu.Lock()
	return c.next(l, c.clock.now())
}

// wrote ends a batch, and fetches the next one.
func (c *Client) wrote(l *link, err error) []byte {
	if err != nil {
		if e := l.endings(); !e.unsent.happened() { // one writes at a time; the first one counts
			e.why = err
			e.unsent.fire()
		}
	}
	switch {
	case hungUp(err):
		go c.lastWords(l, err)
		return nil
	case err != nil && l.marks.has(aborted):
		err = ErrPeerSilent // the session knows already, unless tick is about to tell it
	}
	return c.report(l, err)
}

// hungUp reports whether a write failed because the peer has gone.
func hungUp(err error) bool {
	return err != nil && (errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET))
}

// lastWords lets the reader end a link whose peer has gone. What a peer sent
// before it closed, a refusal above all, says better than the write error why.
func (c *Client) lastWords(l *link, err error) {
	patience := time.NewTimer(lastWordsWait)
	defer patience.Stop()
	select {
	case <-l.endings().unread.done():
	case <-patience.C:
	}
	c.report(l, err)
}

func (c *Client) report(l *link, err error) []byte {
	err = shown(err)
	c.mu.Lock()
	now := c.clock.now()
	c.s.Wrote(now, l.epoch, err)
	return c.next(l, now)
}

// next is called under the lock, and unlocks. Where it returns nil, the flush
// has ended.
func (c *Client) next(l *link, now session.Now) []byte {
	c.admit(now)
	batch := c.s.Batch(now, l.epoch)
	last := false
	if batch == nil {
		l.flushing, l.flushed = false, now.Mono
		last = l.over()
	}
	w := c.take(now, nil)
	c.mu.Unlock()
	c.do(&w)
	if last {
		c.ended(l)
	}
	return batch
}

// halfClose tells the peer that nothing more comes. On TLS, and on custom
// connections, that can block. A connection that cannot be closed by halves is
// closed as a whole, in order.
func (c *Client) halfClose(l *link) {
	s := l.socket.Load()
	if s.tries() {
		l.marks.add(half)
		l.closeWrite()
		c.leave(l)
		return
	}
	go func() {
		defer c.leave(l)
		l.marks.add(half)
		half, ok := s.conn().(interface{ CloseWrite() error })
		if !ok {
			l.marks.add(gentle)
			l.abort()
			return
		}
		_ = half.CloseWrite()
		if tcp := s.tcp(); tcp != nil && s.conn() != net.Conn(tcp) {
			_ = tcp.CloseWrite() // beneath TLS: its last word was the alert
		}
	}()
}
