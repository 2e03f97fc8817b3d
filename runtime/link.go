package runtime

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// link is one TCP connection, from dial to close. It dies whole; the client
// outlives it. At most one has an open connection: a link is dialled when the
// one before is gone, which means closed, with no goroutine in it any more.
type link struct {
	epoch   session.Epoch
	dialing atomic.Pointer[dialing] // nil once dialling has ended: an idle link holds no context
	socket  atomic.Pointer[socket]  // nil while dialling
	ending  atomic.Pointer[ending]  // nil until somebody asks
	address int32
	marks   marks
	moving  sync.Mutex // held while another socket takes the place of one

	// The rest is guarded by Client.mu.
	users     int32         // goroutines in it: dialer or reader, writer
	flushing  bool          // somebody hands batches over
	gathering bool          // a goroutine is about to, unless somebody else does before
	parking   uint8         // the reader's own: limited, idled
	securing  bool          // the reader is to begin the TLS handshake
	flushed   time.Duration // when the last flush ended; 0: never
}

// marks are what became of a link.
type marks struct{ set atomic.Uint32 }

const (
	aborted uint32 = 1 << iota
	half           // our side is shut down
	gentle         // and the peer's end was read: there is nothing to reset
)

func (m *marks) has(mark uint32) bool { return m.set.Load()&mark != 0 }

func (m *marks) add(mark uint32) { m.set.Or(mark) }

// ending is what a link needs for its end.
type ending struct {
	hangup sync.Once
	closed signal // the connection's Close has returned
	unread signal // nothing more is read
	unsent signal // a write has failed: why
	why    error  // written before unsent fires
	gone   signal // the next link may be dialled

	// Guarded by Client.mu.
	kicked chan struct{} // closed once the reader was interrupted for TLS; nil: it need not be
}

func (l *link) endings() *ending {
	if e := l.ending.Load(); e != nil {
		return e
	}
	l.ending.CompareAndSwap(nil, new(ending))
	return l.ending.Load()
}

// dialing is what bounds the dialling of a link.
type dialing struct {
	before *link // nil: it is gone
	ask    session.Dial
	ctx    context.Context
	cancel context.CancelFunc
}

// socket is an open connection. It is replaced as a whole when TLS begins.
type socket struct {
	raw    net.Conn // what the dialer returned, or that without what we do not need
	direct direct   // to read without a buffer, and write without blocking; zero: only a goroutine may write
	layers *layers  // nil: there is raw alone, a TCP connection of the kernel's
	fate   atomic.Int32
}

// layers are those of a socket that is more, or less, than a TCP connection.
type layers struct {
	tls *tls.Conn // over raw; nil: there is none
	tcp kernel    // beneath raw, or raw; nil: there is none
}

// tcp is the connection of the kernel's; nil: there is none.
func (s *socket) tcp() kernel {
	if s.layers != nil {
		return s.layers.tcp
	}
	return s.raw.(kernel)
}

// kernel is a TCP connection of the kernel's.
type kernel interface {
	net.Conn
	syscall.Conn
	SetLinger(seconds int) error
	CloseWrite() error
}

// conn is what is read and written.
func (s *socket) conn() net.Conn {
	if s.layers != nil && s.layers.tls != nil {
		return s.layers.tls
	}
	return s.raw
}

// What becomes of a socket: whoever closes it, or lets the link go on with
// another one, says so first, and does it alone.
const (
	inUse int32 = iota
	closing
	replaced
)

// ends reports whether the socket may be closed.
func (s *socket) ends() bool {
	return s.fate.CompareAndSwap(inUse, closing) || s.fate.Load() == closing
}

// tries reports whether writes need not block.
func (s *socket) tries() bool { return s.direct.conn != nil }

// tries reports whether the link has a socket that writes need not block on.
func (l *link) tries() bool {
	if l == nil {
		return false
	}
	s := l.socket.Load()
	return s != nil && s.tries()
}

// try gives the kernel as much of b as it takes now; none is no error.
func (s *socket) try(b []byte) (int, error) { return s.direct.write(b) }

// parked is the connection where it is parked, else nil.
func (s *socket) parked() *parked {
	p, _ := s.raw.(*parked)
	return p
}

// endedByKernel reports whether it was not the peer that ended the connection.
func (s *socket) endedByKernel() bool {
	tcp := s.tcp()
	return tcp != nil && endedByKernel(tcp)
}

