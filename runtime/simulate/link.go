package simulate

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Link is one dial and its connection, as the client's side saw it.
type Link struct {
	Epoch     session.Epoch
	Address   int
	Dialed    time.Duration // when the dial began
	Connected time.Duration // 0: it did not succeed
	Closed    time.Duration // 0: still open
	How       string        // why it is closed
	Conn      int           // the device's number of the connection; 0: none
	Refused   bool          // a certificate was not accepted, and the session was told
	// Wrote is what the kernel was given, where Options.Record is set and TLS is
	// on.
	Wrote []byte
}

// Links are all dials so far, oldest first.
func (c *Client) Links() []*Link { return c.links }

// Open is how many dials and connections are not closed: at most one, says
// the first invariant.
func (c *Client) Open() int {
	n := 0
	for _, l := range c.links {
		if l.Closed == 0 {
			n++
		}
	}
	return n
}

// link drives one connection.
type link struct {
	c       *Client
	record  *Link
	epoch   session.Epoch
	socket  *socket
	conn    conn // the socket, or TLS over it
	shaking *handshake
	closed  bool
	soon    bool   // reading is on the agenda
	held    []byte // read, not consumed
	writing []byte // what the kernel has not taken of the batch
	stuck   bool   // a batch is being written
	lost    bool   // the session was told
}

// dial opens a connection.
func (c *Client) dial(d session.Dial) {
	record := &Link{Epoch: d.Epoch, Address: d.Address, Dialed: c.w.now}
	c.links = append(c.links, record)
	c.w.trace.add(c, KindDial, uint64(d.Epoch), "address %d", d.Address)
	c.dialing = c.w.dial(d.Address, func(err error) {
		if err != nil {
			c.later(c.w.now, func() { c.dialFailed(d, record, err) })
			return
		}
		l := &link{c: c, record: record, epoch: d.Epoch}
		p := newPair(c.w, l.look, func() {})
		l.socket, l.conn = p.client, p.client
		if c.w.options.Record && c.w.options.Session.TLS {
			l.socket.tap = &record.Wrote
		}
		record.Conn = c.w.serve(p.device)
		if d.TLS {
			c.shake(d, l)
			return
		}
		c.later(c.w.now, func() { c.dialed(d, l) })
	})
}

func (c *Client) dialFailed(d session.Dial, record *Link, err error) {
	if record.Closed != 0 {
		return // abandoned meanwhile
	}
	c.dialing = nil
	record.Refused = refusesCertificate(err)
	c.ended(record, err.Error())
	c.step(func(now session.Now) { c.Session.DialFailed(now, d.Epoch, err, record.Refused) })
}

func (c *Client) dialed(d session.Dial, l *link) {
	if l.record.Closed != 0 {
		l.socket.reset()
		return
	}
	c.dialing = nil
	c.link = l
	l.record.Connected = c.w.now
	c.w.trace.add(c, KindConnected, uint64(d.Epoch), "address %d", d.Address)
	wanted := true
	c.step(func(now session.Now) { wanted = c.Session.Dialed(now, d.Epoch) })
	if !wanted && c.link == l {
		c.link = nil
		l.abort("not wanted")
	}
	l.look()
}

// ended notes that a link is over, once.
func (c *Client) ended(l *Link, how string) {
	if l.Closed == 0 {
		l.Closed, l.How = c.w.now, how
		c.w.trace.add(c, KindEnded, uint64(l.Epoch), "%s", how)
	}
}

// abort resets the connection.
func (l *link) abort(how string) {
	if !l.closed {
		l.closed = true
		l.stale()
		l.socket.reset()
		l.c.ended(l.record, how)
	}
}

// lose tells the session that the connection ended.
func (l *link) lose(err error) {
	if l.lost || l.closed {
		return
	}
	l.lost = true
	l.c.step(func(now session.Now) {
		if !refusesCertificate(err) {
			l.c.Session.Lost(now, l.epoch, err)
			return
		}
		l.record.Refused = !l.closed // else it had ended meanwhile
		l.c.Session.Refused(now, l.epoch, err)
	})
}
