package fleet

import (
	"context"
	"net"
	"net/netip"
	"time"

	"golang.org/x/sys/unix"

	"github.com/linewright/linewright/benchmarks/internal/beats"
)

// epoll is the least: descriptors, one thread, and a queue of who is due, which
// is in order by itself because all wait equally long.
func epoll(ctx context.Context, address string, n int) error {
	poll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return err
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	r := &ring{at: make([]due, n+1)}
	for range n {
		fd, err := connect(at)
		if err != nil {
			return err
		}
		if err := unix.EpollCtl(poll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}); err != nil {
			return err
		}
		r.push(due{int32(fd), time.Now()})
	}
	go func() { failed <- serve(ctx, poll, r) }()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func connect(at netip.AddrPort) (int, error) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	if err := unix.Connect(fd, &unix.SockaddrInet4{Port: int(at.Port()), Addr: at.Addr().As4()}); err != nil {
		return 0, err
	}
	return fd, unix.SetNonblock(fd, true)
}

type due struct {
	fd int32
	at time.Time
}

// ring is who is due, the next one first.
type ring struct {
	at         []due
	head, tail int
}

func (r *ring) push(d due) { r.at[r.tail], r.tail = d, (r.tail+1)%len(r.at) }

func (r *ring) empty() bool { return r.head == r.tail }

func (r *ring) pop() due {
	d := r.at[r.head]
	r.head = (r.head + 1) % len(r.at)
	return d
}

func serve(ctx context.Context, poll int, r *ring) error {
	events := make([]unix.EpollEvent, 512)
	var buf [64]byte
	for ctx.Err() == nil {
		now := time.Now()
		for !r.empty() && !r.at[r.head].at.After(now) {
			if _, err := unix.Write(int(r.pop().fd), []byte("PING\n")); err != nil {
				return err
			}
		}
		wait := 1000
		if !r.empty() {
			wait = int(r.at[r.head].at.Sub(now)/time.Millisecond) + 1
		}
		n, err := unix.EpollWait(poll, events, wait)
		if err != nil && err != unix.EINTR {
			return err
		}
		now = time.Now()
		for _, e := range events[:max(n, 0)] {
			if n, err := unix.Read(int(e.Fd), buf[:]); err != nil || n <= 0 {
				return net.ErrClosed
			}
			r.push(due{e.Fd, now.Add(beats.Every)})
		}
	}
	return nil
}
