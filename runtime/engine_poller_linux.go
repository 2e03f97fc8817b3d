package runtime

import (
	"errors"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// pollers wait for the parked links of an engine. Each exists only while it has
// some.
type pollers struct {
	mu    sync.Mutex
	all   []*poller // nil: it has no links
	next  int
	fds   []*parked // by descriptor
	epoch uint32
}

// poller is an epoll descriptor, and the goroutine that serves its links. Go's
// own poller waits for that descriptor, so that the goroutine costs no thread.
type poller struct {
	engine *Engine
	file   *os.File
	conn   syscall.RawConn
	epoll  int
	links  int // guarded by the engine's pollers
	place  uint8
	reader reader
	events [128]unix.EpollEvent
	buf    [4 << 10]byte
}

// one gives the poller for another link, which leaves it later.
func (ps *pollers) one(e *Engine) (q *poller, err error) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if q = ps.all[ps.next]; q == nil {
		if q, err = newPoller(e, uint8(ps.next)); err != nil {
			return nil, err
		}
		ps.all[ps.next] = q
	}
	ps.next = (ps.next + 1) % len(ps.all)
	q.links++
	return q, nil
}

func (ps *pollers) leave(q *poller) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.left(q)
}

// left is called under the lock. The last link ends its poller's goroutine.
func (ps *pollers) left(q *poller) {
	if q.links--; q.links == 0 {
		ps.all[q.place] = nil
		_ = q.file.SetReadDeadline(time.Unix(1, 0))
	}
}

// watch begins to wait for what the peer sends.
func (p *parked) watch() error {
	ps := &p.client.cfg.engine.pollers
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if p.gone {
		return nil // it was closed meanwhile
	}
	ps.epoch++
	p.epoch = ps.epoch
	for int(p.fd) >= len(ps.fds) {
		ps.fds = append(ps.fds, nil)
	}
	ps.fds[p.fd] = p
	return ps.all[p.place].add(p)
}

// add asks for an event whenever something has come, and once for what has come
// already.
func (q *poller) add(p *parked) error {
	return os.NewSyscallError("epoll_ctl", unix.EpollCtl(q.epoll, unix.EPOLL_CTL_ADD, int(p.fd), &unix.EpollEvent{
		Events: unix.EPOLLIN | unix.EPOLLRDHUP | unix.EPOLLET, Fd: p.fd, Pad: int32(p.epoch),
	}))
}

// forget ends what watch has begun. The descriptor is still open: so no event
// can come later that another one bears the number of.
func (p *parked) forget() {
	ps := &p.client.cfg.engine.pollers
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if p.gone {
		return
	}
	p.gone = true
	if p.epoch != 0 {
		ps.fds[p.fd] = nil
		_ = unix.EpollCtl(ps.all[p.place].epoll, unix.EPOLL_CTL_DEL, int(p.fd), nil)
	}
	ps.left(ps.all[p.place])
}

// finish reports whether the end of the link's reader is for the caller to begin.
func (p *parked) finish() bool {
	ps := &p.client.cfg.engine.pollers
	ps.mu.Lock()
	defer ps.mu.Unlock()
	first := !p.over
	p.over = true
	return first
}

// ended reports whether it has begun.
func (p *parked) ended() bool {
	ps := &p.client.cfg.engine.pollers
	ps.mu.Lock()
	defer ps.mu.Unlock()
	return p.over
}

func (ps *pollers) parked() (links int) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	for _, q := range ps.all {
		if q != nil {
			links += q.links
		}
	}
	return links
}

// who is the link of an event; nil: it has been forgotten since.
func (ps *pollers) who(ev *unix.EpollEvent) *parked {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if p := ps.fds[ev.Fd]; p != nil && p.epoch == uint32(ev.Pad) {
		return p
	}
	return nil
}

func newPoller(e *Engine, place uint8) (*poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	if err := unix.SetNonblock(fd, true); err != nil { // else package os would not wait for it
		_ = unix.Close(fd)
		return nil, os.NewSyscallError("fcntl", err)
	}
	q := &poller{engine: e, file: os.NewFile(uintptr(fd), "epoll"), epoll: fd, place: place}
	if q.conn, err = q.file.SyscallConn(); err != nil {
		_ = q.file.Close()
		return nil, err
	}
	go q.run()
	e.chimes()
	return q, nil
}

// run serves links until the last one is forgotten.
func (q *poller) run() {
	_ = q.conn.Read(func(uintptr) bool {
		q.round()
		return false
	})
	_ = q.file.Close()
}

// round serves the links to which something has come.
func (q *poller) round() {
	for more := true; more; {
		n, err := unix.EpollWait(q.epoll, q.events[:], 0)
		for i := range q.events[:max(n, 0)] {
			if p := q.engine.pollers.who(&q.events[i]); p != nil {
				q.turn(p, q.events[i].Events)
			}
		}
		more = n == len(q.events) || errors.Is(err, unix.EINTR)
	}
}

// turn moves what one link received. There is no other event for what one of them
// tells: so where there is an end, it is read.
func (q *poller) turn(p *parked, events uint32) {
	const ends = unix.EPOLLRDHUP | unix.EPOLLHUP | unix.EPOLLERR
	p.link.moving.Lock()
	defer p.link.moving.Unlock()
	for q.read(p, events&ends != 0) {
	}
}

// read moves a part, and reports whether there may be more for the poller to read.
// Mostly it is a reader's: the link is busy then.
func (q *poller) read(p *parked, ends bool) (more bool) {
	if p.link.socket.Load().parked() != p || p.ended() {
		return false
	}
	n, err := p.Read(q.buf[:])
	if err != nil {
		if !errors.Is(err, syscall.EAGAIN) {
			p.forget()
			p.end(err)
		}
		return false
	}
	gap, rest := q.input(p, q.buf[:n])
	full := n == len(q.buf)
	if p.busy(gap) || len(rest) > 0 || full {
		if err := p.link.unpark(rest); err != nil && len(rest) > 0 {
			p.end(err)
		}
	}
	return full || ends
}

// input gives received bytes to the session; rest are those that it leaves.
func (q *poller) input(p *parked, buf []byte) (gap time.Duration, rest []byte) {
	r := &q.reader
	r.client, r.link, r.heard = p.client, p.link, p.client.s.LastHeard()
	gap = r.hear()
	rest = buf[r.input(buf):]
	r.client, r.link = nil, nil
	return gap, rest
}