func newSocket(raw net.Conn) *socket {
	s, tcp := &socket{raw: raw}, beneath(raw)
	if tcp == nil || net.Conn(tcp) != raw {
		s.layers = &layers{tcp: tcp}
	} else if canGoDirect {
		if rc, err := tcp.SyscallConn(); err == nil {
			s.direct = direct{rc}
		}
	}
	return s
}

// secured is the socket with TLS over it.
func (s *socket) secured(conn *tls.Conn) *socket {
	return &socket{raw: s.raw, layers: &layers{tls: conn, tcp: s.tcp()}}
}

// beneath finds the TCP connection under others, as *tls.Conn is one.
func beneath(conn net.Conn) kernel {
	for range 8 { // a wrapper that returns itself must not hang us
		switch tcp := conn.(type) {
		case *net.TCPConn:
			return tcp
		case bare:
			return tcp
		case *parked:
			return tcp
		}
		wrapper, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			return nil
		}
		conn = wrapper.NetConn()
	}
	return nil
}

func newLink(ask session.Dial, before *link) *link {
	l := &link{
		epoch: ask.Epoch, address: int32(ask.Address), users: 1,
	}
	ctx, cancel := context.WithTimeout(context.Background(), ask.Timeout)
	l.dialing.Store(&dialing{before, ask, ctx, cancel})
	return l
}

// attach gives the link its connection, which is closed at once where the link
// was aborted meanwhile.
func (l *link) attach(s *socket) {
	l.socket.Store(s)
	if l.marks.has(aborted) {
		l.abort()
	}
}

// abort resets the connection, or stops dialling. It takes no lock and does not
// wait for user code, and may be called at any time, by anyone, repeatedly.
func (l *link) abort() {
	l.marks.add(aborted)
	if d := l.dialing.Load(); d != nil {
		d.cancel()
	}
	if s := l.socket.Load(); s != nil && s.ends() {
		e := l.endings()
		e.hangup.Do(func() { s.close(!l.marks.has(gentle), &e.closed) })
	}
}

// close drops the connection, without a word to the peer but, for a reset, an
// RST: what the peer's kernel has not acknowledged never arrives. It goes to
// the TCP connection itself, since closing TLS writes, which can block. Then
// what the dialer returned is closed too, where that is another: it is user
// code, and nobody may wait for it.
func (s *socket) close(reset bool, closed *signal) {
	tcp := s.tcp()
	if reset {
		setLinger(s.raw)
		if tcp != nil {
			_ = tcp.SetLinger(0)
		}
	}
	if tcp != nil {
		_ = tcp.Close()
	}
	if net.Conn(tcp) == s.raw {
		closed.fire()
		return
	}
	go func() {
		_ = s.raw.Close()
		closed.fire()
	}()
}

// try gives the kernel as much of b as it takes now; none is no error.
func (l *link) try(b []byte) (n int, err error) {
	s := l.socket.Load()
	n, err = s.try(b)
	for err != nil && l.moved(&s) {
		n, err = s.try(b)
	}
	return n, err
}

// closeWrite tells the peer that nothing more comes, without blocking.
func (l *link) closeWrite() {
	s := l.socket.Load()
	for s.tcp().CloseWrite() != nil && l.moved(&s) {
	}
}

// moved reports whether another socket has taken the place of s, and gives it.
func (l *link) moved(s **socket) bool {
	before := *s
	*s = l.socket.Load()
	return *s != before
}

// wakeAt makes the reader look up at a moment of the client's; not ok: never.
func (l *link) wakeAt(c *clock, at time.Duration, ok bool) {
	t := time.Time{}
	if ok {
		t = c.time(at)
	}
	_ = l.socket.Load().raw.SetReadDeadline(t)
}

// setLinger makes a connection that is no TCP connection of the kernel's, but
// resembles one, reset at Close.
func setLinger(conn net.Conn) {
	if c, ok := conn.(interface{ SetLinger(seconds int) error }); ok {
		_ = c.SetLinger(0)
	}
}

// over reports, under the client's lock, whether the user that leaves is the
// last one.
func (l *link) over() bool {
	l.users--
	return l.users == 0
}

// end lets the next link be dialled, once this one is closed. It is called by
// the last user, which may wait: it is the dialer, the reader or the writer, or
// a caller on a TCP connection, whose Close does not block.
func (l *link) end() {
	l.abort()
	if l.socket.Load() != nil {
		<-l.endings().closed.done()
	}
	if d := l.dialing.Load(); d != nil && d.before != nil { // dialling ended before its turn came
		<-d.before.endings().gone.done()
	}
	l.endings().gone.fire()
}
