// Package server starts real servers, each in a scratch folder of its own.
package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// Server is a process that listens.
type Server struct {
	Address string
	cmd     *exec.Cmd
	dir     string
}

// patience is how long a server may take to listen.
const patience = 20 * time.Second

// Start runs a command line, in which ${port} and ${dir} stand for what it is to
// listen at, on 127.0.0.1, and where it may write. On core below 0 it may run
// anywhere.
func Start(core int, name string, args ...string) (*Server, error) {
	path, err := look(name)
	if err != nil {
		return nil, err
	}
	address, err := free()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", filepath.Base(name)+"-")
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(address)
	cmd := exec.Command(path)
	for _, arg := range args {
		cmd.Args = append(cmd.Args, expand(arg, port, dir))
	}
	cmd.Dir = dir
	s := &Server{Address: address, cmd: cmd, dir: dir}
	if err := OnCore(core, cmd.Start); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	if err := s.listening(); err != nil {
		s.Stop()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

func expand(arg, port, dir string) string {
	return os.Expand(arg, func(name string) string {
		switch name {
		case "port":
			return port
		case "dir":
			return dir
		}
		return ""
	})
}

// look finds a program, also where a user's PATH does not lead. The error is a
// [trial.Missing].
func look(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	for _, dir := range []string{"/usr/sbin", "/sbin"} {
		if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return path, nil
		}
	}
	return "", trial.Missing(name + " is not installed (make deps does that)")
}

// free is an address that nobody listens at.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func (s *Server) listening() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		var d net.Dialer
		conn, err := d.DialContext(ctx, "tcp", s.Address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-ctx.Done():
			return errors.Join(errors.New("does not listen at "+s.Address), err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Stop kills the process, and removes what it wrote.
func (s *Server) Stop() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	_ = os.RemoveAll(s.dir)
}
