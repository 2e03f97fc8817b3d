package storm

import (
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// hostile is a connection that gives what came in pieces, and takes what is
// written in parts, as the script's seed says. It records what was read.
type hostile struct {
	net.Conn
	p     *player
	link  int // of the player's links
	epoch session.Epoch

	mu     sync.Mutex
	random *rand.Rand
	closed chan struct{}
	once   sync.Once
}

func newHostile(conn net.Conn, p *player, link int) *hostile {
	seed := p.l.script.Seed
	return &hostile{
		Conn: conn, p: p, link: link, epoch: p.record.Links[link].Epoch,
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
	seed := c.p.l.script.Seed
	n, err := c.Conn.Read(b[:c.part(min(len(b), 64), seed%4 == 0)])
	if n > 0 {
		l := c.p.l
		l.mu.Lock()
		c.p.record.Chunks = append(c.p.record.Chunks, check.Chunk{
			Mono: l.now(), Epoch: c.epoch, Bytes: append([]byte(nil), b[:n]...),
		})
		l.mu.Unlock()
	}
	return n, err
}

func (c *hostile) Write(b []byte) (n int, err error) {
	first := c.part(len(b), c.p.l.script.Seed%5 == 0)
	if n, err = c.Conn.Write(b[:first]); err != nil || n == len(b) {
		return n, err
	}
	select {
	case <-time.After(time.Duration(c.part(5000, false)) * time.Microsecond):
	case <-c.closed:
	}
	more, err := c.Conn.Write(b[first:])
	return n + more, err
}

// Close is the end of the link.
func (c *hostile) Close() error {
	c.once.Do(func() { close(c.closed) })
	l := c.p.l
	l.mu.Lock()
	if link := &c.p.record.Links[c.link]; link.Closed == 0 {
		link.Closed = l.now()
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
