package storm

import (
	"bytes"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// hostile is a connection that gives what came in pieces, and takes what is
// written in parts, as the script's seed says. It records what was read and, of
// a client that speaks TLS, what was written.
type hostile struct {
	net.Conn
	p     *player
	link  int // of the player's links
	epoch session.Epoch
	began moment

	mu     sync.Mutex
	random *rand.Rand
	hello  bool   // the client has begun TLS
	came   cipher // what is read since then
	forged []byte // plain text, in place of the device's answer
	closed chan struct{}
	once   sync.Once
}

func newHostile(conn net.Conn, p *player, link int, began moment) *hostile {
	seed := p.l.script.Seed
	return &hostile{
		Conn: conn, p: p, link: link, began: began, epoch: p.record.Links[link].Epoch,
		random: rand.New(rand.NewPCG(seed, uint64(link))), closed: make(chan struct{}),
	}
}

// part is how much of n bytes goes at once; n as often as not.
func (c *hostile) part(n int, whole bool) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if whole || n < 2 || c.random.IntN(3) == 0 {
		return n
	}
	return 1 + c.random.IntN(n-1)
}

func (c *hostile) Read(b []byte) (int, error) {
	if n := c.instead(b); n > 0 {
		return n, nil
	}
	n, err := c.Conn.Read(b[:c.part(min(len(b), 64), c.p.l.script.Seed%4 == 0)])
	c.heard(b[:n])
	return n, err
}

// heard records what was read, as far as it reaches the client: of TLS, when a
// record of data was whole.
func (c *hostile) heard(b []byte) {
	if len(b) == 0 {
		return
	}
	c.mu.Lock()
	encrypted := c.hello
	whole := encrypted && c.came.feed(b)
	c.mu.Unlock()
	if encrypted {
		b = nil
		if !whole {
			return
		}
	}
	l := c.p.l
	l.mu.Lock()
	c.p.record.Chunks = append(c.p.record.Chunks, check.Chunk{Mono: l.now(), Epoch: c.epoch, Bytes: bytes.Clone(b)})
	l.mu.Unlock()
}

// Write takes parts, with a moment between them: two, or as many as a slow
// reader makes it.
func (c *hostile) Write(b []byte) (n int, err error) {
	c.said(b)
	for {
		part, pause := c.part(len(b)-n, n > 0 || c.p.l.script.Seed%5 == 0), time.Duration(c.part(5000, false))*time.Microsecond
		if slow := int(c.p.l.slow.Load()); slow > 0 {
			part, pause = min(len(b)-n, slow), 10*time.Millisecond
		}
		took, err := c.Conn.Write(b[n : n+part])
		if n += took; err != nil || n == len(b) {
			return n, err
		}
		select {
		case <-time.After(pause):
		case <-c.closed:
		}
	}
}

// said records what a client writes that speaks TLS. Somebody on the path may
// answer its hello in plain text.
func (c *hostile) said(b []byte) {
	l := c.p.l
	if !l.secure {
		return
	}
	c.mu.Lock()
	if b[0] == handshakeRecord && !c.hello {
		c.hello = true
		if l.shakes.moment().how == simulate.Clear {
			c.forged = []byte("HTTP/1.1 400 Bad Request\r\n")
		}
	}
	c.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	link := &c.p.record.Links[c.link]
	link.Wrote = append(link.Wrote, b...)
}

// instead gives the plain text that comes in place of the device's answer.
func (c *hostile) instead(b []byte) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := copy(b, c.forged)
	c.forged = c.forged[n:]
	return n
}

// Close is the end of the link.
func (c *hostile) Close() error {
	c.once.Do(func() { close(c.closed) })
	l := c.p.l
	l.mu.Lock()
	if link := &c.p.record.Links[c.link]; link.Closed == 0 {
		link.Closed = max(l.now(), 1) // 0 would be open
		link.Secured = l.shakes.may(c.began)
	}
	l.mu.Unlock()
	return c.Conn.Close()
}

// SetLinger and CloseWrite are the connection's.
func (c *hostile) SetLinger(seconds int) error {
	return c.Conn.(interface{ SetLinger(int) error }).SetLinger(seconds)
}

// CloseWrite ends the sending side.
func (c *hostile) CloseWrite() error {
	return c.Conn.(interface{ CloseWrite() error }).CloseWrite()
}
