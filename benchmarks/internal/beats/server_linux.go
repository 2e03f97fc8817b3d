// Package beats is a server that answers heartbeats, many and cheaply, and says
// how late they were.
package beats

import (
	"fmt"
	"io"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// Every is the interval that clients are to keep, from the answer to the next
// heartbeat, and Timeout how long they are to wait for the answer.
const Every, Timeout = time.Second, time.Second

// Server answers each PING line with a PONG line, in one thread on epoll.
type Server struct {
	listener, poll int
	peers          map[int32]*peer
	late           []time.Duration // of each heartbeat while measuring, or of each end
	measuring      bool
	silent         bool
}

type peer struct {
	answered time.Time
	ignored  time.Time // the first heartbeat without an answer
	have     int       // bytes of a PING line that has not come whole
}

const ping, pong = "PING\n", "PONG\n"

// Listen opens a server on 127.0.0.1, at a port of the kernel's choice.
func Listen() (s *Server, port int, err error) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, 0, err
	}
	if err := unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return nil, 0, err
	}
	if err := unix.Listen(fd, 4096); err != nil {
		return nil, 0, err
	}
	name, err := unix.Getsockname(fd)
	if err != nil {
		return nil, 0, err
	}
	poll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, 0, err
	}
	s = &Server{listener: fd, poll: poll, peers: map[int32]*peer{}}
	return s, name.(*unix.SockaddrInet4).Port, s.watch(fd)
}

func (s *Server) watch(fd int) error {
	return unix.EpollCtl(s.poll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)})
}

// Serve runs until orders end. An order is a line of orders: "measure" begins to
// count, "report" writes the lateness of the heartbeats since to answers, as the
// 50th, 99th and 99.9th percentile in µs, their number, and that of the clients.
// After "silence" nothing is answered, nobody is let in any more, and a report is
// of how late the clients ended their connections: Timeout after the heartbeat
// that got no answer.
func (s *Server) Serve(orders io.Reader, answers io.Writer) error {
	lines := make(chan string)
	go read(orders, lines)
	events := make([]unix.EpollEvent, 1024)
	for {
		n, err := unix.EpollWait(s.poll, events, 5)
		if err != nil && err != unix.EINTR {
			return err
		}
		now := time.Now()
		for _, e := range events[:max(n, 0)] {
			if int(e.Fd) == s.listener {
				err = s.accept()
			} else {
				err = s.answer(e.Fd, now)
			}
			if err != nil {
				return err
			}
		}
		select {
		case order, more := <-lines:
			if !more {
				return nil
			}
			s.obey(order, answers)
		default:
		}
	}
}

func read(orders io.Reader, lines chan<- string) {
	defer close(lines)
	for {
		var order string
		if _, err := fmt.Fscanln(orders, &order); err != nil {
			return
		}
		lines <- order
	}
}

func (s *Server) obey(order string, answers io.Writer) {
	switch order {
	case "measure":
		s.measuring, s.late = true, s.late[:0]
	case "silence":
		s.measuring, s.silent, s.late = false, true, s.late[:0]
		_ = unix.Close(s.listener)
		s.listener = -1
	case "report":
		s.measuring = false
		slices.Sort(s.late)
		fmt.Fprintln(answers, s.percentile(0.5), s.percentile(0.99), s.percentile(0.999), len(s.late), len(s.peers))
	}
}

func (s *Server) percentile(share float64) float64 {
	if len(s.late) == 0 {
		return 0
	}
	return float64(s.late[int(share*float64(len(s.late)-1))]) / 1e3
}

func (s *Server) accept() error {
	for {
		fd, _, err := unix.Accept4(s.listener, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC)
		if err == unix.EAGAIN || err == unix.ECONNABORTED {
			return nil
		}
		if err != nil {
			return err
		}
		_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
		s.peers[int32(fd)] = &peer{}
		if err := s.watch(fd); err != nil {
			return err
		}
	}
}

func (s *Server) answer(fd int32, now time.Time) error {
	p := s.peers[fd]
	var buf [64]byte
	n, err := unix.Read(int(fd), buf[:])
	if err == unix.EAGAIN {
		return nil
	}
	if n <= 0 {
		if !p.ignored.IsZero() {
			s.late = append(s.late, now.Sub(p.ignored)-Timeout)
		}
		delete(s.peers, fd)
		return unix.Close(int(fd))
	}
	for p.have += n; p.have >= len(ping); p.have -= len(ping) {
		if s.silent {
			if p.ignored.IsZero() {
				p.ignored = now
			}
			continue
		}
		if s.measuring && !p.answered.IsZero() {
			s.late = append(s.late, now.Sub(p.answered)-Every)
		}
		p.answered = now
		if _, err := unix.Write(int(fd), []byte(pong)); err != nil && err != unix.EPIPE && err != unix.ECONNRESET {
			return err
		}
	}
	return nil
}
