package simulate

import (
	"io"
	"os"
	"syscall"
)

var (
	errReset   = os.NewSyscallError("read", syscall.ECONNRESET)
	errRefused = os.NewSyscallError("connect", syscall.ECONNREFUSED)
)

// pair is one connection.
type pair struct{ client, device *socket }

// socket is the kernel's part of one end. Bytes stay in its send buffer until
// the other end has acknowledged them.
type socket struct {
	w      *World
	peer   *socket
	way    heading // of what it sends
	notify func()  // the owner looks: something to read, room, or the end

	send      []byte
	there     int // of send: delivered, not acknowledged
	flying    bool
	received  []byte
	finished  bool // no more is written: a FIN follows the bytes
	finSent   bool
	finCame   bool
	err       error // the connection broke
	abandoned bool  // its owner has closed it
	broken    bool  // reset by its owner
	kernel    *kernel
	tap       *[]byte // keeps what is written; nil: nobody does
}

// conn is one end of a connection as its owner uses it: a socket, or TLS over
// it.
type conn interface {
	read(atMost int) ([]byte, error)
	unread() []byte // what read would give
	write(b []byte) (int, error)
	halfClose()
}

func newPair(w *World, notifyClient, notifyDevice func()) *pair {
	p := &pair{
		client: &socket{w: w, way: toDevice, notify: notifyClient},
		device: &socket{w: w, way: toClient, notify: notifyDevice},
	}
	p.client.peer, p.device.peer = p.device, p.client
	if w.options.Kernel {
		p.client.kernel = &kernel{s: p.client}
		p.client.kernel.came()
	}
	w.Network.pairs = append(w.Network.live(), p)
	return p
}

func (p *pair) ends() [2]*socket { return [2]*socket{p.client, p.device} }

func (p *pair) over() bool { return p.client.dead() && p.device.dead() }

// dead: nothing that happens to the socket matters any more.
func (s *socket) dead() bool {
	return s.broken || s.abandoned && (s.err != nil || s.finSent)
}

// write takes what there is room for.
func (s *socket) write(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n := min(len(b), s.w.options.Buffer-len(s.send))
	s.send = append(s.send, b[:n]...)
	if s.tap != nil {
		*s.tap = append(*s.tap, b[:n]...)
	}
	s.kernel.sent()
	s.travel()
	return n, nil
}

// read gives at most so many bytes; n 0 and no error: nothing is there yet.
func (s *socket) read(atMost int) ([]byte, error) {
	if n := min(atMost, len(s.received)); n > 0 {
		b := s.received[:n:n]
		s.received = s.received[n:]
		if s.peer.stuck() {
			s.w.After(0, s.peer.travel) // the window opened
		}
		return b, nil
	}
	if s.err != nil {
		return nil, s.err
	}
	if s.finCame {
		return nil, io.EOF
	}
	return nil, nil
}

func (s *socket) unread() []byte { return s.received }

// halfClose ends the sending direction after what was written.
func (s *socket) halfClose() {
	s.finished = true
	s.travel()
}

// close is close(2): unread input makes it a reset, else what was written is
// still delivered.
func (s *socket) close() {
	if len(s.received) > 0 {
		s.reset()
		return
	}
	s.abandoned = true
	s.halfClose()
}

// reset drops what is not delivered, and tells the peer, if the way is up.
func (s *socket) reset() {
	if s.broken {
		return
	}
	tell := s.err == nil
	s.abandoned, s.broken = true, true
	s.send, s.received = nil, nil
	if tell {
		s.tellReset()
	}
}

// tellReset sends an RST, once: it is not repeated if it gets lost.
func (s *socket) tellReset() {
	if takes, lost := s.w.Network.journey(s.way); !lost {
		s.w.After(takes, func() { s.peer.shot(errReset) })
	}
}

// shot is an RST that arrived. What the kernel has received can still be read.
func (s *socket) shot(err error) {
	if s.err == nil && !s.broken {
		s.err = err
		s.send, s.flying, s.there = nil, false, 0
		s.notify()
	}
}

// stuck: bytes wait for the peer's window.
func (s *socket) stuck() bool { return !s.flying && len(s.send) > s.there }

// travel sends the next piece on its way, if none is under way.
func (s *socket) travel() {
	if s.flying || s.err != nil || s.broken || !s.w.Network.up[s.way] {
		return
	}
	n := min(len(s.send)-s.there, segment, s.w.options.Buffer-len(s.peer.received))
	fin := s.finished && !s.finSent && len(s.send) == s.there
	if n <= 0 && !fin {
		return
	}
	s.flying = true
	takes, lost := s.w.Network.journey(s.way)
	if lost {
		s.w.After(takes+s.w.Between(retransmit, 2*retransmit), func() { s.again() })
		return
	}
	s.w.After(takes, func() { s.arrive(n, fin) })
}

// again retransmits what was lost.
func (s *socket) again() {
	s.flying = false
	s.travel()
}

// arrive delivers a piece, unless the way was cut meanwhile.
func (s *socket) arrive(n int, fin bool) {
	if !s.flying {
		return // reset meanwhile
	}
	s.flying = false
	switch {
	case s.broken || s.err != nil:
		return
	case !s.w.Network.up[s.way]:
		return // Restore sends it again
	case s.peer.abandoned && n > 0 || s.peer.broken:
		s.peer.tellReset()
		return
	}
	if n > 0 {
		s.peer.received = append(s.peer.received, s.send[s.there:s.there+n]...)
		s.there += n
	}
	if fin {
		s.finSent = true
		s.peer.finCame = true
	}
	s.peer.kernel.came()
	s.peer.notify()
	s.acknowledge()
	s.travel()
}

// acknowledge frees what was delivered, if the way back is up.
func (s *socket) acknowledge() {
	if s.w.Network.up[s.peer.way] && s.there > 0 && s.err == nil && !s.broken {
		s.send = append([]byte(nil), s.send[s.there:]...)
		s.there = 0
		s.kernel.acked()
		s.notify()
	}
}
