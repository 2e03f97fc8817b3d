package lab_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/linewright/linewright/generated/internal/lab"
)

func init() { roles["server"] = runServer }

// server is the server's process. It is not package device: here the socket
// itself is to misbehave.
type server struct {
	listener *net.TCPListener
	hearing  sync.RWMutex // locked: nothing is read
	talking  atomic.Bool
	paused   atomic.Bool   // nobody is let in
	resume   chan struct{} // ends it
	fillers  []net.Conn    // what the accept queue is full of

	mu    sync.Mutex
	conns []net.Conn
}

func runServer() error {
	s := &server{resume: make(chan struct{})}
	config := net.ListenConfig{Control: smallWindow}
	l, err := config.Listen(context.Background(), "tcp", net.JoinHostPort(lab.ServerAddress, port))
	if err != nil {
		return err
	}
	s.listener = l.(*net.TCPListener)
	lab.Obey(map[string]func(){
		"deaf":   func() { s.hearing.Lock(); s.say("deaf") },
		"talk":   func() { s.talking.Store(true); s.hearing.Lock(); s.say("deaf") },
		"hear":   func() { s.hearing.Unlock(); s.say("hears") },
		"full":   s.fill,
		"accept": s.drain,
	})
	s.say("listening")
	return s.accept()
}

// smallWindow sets the receive buffer that RCVBUF gives, in bytes.
func smallWindow(_, _ string, c syscall.RawConn) error {
	bytes, err := strconv.Atoi(os.Getenv("RCVBUF"))
	if err != nil {
		return nil // the kernel's own
	}
	var failed error
	err = c.Control(func(fd uintptr) {
		failed = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUF, bytes)
	})
	if err != nil {
		return err
	}
	return failed
}

func (s *server) say(word string) { fmt.Println(word, int64(monotonic())) }

func (s *server) accept() error {
	for {
		conn, err := s.listener.Accept()
		if err != nil && s.paused.Load() {
			<-s.resume
			continue
		}
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.conns = append(s.conns, conn)
		s.mu.Unlock()
		go s.serve(conn)
		go s.talk(conn)
	}
}

// serve answers, while it hears.
func (s *server) serve(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, 64<<10)
	for lines.Scan() {
		s.hearing.RLock()
		command, _, _ := strings.Cut(lines.Text(), " ")
		s.hearing.RUnlock()
		answer := map[string]string{"PING": "PONG\n", "READ": "VALUE 7\n"}[command]
		if _, err := conn.Write([]byte(answer)); answer != "" && err != nil {
			return
		}
	}
}

// talk says something unasked, once it was told to.
func (s *server) talk(conn net.Conn) {
	for range time.Tick(200 * time.Millisecond) {
		if !s.talking.Load() {
			continue
		}
		if _, err := conn.Write([]byte("TICK\n")); err != nil {
			return
		}
	}
}

// fill stops accepting, fills the queue of connections that wait for it, and
// closes those that there were.
func (s *server) fill() {
	s.paused.Store(true)
	_ = s.listener.SetDeadline(time.Now())
	if raw, err := s.listener.SyscallConn(); err == nil {
		_ = raw.Control(func(fd uintptr) { _ = unix.Listen(int(fd), 1) })
	}
	for {
		filler, err := net.DialTimeout("tcp", s.listener.Addr().String(), 300*time.Millisecond)
		if err != nil {
			break // it is full
		}
		s.fillers = append(s.fillers, filler)
	}
	s.mu.Lock()
	for _, conn := range s.conns {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.say("full")
}

// drain lets everybody in again.
func (s *server) drain() {
	for _, filler := range s.fillers {
		_ = filler.Close()
	}
	s.paused.Store(false)
	_ = s.listener.SetDeadline(time.Time{})
	s.resume <- struct{}{}
	s.say("accepting")
}
