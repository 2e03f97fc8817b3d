package fleet

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/linewright/linewright/benchmarks/internal/beats"
)

// server is a beats.Server in a process of its own.
type server struct {
	address string
	cmd     *exec.Cmd
	orders  io.WriteCloser
	answers *bufio.Reader
}

// start begins one. Each trial has its own, and with it its own ports: those of
// ended connections rest for a minute.
func start() (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &server{cmd: exec.Command(self, "-beats")}
	s.cmd.Stderr = os.Stderr
	if s.orders, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.answers = bufio.NewReader(out)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	port := 0
	if _, err := fmt.Fscanln(s.answers, &port); err != nil {
		return nil, err
	}
	s.address = fmt.Sprintf("127.0.0.1:%d", port)
	return s, nil
}

func (s *server) order(what string) error {
	_, err := fmt.Fprintln(s.orders, what)
	return err
}

// lateness is what the server saw of the heartbeats since "measure".
type lateness struct {
	p50, p99, p999 float64 // µs
	beats, peers   int
}

func (s *server) report() (l lateness, err error) {
	if err := s.order("report"); err != nil {
		return l, err
	}
	_, err = fmt.Fscanln(s.answers, &l.p50, &l.p99, &l.p999, &l.beats, &l.peers)
	return l, err
}

func (s *server) stop() {
	_ = s.orders.Close()
	_ = s.cmd.Wait()
}

// Serve is such a process.
func Serve() error {
	s, port, err := beats.Listen()
	if err != nil {
		return err
	}
	fmt.Println(port)
	return s.Serve(os.Stdin, os.Stdout)
}
